import { resolve } from "node:path";
import { assembleClusters } from "../cluster/assemble-clusters";
import type { Cluster, ConfigurationState, Subject } from "../cluster/cluster";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import { knownConfiguration } from "../cluster/configuration/known-configuration";
import { subjectFile } from "../cluster/configuration/subject-file";
import { deepFreeze } from "../cluster/deep-freeze";
import { runsKubespray } from "../cluster/runs-kubespray";
import type { StackParts } from "../cluster/stack-parts";
import { clusterApiConfiguration } from "../evidence/cluster-api";
import { clusterParts } from "../evidence/cluster-parts";
import { isolate, type UnreadResource } from "../evidence/isolate";
import { type KubeadmConfig, kubeadmConfigs, mayCarryKubeadmConfig } from "../evidence/kubeadm-config";
import { kubeadmConfigsFromFiles } from "../evidence/kubeadm-configs-from-files";
import { observedCluster } from "../evidence/live-cluster/observed-cluster";
import { matchSettings, type Selector } from "../evidence/match-settings";
import { programFiles } from "../evidence/program-files";
import { readStack } from "../evidence/read-stack";
import { resolveResource } from "../evidence/resolve-resource";
import { resourceByUrn } from "../evidence/resource-by-urn";
import type { StackResource } from "../evidence/stack-resource";
import { withInventories } from "../evidence/with-inventories";
import { configurationText } from "../kubeadm/config/configuration-text";
import { namedVersions } from "../kubeadm/config/named-versions";
import { releaseThatReads } from "../kubeadm/config/release-that-reads";
import { compareUrns } from "../machine/urn";
import { acceptancesOf } from "../settings/merge-acceptances";
import { EVERY_CLUSTER, namedClusters, settingsOf, unmatchedClusters } from "../settings/merge-settings";
import { readDocumentFiles } from "../settings/read-files";
import { listFolders } from "./list-folders";
import type { RunSettings } from "./run-settings";

/** Every cluster of the stack, frozen, in the order of their kubeadm-configs' URNs. Reads the files that the settings name, and lists folders that are copied. */
export function readClusters(resources: readonly StackResource[], settings: RunSettings): readonly Cluster[] {
  const find = resourceByUrn(resources);
  const { reading, unread } = isolate(resources, (some) => [
    ...kubeadmConfigs(some, find),
    ...some.flatMap((resource) => clusterApiConfiguration(resource) ?? []),
  ]);
  const { layers, programFolder } = settings;
  const readFile = (path: string) =>
    programFolder === undefined ? undefined : settings.readDocument(resolve(programFolder, path));
  const stack = withInventories(readStack(listFolders(resources, programFolder)), readFile);
  const carried = [...reading, ...unread.map(unreadConfig)];
  const fromFiles = kubeadmConfigsFromFiles(resources, stack, readFile);
  const configs = [...carried, ...besides(carried, fromFiles, namedClusters(layers).flat())].sort((a, b) =>
    compareUrns(a.resource, b.resource),
  );
  if (configs.length === 0) return [];
  const matched = matchSettings(configs, namedClusters(layers), settings.stack);
  const names = [...new Set(matched.map(({ name }) => name))];
  // Where settings and configs could not be matched, that is reported already.
  const isTold = matched.some(({ problems }) => problems.length > 0);
  const ofSettings = [...settings.problems, ...unmatchedClusters(names, isTold ? { ...layers, stack: [] } : layers)];
  const parts = matched.map(({ config, name, problems }, index) => {
    const own = {
      ...withRelease(settingsOf(name, names, layers), stack),
      accept: acceptancesOf(name, names, settings.acceptances.accept),
      ...(settings.baseline === undefined ? {} : { baseline: settings.baseline }),
    };
    return clusterParts({
      name: own.name,
      subject: {
        ...subjectOf(config, own.upgradeTo?.kubernetes),
        ...(programFolder === undefined
          ? {}
          : { programFiles: programFiles(config.resource, find).map((path) => resolve(programFolder, path)) }),
      },
      configuration: configurationOf(config, own.upgradeTo?.kubernetes),
      settings: own,
      documents: readDocumentFiles(own, settings.folder, settings.readDocument),
      live: observedCluster(resources, own.name, names.length === 1),
      resolve: (resource) => resolveResource(resource, resources),
      problems: [...problems, ...ofSettings.flatMap((one) => concerning(one, own.name, names, index === 0))],
    });
  });
  return deepFreeze(assembleClusters(parts, stack));
}

/** The release of Kubespray that the program itself runs with the inventory of the settings, where these name none. */
function withRelease(settings: ClusterSettings, { evidence }: StackParts): ClusterSettings {
  const { kubespray } = settings;
  if (kubespray === undefined || kubespray.release !== undefined) return settings;
  const runs = evidence.map(({ machine }) => machine).filter((machine) => runsKubespray(machine, kubespray.inventory));
  const release = runs
    .flatMap((machine) => (machine.by === "inventory" ? (machine.kubespray?.release ?? []) : []))
    .at(-1);
  return release === undefined ? settings : { ...settings, kubespray: { ...kubespray, release } };
}

/**
 * What kubeadm and kubectl make of files, besides what resources carry: where a resource carries a kubeadm-config, that is what the cluster
 * has in the end, so that a file is one more cluster only where the settings say so.
 */
function besides(
  carried: readonly KubeadmConfig[],
  fromFiles: readonly KubeadmConfig[],
  clusters: readonly Selector[],
): readonly KubeadmConfig[] {
  if (carried.length === 0) return fromFiles;
  const wanted = new Set(clusters.map(({ kubeadmConfig }) => kubeadmConfig));
  const isCarried = ({ selectors }: KubeadmConfig) =>
    carried.some((one) => one.selectors.some((name) => selectors.includes(name)));
  return fromFiles.filter((one) => !isCarried(one) && one.selectors.some((name) => wanted.has(name)));
}

/** The ClusterConfiguration, as far as it is known, read for the release that is to read it. */
function configurationOf({ text }: KubeadmConfig, upgradeTo: string | undefined): ConfigurationState {
  if (text.kind === "text") return knownConfiguration(configurationText(text.text), upgradeTo);
  if (text.kind !== "file") return text;
  if (text.document === undefined) return { kind: "not-carried", why: "the file holds no ClusterConfiguration" };
  return knownConfiguration(text.document, upgradeTo);
}

/** What could not be read may be a kubeadm-config: nothing of it is known. */
function unreadConfig({ resource, why }: UnreadResource): KubeadmConfig {
  const waitsFor = [`${resource.name}: ${why}`];
  return { resource, text: { kind: "unknown-until-update", waitsFor }, selectors: [resource.urn, resource.name] };
}

function subjectOf({ resource, text, initialized }: KubeadmConfig, upgradeTo: string | undefined): Subject {
  const { urn, name, type } = resource;
  const source = { name, kind: type, urn };
  if (initialized !== undefined) {
    const file =
      text.kind === "file"
        ? subjectFile(text.text, releaseThatReads(namedVersions(text.document ?? text.text), upgradeTo))
        : undefined;
    return { source, urn, field: initialized.path, ...(file === undefined ? {} : { file }) };
  }
  if (mayCarryKubeadmConfig(type)) return { source, urn, field: "data.ClusterConfiguration" };
  const partial = "Cluster API fills in the rest of the configuration";
  return { source, urn, field: "spec.kubeadmConfigSpec.clusterConfiguration", partial };
}

/**
 * A problem of a cluster is reported with it; one of the settings as a whole, or of a cluster that the stack does not have, with
 * the first cluster, which loses nothing by it.
 */
function concerning(
  problem: SettingsProblem,
  cluster: string,
  names: readonly string[],
  isFirst: boolean,
): readonly SettingsProblem[] {
  if (problem.cluster === cluster || problem.cluster === EVERY_CLUSTER) return [problem];
  if (!isFirst || (problem.cluster !== undefined && names.includes(problem.cluster))) return [];
  const { leavesOut: _lost, ...rest } = problem;
  return [rest];
}

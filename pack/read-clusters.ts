import { assembleClusters } from "../cluster/assemble-clusters";
import type { Cluster, Subject } from "../cluster/cluster";
import type { SettingsProblem } from "../cluster/cluster-settings";
import { deepFreeze } from "../cluster/deep-freeze";
import { clusterApiConfiguration } from "../evidence/cluster-api";
import { clusterParts } from "../evidence/cluster-parts";
import { isolate, type UnreadResource } from "../evidence/isolate";
import { type KubeadmConfig, kubeadmConfigs, mayCarryKubeadmConfig } from "../evidence/kubeadm-config";
import { observedCluster } from "../evidence/live-cluster/observed-cluster";
import { matchSettings } from "../evidence/match-settings";
import { readStack } from "../evidence/read-stack";
import { resolveResource } from "../evidence/resolve-resource";
import type { StackResource } from "../evidence/stack-resource";
import { acceptancesOf } from "../settings/merge-acceptances";
import { EVERY_CLUSTER, namedClusters, settingsOf, unmatchedClusters } from "../settings/merge-settings";
import { readDocumentFiles } from "../settings/read-files";
import { listFolders } from "./list-folders";
import type { RunSettings } from "./run-settings";

/** Every cluster of the stack, frozen, in the order of their kubeadm-configs' URNs. Reads the files that the settings name, and lists folders that are copied. */
export function readClusters(resources: readonly StackResource[], settings: RunSettings): readonly Cluster[] {
  const byUrn = new Map<string, StackResource>(resources.map((resource) => [resource.urn, resource]));
  const { reading, unread } = isolate(resources, (some) => [
    ...kubeadmConfigs(some, (urn) => byUrn.get(urn)),
    ...some.flatMap((resource) => clusterApiConfiguration(resource) ?? []),
  ]);
  const configs = [...reading, ...unread.map(unreadConfig)].sort((a, b) =>
    a.resource.urn < b.resource.urn ? -1 : a.resource.urn > b.resource.urn ? 1 : 0,
  );
  if (configs.length === 0) return [];
  const { layers } = settings;
  const matched = matchSettings(configs, namedClusters(layers), settings.stack);
  const names = [...new Set(matched.map(({ name }) => name))];
  // Where settings and configs could not be told apart, that is said already.
  const isTold = matched.some(({ problems }) => problems.length > 0);
  const ofSettings = [...settings.problems, ...unmatchedClusters(names, isTold ? { ...layers, stack: [] } : layers)];
  const parts = matched.map(({ config, name, problems }, index) => {
    const own = {
      ...settingsOf(name, names, layers),
      accept: acceptancesOf(name, names, settings.acceptances.accept),
      ...(settings.baseline === undefined ? {} : { baseline: settings.baseline }),
    };
    return clusterParts({
      name: own.name,
      subject: subjectOf(config),
      text: config.text,
      settings: own,
      documents: readDocumentFiles(own, settings.folder),
      live: observedCluster(resources, own.name, names.length === 1),
      resolve: (resource) => resolveResource(resource, resources),
      problems: [...problems, ...ofSettings.flatMap((one) => concerning(one, own.name, names, index === 0))],
    });
  });
  return deepFreeze(assembleClusters(parts, readStack(listFolders(resources, settings.programFolder))));
}

/** What could not be read may be a kubeadm-config: nothing of it is known. */
function unreadConfig({ resource, why }: UnreadResource): KubeadmConfig {
  const waitsFor = [`${resource.name}: ${why}`];
  return { resource, text: { kind: "unknown-until-update", waitsFor }, selectors: [resource.urn, resource.name] };
}

function subjectOf(config: KubeadmConfig): Subject {
  const { urn, name, type } = config.resource;
  const source = { name, kind: type, urn };
  if (mayCarryKubeadmConfig(type)) return { source, urn, field: "data.ClusterConfiguration" };
  const partial = "Cluster API fills in the rest of the configuration";
  return { source, urn, field: "spec.kubeadmConfigSpec.clusterConfiguration", partial };
}

/**
 * A problem of a cluster is told with it; one of the settings as a whole, or of a cluster that the stack does not have, with
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

import { assembleClusters } from "../cluster/assemble-clusters";
import type { Cluster, Subject } from "../cluster/cluster";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import { deepFreeze } from "../cluster/deep-freeze";
import { clusterApiConfiguration } from "../evidence/cluster-api";
import { clusterParts } from "../evidence/cluster-parts";
import { type KubeadmConfig, kubeadmConfigs, mayCarryKubeadmConfig } from "../evidence/kubeadm-config";
import { matchSettings } from "../evidence/match-settings";
import { readStack } from "../evidence/read-stack";
import { resolveResource } from "../evidence/resolve-resource";
import type { StackResource } from "../evidence/stack-resource";
import { readDocumentFiles } from "../settings/read-files";
import { listFolders } from "./list-folders";

/** The settings as they hold for this run. */
export interface RunSettings {
  readonly clusters: readonly ClusterSettings[];
  readonly problems: readonly SettingsProblem[];
  /** Where relative paths of the settings start. */
  readonly folder: string;
  /** Where the program's own start; `undefined` where that is not known. */
  readonly programFolder: string | undefined;
  readonly stack: string | undefined;
}

/** Every cluster of the stack, frozen, in the order of their kubeadm-configs' URNs. Reads the files that the settings name, and lists folders that are copied. */
export function readClusters(resources: readonly StackResource[], settings: RunSettings): readonly Cluster[] {
  const byUrn = new Map<string, StackResource>(resources.map((resource) => [resource.urn, resource]));
  const configs = [
    ...kubeadmConfigs(resources, (urn) => byUrn.get(urn)),
    ...resources.flatMap((resource) => clusterApiConfiguration(resource) ?? []),
  ].sort((a, b) => (a.resource.urn < b.resource.urn ? -1 : a.resource.urn > b.resource.urn ? 1 : 0));
  if (configs.length === 0) return [];
  const matched = matchSettings(configs, settings.clusters, settings.stack);
  const parts = matched.map(({ config, settings: own, problems }, index) =>
    clusterParts({
      name: own.name,
      subject: subjectOf(config),
      text: config.text,
      settings: own,
      documents: readDocumentFiles(own, settings.folder),
      resolve: (resource) => resolveResource(resource, resources),
      problems: [...problems, ...settings.problems.filter((one) => concerns(one, own, index))],
    }),
  );
  return deepFreeze(assembleClusters(parts, readStack(listFolders(resources, settings.programFolder))));
}

function subjectOf(config: KubeadmConfig): Subject {
  const { urn, name, type } = config.resource;
  const source = { name, kind: type, urn };
  if (mayCarryKubeadmConfig(type)) return { source, urn, field: "data.ClusterConfiguration" };
  const partial = "Cluster API fills in the rest of the configuration";
  return { source, urn, field: "spec.kubeadmConfigSpec.clusterConfiguration", partial };
}

/** A problem of a cluster is told with it, one of the settings as a whole with the first cluster. */
function concerns(problem: SettingsProblem, settings: ClusterSettings, index: number): boolean {
  return problem.cluster === undefined ? index === 0 : problem.cluster === settings.name;
}

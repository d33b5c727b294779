import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import type { KubeadmConfig } from "./kubeadm-config";

/** A kubeadm-config with the name of the cluster that it belongs to. */
export interface MatchedCluster {
  readonly config: KubeadmConfig;
  readonly name: string;
  readonly problems: readonly SettingsProblem[];
}

/** What of a cluster's settings says which kubeadm-config they are about. */
export type Selector = Pick<ClusterSettings, "name" | "kubeadmConfig" | "controlPlaneNodes">;

/**
 * Says which settings are about which kubeadm-config: by `kubeadmConfig`, else by the name (a provider's, a parent's, the
 * resource's own, or the stack's), by the node on which kubeadm makes it, else the only ones left on both sides. Two configs with
 * one provider are one cluster, and so are those that kubeadm makes on one machine.
 * `tiers` are the clusters that the settings name, those of the stack first: where those of one tier are left over, the next
 * tiers are not asked.
 */
export function matchSettings(
  configs: readonly KubeadmConfig[],
  tiers: readonly (readonly Selector[])[],
  stack: string | undefined,
): readonly MatchedCluster[] {
  const taken = new Map<KubeadmConfig, Selector>();
  const take = (cluster: Selector, wanted: string) => {
    for (const config of configs)
      if (!taken.has(config) && config.selectors.includes(wanted)) taken.set(config, cluster);
  };
  const clusters = tiers.flat();
  for (const cluster of clusters) if (cluster.kubeadmConfig !== undefined) take(cluster, cluster.kubeadmConfig);
  for (const cluster of clusters) if (cluster.kubeadmConfig === undefined) take(cluster, cluster.name);
  for (const cluster of clusters)
    for (const config of configs) if (!taken.has(config) && isMadeOnNodeOf(cluster, config)) taken.set(config, cluster);

  const used = new Set(taken.values());
  const left = tiers.map((tier) => tier.filter((one) => one.kubeadmConfig === undefined && !used.has(one)));
  const restClusters = left.find((tier) => tier.length > 0) ?? [];
  const restConfigs = configs.filter((config) => !taken.has(config));
  const candidates = restClusters.length > 1 ? restClusters.filter((cluster) => cluster.name === stack) : restClusters;
  const [only] = candidates;
  const oneCluster = new Set(restConfigs.map(placeOf)).size === 1;
  if (only !== undefined && candidates.length === 1 && oneCluster)
    for (const config of restConfigs) taken.set(config, only);

  const [ofStack = []] = tiers;
  return configs.map((config) => {
    const settings = taken.get(config);
    if (settings !== undefined) return { config, name: settings.name, problems: [] };
    return { config, name: nameOf(config, configs), problems: ofStack.length === 0 ? [] : [noMatch(config, clusters)] };
  });
}

function isMadeOnNodeOf({ controlPlaneNodes = [] }: Selector, { initialized }: KubeadmConfig): boolean {
  const names = new Set(controlPlaneNodes.flatMap(({ name, addresses = [] }) => [name, ...addresses]).map(lowerCase));
  return initialized?.machine.some((name) => names.has(lowerCase(name))) === true;
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}

/** Where a cluster is: configs of one place are one cluster. */
function placeOf({ resource, initialized }: KubeadmConfig): string | undefined {
  return initialized === undefined ? resource.provider?.urn : initialized.machine.join(" ");
}

/** The provider that the program declares; the engine's own, `default_4_34_2`, is named after a version and not after a cluster. */
function declaredProvider({ resource: { provider } }: KubeadmConfig) {
  return provider === undefined || /^default(?:_\d|$)/.test(provider.name) ? undefined : provider;
}

/** A name for a cluster without one: its provider's if that is unique, else the resource's. */
function nameOf(config: KubeadmConfig, configs: readonly KubeadmConfig[]): string {
  const { name } = config.resource;
  const provider = declaredProvider(config);
  if (provider === undefined) return name;
  const same = configs.filter((other) => other.resource.provider?.name === provider.name);
  return same.length > 1 ? `${provider.name}/${name}` : provider.name;
}

function noMatch(config: KubeadmConfig, clusters: readonly Selector[]): SettingsProblem {
  const names = clusters.map((cluster) => cluster.name).join(", ");
  const what =
    `None of the clusters in the settings (${names}) is clearly about ${config.resource.name}. ` +
    `Say which one with kubeadmConfig: ${declaredProvider(config)?.name ?? config.resource.name}.`;
  return { cluster: undefined, where: "kubeadm-guard:clusters", what };
}

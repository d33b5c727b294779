import type { ClusterSettings } from "../cluster/cluster-settings";

/** The three places where settings may stand. */
export interface LayeredSettings {
  readonly stack: readonly ClusterSettings[];
  readonly policyConfiguration: readonly ClusterSettings[];
  readonly constructorArgument: readonly ClusterSettings[];
}

/**
 * One list of clusters, joined by name. For each key the first of stack, policy configuration and constructor wins
 * whole; for `unlisted` and `undecided` it is the other way round, so that a stack cannot loosen its platform team's rule.
 */
export function mergeSettings({
  stack,
  policyConfiguration,
  constructorArgument,
}: LayeredSettings): readonly ClusterSettings[] {
  const names = new Set([...stack, ...policyConfiguration, ...constructorArgument].map((cluster) => cluster.name));
  return [...names].map((name) => {
    const own = (layer: readonly ClusterSettings[]) => layer.find((cluster) => cluster.name === name);
    const [first, second, third] = [own(stack), own(policyConfiguration), own(constructorArgument)];
    const unlisted = third?.unlisted ?? second?.unlisted ?? first?.unlisted;
    const undecided = third?.undecided ?? second?.undecided ?? first?.undecided;
    return {
      ...third,
      ...second,
      ...first,
      name,
      ...(unlisted === undefined ? {} : { unlisted }),
      ...(undecided === undefined ? {} : { undecided }),
    };
  });
}

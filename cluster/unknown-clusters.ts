import { publicProse } from "../machine/public-text";
import type { Source } from "../machine/source";
import type { SettingsProblem } from "./cluster-settings";
import type { StackParts } from "./stack-parts";

/** More names would hide the sentence. */
const MOST_NAMES = 20;

/** One problem for each component that is for a cluster which the stack does not have: what it says counts nowhere. */
export function unknownClusters(stack: StackParts, names: readonly string[]): readonly SettingsProblem[] {
  const components = new Map<string, { readonly source: Source; readonly cluster: string }>();
  for (const { source, cluster } of [...stack.evidence, ...stack.nodes.map(withSource)]) {
    if (cluster !== undefined && !names.includes(cluster))
      components.set(source.urn ?? source.name, { source, cluster });
  }
  return [...components.values()].map(({ source, cluster }) => ({
    cluster: undefined,
    where: `${source.name} (${source.kind})`,
    what: `It is for the cluster ${publicProse(cluster)}, which this stack does not have; it has ${names.map(publicProse).slice(0, MOST_NAMES).join(", ")}. It is not used.`,
    level: "advisory",
  }));
}

function withSource({ node, cluster }: StackParts["nodes"][number]) {
  return { source: node.declaredBy, cluster };
}

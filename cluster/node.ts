import type { Source, Urn } from "../machine/source";

/** One machine, under all its names. */
export interface Node {
  /** The name that messages use. */
  readonly name: string;
  /** Other names: inventory alias, VM name, short name. */
  readonly otherNames: readonly string[];
  readonly addresses: readonly string[];
  /** The resource that makes the machine, if one is known. */
  readonly resource?: Urn;
  /** Set for a scaling group or template: one node that stands for all it makes. `size` is unknown where not literal. */
  readonly group?: { readonly size: number | undefined };
  /** Where the node was declared. */
  readonly declaredBy: Source;
}

/** The node as messages name it: `master01`, `group masters (3 nodes)`. */
export function describeNode(node: Pick<Node, "name" | "group">): string {
  if (node.group === undefined) return node.name;
  const { size } = node.group;
  return size === undefined ? `group ${node.name}` : `group ${node.name} (${size} node${size === 1 ? "" : "s"})`;
}

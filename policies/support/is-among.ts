import type { Node } from "../../cluster/node";
import type { NodeNames } from "../../cluster/node-names";

/** True if the node is one of those named, under any of its names and addresses. */
export function isAmong(names: NodeNames, node: Node): boolean {
  return [node.name, ...node.otherNames, ...node.addresses].some((name) => names.named(name).length > 0);
}

import type { Urn } from "../machine/source";
import type { DeclaredNode } from "./declared-node";
import type { Machine } from "./evidence";
import type { Node } from "./node";
import { machineBehind } from "./node-identity";
import { hostText, NodeNames } from "./node-names";
import type { UndecidedReason } from "./presence";
import type { StackParts } from "./stack-parts";

/** The nodes of a cluster with those that ControlPlaneNode components declare. */
export interface NodesFromComponents {
  readonly nodes: readonly Node[];
  /** What is to be said of components that do not say which of several clusters they are for. */
  readonly unplaced: readonly UndecidedReason[];
}

/**
 * Adds the nodes that the program declares by components to those that settings and documents declare: a node of the same
 * name gains addresses and its machine, any other is one more. `several`: the stack has more than one kubeadm-config.
 */
export function nodesFromComponents(
  declared: readonly Node[],
  stack: StackParts,
  connections: readonly Machine[],
  several: boolean,
): NodesFromComponents {
  const behind = machineBehind(connections, stack.graph);
  const known = new NodeNames(declared);
  const components = new Map<Node | string, Node>();
  const unplaced: UndecidedReason[] = [];
  for (const one of stack.nodes) {
    const node = withResource(one, behind);
    const [same] = known.named(node.name);
    const key = same ?? hostText(node.name);
    if (same === undefined && one.cluster === undefined && several) unplaced.push(withoutCluster(one));
    else components.set(key, merged(components.get(key) ?? same ?? node, node));
  }
  const added = [...components].flatMap(([key, node]) => (typeof key === "string" ? [node] : []));
  return { nodes: [...declared.map((node) => components.get(node) ?? node), ...added], unplaced };
}

function withoutCluster({ node }: DeclaredNode): UndecidedReason {
  return { reason: { id: "component-without-cluster", data: {} }, source: node.declaredBy };
}

function withResource({ node, machine }: DeclaredNode, behind: (machine: Machine) => Urn | undefined): Node {
  if (machine === undefined) return node;
  // A machine of a provider that no table knows is still the one thing that the component names.
  const [only, another] = machine.by === "connection" ? machine.resources : [];
  const resource = behind(machine) ?? (another === undefined ? only : undefined);
  return resource === undefined ? node : { ...node, resource };
}

function merged(declared: Node, component: Node): Node {
  const resource = declared.resource ?? component.resource;
  return {
    ...declared,
    addresses: [...new Set([...declared.addresses, ...component.addresses])],
    ...(resource === undefined ? {} : { resource }),
  };
}

import type { Urn } from "../machine/source";
import { append } from "./append";
import type { MachineGraph } from "./machine-graph";
import type { Node } from "./node";
import { NodeNames } from "./node-names";

/** The same nodes, each with the one machine of the stack that it names, or that has its name or its address. */
export function withMachines(nodes: readonly Node[], graph: MachineGraph): readonly Node[] {
  const names = new NodeNames(nodes.filter((node) => node.resource === undefined));
  const machines = new Map<Node, Urn[]>();
  for (const [urn, facts] of graph.machines) {
    if (!facts.isMachine) continue;
    const known = [...facts.names, ...facts.addresses].flatMap((name) => names.named(name));
    for (const node of new Set(known)) append(machines, node, urn);
  }
  return nodes.map((node) => {
    const [only, another] = node.resource === undefined ? (machines.get(node) ?? []) : [node.resource];
    const facts = only === undefined || another !== undefined ? undefined : graph.machines.get(only);
    if (only === undefined || facts === undefined) return node;
    return {
      ...node,
      resource: only,
      otherNames: [...node.otherNames, ...facts.names],
      addresses: [...node.addresses, ...facts.addresses],
      ...(facts.group === undefined ? {} : { group: facts.group }),
    };
  });
}

import { connectionsOf } from "./connections-of";
import type { Node } from "./node";
import { machineBehind } from "./node-identity";
import type { NodeNames } from "./node-names";
import type { UndecidedReason } from "./presence";
import type { StackParts } from "./stack-parts";

/** The machines that `kubeadm init` or `kubeadm join --control-plane` makes nodes of, and the runs that name no machine. */
export interface NodesFromKubeadmRuns {
  readonly nodes: readonly Node[];
  readonly unplaced: readonly UndecidedReason[];
}

/** Takes each machine that a stack runs them on for a node, but for those that are declared (of any cluster). */
export function nodesFromKubeadmRuns(stack: StackParts, declared: NodeNames): NodesFromKubeadmRuns {
  const behind = machineBehind(connectionsOf(stack), stack.graph);
  const nodes = new Map<string, Node>();
  const unplaced: UndecidedReason[] = [];
  for (const run of stack.kubeadmRuns) {
    if (run.command !== "init" && run.command !== "join-control-plane") continue;
    const host = run.machine.by === "connection" ? run.machine.host : undefined;
    if (host !== undefined && declared.named(host).length > 0) continue;
    if (run.undecided !== undefined) {
      unplaced.push({ reason: run.undecided, source: run.source });
      continue;
    }
    const urn = behind(run.machine);
    const facts = urn === undefined ? undefined : stack.graph.machines.get(urn);
    const name = run.nodeName ?? facts?.names[0] ?? host;
    if (name === undefined) {
      unplaced.push({ reason: { id: "kubeadm-node-unnamed", data: {} }, source: run.source });
      continue;
    }
    const key = urn ?? host ?? name;
    const old = nodes.get(key);
    // Two commands that each make a node do so on two machines: what their hosts come from is a gateway.
    const isGateway = host === undefined && run.machine.by === "connection" && old !== undefined;
    if (isGateway && old.declaredBy.urn !== run.source.urn) {
      const data = { node: old.name, other: old.declaredBy.name };
      unplaced.push({ reason: { id: "kubeadm-behind-gateway", data }, source: run.source });
      continue;
    }
    nodes.set(key, {
      name: old?.name ?? name,
      otherNames: facts?.names ?? [],
      addresses: [...(host === undefined ? [] : [host]), ...(facts?.addresses ?? [])],
      ...(urn === undefined ? {} : { resource: urn }),
      ...(facts?.group === undefined ? {} : { group: facts.group }),
      declaredBy: old?.declaredBy ?? run.source,
    });
  }
  return { nodes: [...nodes.values()], unplaced };
}

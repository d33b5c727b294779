import type { ClusterParts } from "./cluster-parts";
import { connectionsOf } from "./connections-of";
import { leftOut } from "./left-out";
import type { Node } from "./node";
import { NodeNames } from "./node-names";
import { nodesFromComponents } from "./nodes-from-components";
import { nodesFromKubeadmRuns } from "./nodes-from-kubeadm-runs";
import { possibleNodes } from "./possible-nodes";
import type { UndecidedReason } from "./presence";
import type { StackParts } from "./stack-parts";
import { withMachines } from "./with-machines";

/** A cluster's own documents, and the stack as far as it concerns that cluster. */
export interface PartWithStack {
  readonly part: ClusterParts;
  readonly stack: StackParts;
}

/** The same with its control-plane nodes. */
export interface PartWithNodes extends PartWithStack {
  readonly nodes: readonly Node[];
  /** Why there may be more nodes than these. */
  readonly more: readonly UndecidedReason[];
  /** What may make nodes, where none are known. */
  readonly might: readonly UndecidedReason[];
}

/**
 * The control-plane nodes of each cluster: those that settings, documents and components declare. Where none are declared,
 * those that run `kubeadm init` or `kubeadm join --control-plane` are the nodes.
 */
export function findNodes(parts: readonly PartWithStack[]): readonly PartWithNodes[] {
  const several = new Set(parts.map(({ part }) => part.name)).size > 1;
  const withDeclared = parts.map((one) => ({
    ...one,
    declared: nodesFromComponents(one.part.declaredNodes, one.stack, connectionsOf(one.stack), several),
  }));
  const names = new NodeNames(withDeclared.flatMap((one) => one.declared.nodes));
  const ambiguous = withDeclared.filter((one) => one.declared.nodes.length === 0).length > 1;
  return withDeclared.map(({ part, stack, declared: { nodes, unplaced } }) => {
    if (nodes.length > 0) {
      const more = [...unplaced, ...nodesLeftOut(part), ...part.nodesNotNamed];
      return { part, stack, nodes: withMachines(nodes, stack.graph), more, might: [] };
    }
    const found = nodesFromKubeadmRuns(stack, names);
    // What runs in the stack that this cluster's settings name, and in no other's, is still its own.
    const own = ambiguous && part.otherStack !== undefined ? nodesFromKubeadmRuns(part.otherStack, names) : found;
    if (ambiguous && found.nodes.length > 0 && (part.otherStack === undefined || own.nodes.length === 0)) {
      const might: readonly UndecidedReason[] = [{ reason: { id: "clusters-without-nodes", data: {} } }];
      return { part, stack, nodes: [], more: [], might };
    }
    const open = [...nodesLeftOut(part), ...unplaced, ...own.unplaced, ...possibleNodes(stack)];
    return own.nodes.length > 0
      ? { part, stack, nodes: own.nodes, more: open, might: [] }
      : { part, stack, nodes: [], more: [], might: open };
  });
}

/** What may name further nodes and could not be used; where the settings name nodes, nothing else does. */
function nodesLeftOut({ settings, problems }: ClusterParts): readonly UndecidedReason[] {
  const named = settings.controlPlaneNodes ?? [];
  return leftOut(
    problems,
    named.length > 0 ? ["controlPlaneNodes"] : ["controlPlaneNodes", "listing", "kubespray"],
  ).map((reason) => ({ reason }));
}

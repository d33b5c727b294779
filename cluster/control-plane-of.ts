import type { AssignedEvidence } from "./assign-evidence";
import type { ControlPlane, ControlPlaneNode } from "./cluster";
import { leaveUndecided } from "./disk/leave-undecided";
import { UndecidedPlaces } from "./disk/undecided-places";
import type { Evidence } from "./evidence";
import type { PartWithNodes } from "./find-nodes";
import { kubeadmCerts } from "./kubeadm-certs";
import type { Node } from "./node";
import { nodeCompleteness } from "./node-completeness";
import { nodeFiles } from "./node-files";
import type { MatchMachine } from "./node-identity";

/** The control plane of a cluster: its nodes with the files that result from the evidence about each. `paths` are etcd's files. */
export function controlPlaneOf(
  { part, stack, nodes, more, might }: PartWithNodes,
  assigned: AssignedEvidence,
  match: MatchMachine,
  paths: readonly string[],
): ControlPlane {
  if (nodes.length === 0) return { kind: "unknown", might };
  const certain = [...part.declared, ...stack.evidence].filter((one) => assigned.certain.has(one));
  const completeness = nodeCompleteness(part, nodes, certain, paths);
  const onUnknownHosts = undecidedOnUnknownHosts(assigned);
  const filesOf = (node: Node, evidence: readonly Evidence[]) => {
    // A node that no address reached may be one of the hosts that are unknown.
    const shared = [...(assigned.shared.get(node) ?? []), ...(assigned.reached.has(node) ? [] : [onUnknownHosts])];
    return nodeFiles(evidence, completeness(node), paths, stack.precedes, shared);
  };
  const ownEvidence = (node: Node) => assigned.byNode.get(node) ?? [];
  const withDownloads = kubeadmCerts({
    runs: stack.kubeadmRuns,
    match,
    paths,
    filesOf: (node) => filesOf(node, ownEvidence(node)),
  });
  return {
    kind: "known",
    nodes: nodes.map(
      (node): ControlPlaneNode => ({
        ...node,
        files: filesOf(node, withDownloads(ownEvidence(node))),
        reached: assigned.reached.has(node),
      }),
    ),
    more,
  };
}

function undecidedOnUnknownHosts({ onUnknownHosts }: AssignedEvidence): UndecidedPlaces {
  const undecided = new UndecidedPlaces();
  for (const { evidence, host } of onUnknownHosts) {
    leaveUndecided(undecided, evidence, { id: "unknown-host", data: { host } });
  }
  return undecided;
}

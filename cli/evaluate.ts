import type { Cluster } from "../cluster/cluster";
import type { Undecided } from "../cluster/outcome";
import { controlPlaneNodesKnown } from "../policies/control-plane-nodes-known";
import { type Evaluation, evaluate as evaluateAll } from "../policies/evaluate";
import { NO_NODES, noNodes } from "../policies/support/applicability";
import type { ClusterOptions } from "./cluster-options";

/**
 * What all policies say about a cluster that a command line asks about. Never throws.
 *
 * A program that does not name the nodes has a defect; on the command line it leaves open what depends on them: where no
 * option names nodes and none were read from a cluster, the policy that asks for them is undecided where it would fail, as
 * all other policies about nodes then are.
 */
export function evaluate(
  cluster: Cluster,
  { nodes, inventory, live }: Pick<ClusterOptions, "nodes" | "inventory" | "live">,
  now: Date,
): readonly Evaluation[] {
  const evaluations = evaluateAll(cluster, { now });
  if (nodes !== undefined || inventory !== undefined || cluster.controlPlane.kind === "known") return evaluations;
  const reason = noNodes(live !== undefined || cluster.live !== undefined ? "live-cluster" : "command-line");
  return evaluations.map((one) => withoutNodes(one, reason));
}

function withoutNodes(one: Evaluation, reason: Undecided): Evaluation {
  const { policy, outcome } = one;
  if (policy === controlPlaneNodesKnown && outcome.kind === "fail")
    return { ...one, outcome: { kind: "undecided", undecided: [reason], remarks: [] } };
  if (outcome.kind !== "undecided" && outcome.kind !== "fail") return one;
  const undecided = outcome.undecided.map((open) => (open === NO_NODES ? reason : open));
  return { ...one, outcome: { ...outcome, undecided } };
}

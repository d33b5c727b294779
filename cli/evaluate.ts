import type { Cluster } from "../cluster/cluster";
import type { Outcome, Undecided } from "../cluster/outcome";
import { controlPlaneNodesKnown } from "../policies/control-plane-nodes-known";
import { type Evaluation, evaluate as evaluateAll } from "../policies/evaluate";
import { NO_NODES, noNodes } from "../policies/support/applicability";
import type { Policy } from "../policies/support/policy";
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
  const wereGiven = nodes !== undefined || inventory !== undefined || cluster.controlPlane.kind === "known";
  if (wereGiven) return evaluateAll(cluster, { now });
  const reason = noNodes(live !== undefined || cluster.live !== undefined ? "live-cluster" : "command-line");
  return evaluateAll(cluster, { now, reword: (policy, outcome) => withoutNodes(policy, outcome, reason) });
}

function withoutNodes(policy: Policy, outcome: Outcome, reason: Undecided): Outcome {
  if (policy === controlPlaneNodesKnown && outcome.kind === "fail")
    return { kind: "undecided", undecided: [reason], remarks: [] };
  if (outcome.kind !== "undecided" && outcome.kind !== "fail") return outcome;
  const undecided = outcome.undecided.map((open) => (open === NO_NODES ? reason : open));
  return { ...outcome, undecided };
}

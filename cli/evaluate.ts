import type { Cluster } from "../cluster/cluster";
import { type Outcome, outcomeOf, type Undecided } from "../cluster/outcome";
import { controlPlaneNodesKnown } from "../policies/control-plane-nodes-known";
import { type Evaluation, evaluate as evaluateAll } from "../policies/evaluate";
import { NO_NODES, noNodes } from "../policies/support/applicability";
import type { Policy } from "../policies/support/policy";
import type { ClusterOptions } from "./cluster-options";

/**
 * What all policies say about a cluster that a command line asks about. Never throws.
 *
 * A program that does not name the nodes has a defect; on the command line it leaves open what depends on them: where no
 * option names nodes that can be used and none were read from a cluster, the policy that asks for them is undecided where it
 * would fail for that, as all other policies about nodes then are.
 */
export function evaluate(cluster: Cluster, { live }: Pick<ClusterOptions, "live">, now: Date): readonly Evaluation[] {
  if (cluster.controlPlane.kind === "known") return evaluateAll(cluster, { now });
  const reason = noNodes(live !== undefined || cluster.live !== undefined ? "live-cluster" : "command-line");
  return evaluateAll(cluster, { now, reword: (policy, outcome) => withoutNodes(policy, outcome, reason) });
}

function withoutNodes(policy: Policy, outcome: Outcome, reason: Undecided): Outcome {
  if (policy === controlPlaneNodesKnown && outcome.kind === "fail") {
    const others = outcome.findings.filter(({ message }) => message !== "noNodesKnown");
    const isOpen = others.length < outcome.findings.length;
    return outcomeOf(others, isOpen ? [...outcome.undecided, reason] : outcome.undecided, outcome.remarks);
  }
  if (outcome.kind !== "undecided" && outcome.kind !== "fail") return outcome;
  const undecided = outcome.undecided.map((open) => (open === NO_NODES ? reason : open));
  return { ...outcome, undecided };
}

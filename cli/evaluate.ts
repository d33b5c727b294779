import type { Cluster } from "../cluster/cluster";
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
  { nodes, inventory }: Pick<ClusterOptions, "nodes" | "inventory">,
  now: Date,
): readonly Evaluation[] {
  const evaluations = evaluateAll(cluster, { now });
  const nodesWereGiven = nodes !== undefined || inventory !== undefined || cluster.live !== undefined;
  return nodesWereGiven ? evaluations : evaluations.map(withoutNodes);
}

const NO_NODES_GIVEN = noNodes("command-line");

function withoutNodes(one: Evaluation): Evaluation {
  const { policy, outcome } = one;
  if (policy === controlPlaneNodesKnown && outcome.kind === "fail")
    return { ...one, outcome: { kind: "undecided", undecided: [NO_NODES_GIVEN], remarks: [] } };
  if (outcome.kind !== "undecided" && outcome.kind !== "fail") return one;
  const undecided = outcome.undecided.map((open) => (open === NO_NODES ? NO_NODES_GIVEN : open));
  return { ...one, outcome: { ...outcome, undecided } };
}

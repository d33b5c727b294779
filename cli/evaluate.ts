import type { Cluster } from "../cluster/cluster";
import { controlPlaneNodesKnown } from "../policies/control-plane-nodes-known";
import { type Evaluation, evaluate as evaluateAll } from "../policies/evaluate";

/**
 * What all policies say about a cluster that a command line asks about. Never throws.
 *
 * That nobody names the nodes is a defect of a program, but none of a question that is not about nodes: without
 * `nodesWereGiven` the policy that asks for them is not applicable, as all other policies about nodes then are.
 */
export function evaluate(cluster: Cluster, now: Date, nodesWereGiven: boolean): readonly Evaluation[] {
  return evaluateAll(cluster, { now, internalError }).map((one) =>
    one.policy === controlPlaneNodesKnown && !nodesWereGiven
      ? { ...one, outcome: { kind: "not-applicable", why: "neither --nodes nor --inventory was given" } }
      : one,
  );
}

function internalError(policy: string, error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return `internal error in ${policy} (${name}); please report this line`;
}

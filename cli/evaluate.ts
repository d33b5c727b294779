import type { Cluster } from "../cluster/cluster";
import type { Outcome } from "../cluster/outcome";
import { controlPlaneNodesKnown } from "../policies/control-plane-nodes-known";
import { policies } from "../policies/index";
import type { Context, Policy } from "../policies/support/policy";
import type { Evaluation } from "../reports/policy-report";

/**
 * What all policies say about a cluster. Never throws: an internal error is an undecided outcome.
 *
 * That nobody names the nodes is a defect of a program, but none of a question that is not about nodes: without
 * `nodesWereGiven` the policy that asks for them is not applicable, as all other policies about nodes then are.
 */
export function evaluate(cluster: Cluster, context: Context, nodesWereGiven: boolean): readonly Evaluation[] {
  return policies.map((policy) => ({
    policy,
    outcome:
      policy === controlPlaneNodesKnown && !nodesWereGiven
        ? { kind: "not-applicable", why: "neither --nodes nor --inventory was given" }
        : safely(policy, cluster, context),
  }));
}

function safely(policy: Policy, cluster: Cluster, context: Context): Outcome {
  try {
    return policy.check(cluster, context);
  } catch (error) {
    // Never the error's own text, which may quote a file.
    const name = error instanceof Error ? error.name : typeof error;
    const unknown = `internal error in ${policy.id} (${name}); please report this line`;
    return { kind: "undecided", undecided: [{ unknown, node: null, path: null }], remarks: [] };
  }
}

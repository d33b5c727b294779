import type { Cluster } from "../cluster/cluster";
import { controlPlaneNodesKnown } from "../policies/control-plane-nodes-known";
import { policies } from "../policies/index";
import type { Context, Policy } from "../policies/support/policy";
import { type PolicyResult, policyResult } from "../reports/policy-result";
import { undecidedResult } from "../reports/undecided-result";

/**
 * What all policies say about a cluster. Never throws: an error of ours is an undecided outcome.
 *
 * That nobody names the nodes is a defect of a program, but none of a question that is not about nodes: without
 * `nodesWereGiven` the policy that asks for them is not applicable, as all other policies about nodes then are.
 */
export function judge(cluster: Cluster, context: Context, nodesWereGiven: boolean): readonly PolicyResult[] {
  return policies.map((policy) => {
    if (policy === controlPlaneNodesKnown && !nodesWereGiven) {
      return policyResult(policy, cluster, {
        kind: "not-applicable",
        why: "neither --nodes nor --inventory was given",
      });
    }
    return safely(policy, cluster, context);
  });
}

function safely(policy: Policy, cluster: Cluster, context: Context): PolicyResult {
  try {
    return policyResult(policy, cluster, policy.check(cluster, context));
  } catch (error) {
    // Never the error's own text, which may quote a file.
    const name = error instanceof Error ? error.name : typeof error;
    return undecidedResult(policy.id, `internal error in ${policy.id} (${name}); please report this line`);
  }
}

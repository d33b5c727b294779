import type { Cluster } from "../cluster/cluster";
import type { Accepted, Excuse, Finding, Outcome, Undecided } from "../cluster/outcome";
import { acceptancesCurrent } from "./acceptances-current";
import { controlPlaneNodesKnown } from "./control-plane-nodes-known";
import { policies as ours } from "./index";
import { internalError } from "./internal-error";
import { agreements } from "./support/agreements";
import type { Context, Policy } from "./support/policy";
import { type Agreed, staleAgreements } from "./support/stale-agreements";

/** What one policy says about one cluster. */
export interface Evaluation {
  readonly policy: Policy;
  readonly outcome: Outcome;
  /** Those of the outcome's remarks that would be defects, if the team had not accepted them. */
  readonly excuses: ReadonlyMap<Finding, Excuse>;
  /** What is undecided, and the team has agreed to live with. It stays undecided, and stops nothing. */
  readonly accepted: ReadonlyMap<Undecided, Accepted>;
}

export interface EvaluationContext extends Context {
  /** All policies; ours unless given. */
  readonly policies?: readonly Policy[];
  /** What a policy says where the settings do not speak to the one who asks; as it is unless given. */
  readonly reword?: (policy: Policy, outcome: Outcome) => Outcome;
}

/**
 * What all policies say about a cluster, in the order of the list, for the pack and the command line alike. Findings that an
 * acceptance or the baseline covers become remarks with their excuse; what is undecided stays so, with its acceptance. Never
 * throws: an internal error is an undecided outcome.
 */
export function evaluate(cluster: Cluster, context: EvaluationContext): readonly Evaluation[] {
  const { now, policies = ours, reword = asItIs } = context;
  const run = (policy: Policy, more?: Partial<Context>) =>
    reword(policy, checkSafely(policy, cluster, { now, ...more }));

  // What a problem in the settings costs, and which acceptances match nothing, is known only after the others.
  const first = new Map(policies.filter((policy) => !LATE.has(policy)).map((policy) => [policy, run(policy)]));
  const undecided = [...first].filter(([, { kind }]) => kind === "undecided").map(([policy]) => policy.id);
  const others = policies
    .filter((policy) => policy !== acceptancesCurrent)
    .map((policy): Agreed & { readonly policy: Policy } => {
      const outcome = first.get(policy) ?? run(policy, { undecided });
      return { policy, outcome, agreements: agreements(policy.id, outcome, cluster, now) };
    });
  const evaluations = new Map(
    others.map(({ policy, agreements: { outcome, excuses, accepted } }) => [
      policy,
      { policy, outcome, excuses, accepted },
    ]),
  );
  return policies.map(
    (policy) =>
      evaluations.get(policy) ?? {
        policy,
        outcome: run(policy, staleAgreements(cluster, others)),
        excuses: new Map(),
        accepted: new Map(),
      },
  );
}

const LATE: ReadonlySet<Policy> = new Set([controlPlaneNodesKnown, acceptancesCurrent]);

function checkSafely(policy: Policy, cluster: Cluster, context: Context): Outcome {
  try {
    return policy.check(cluster, context);
  } catch (error) {
    const reason = internalError(policy.id, error);
    return { kind: "undecided", undecided: [{ reason, node: null, path: null }], remarks: [] };
  }
}

function asItIs(_policy: Policy, outcome: Outcome): Outcome {
  return outcome;
}

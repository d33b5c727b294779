import { type FindingOf, speaksOf, standingOf, type UsableAcceptance } from "../cluster/acceptance";
import type { BaselineFinding } from "../cluster/baseline";
import type { Cluster } from "../cluster/cluster";
import type { ClusterAcceptance } from "../cluster/cluster-settings";
import { type Accepted, type Excuse, type Finding, type Outcome, outcomeOf, type Undecided } from "../cluster/outcome";
import { acceptancesCurrent } from "./acceptances-current";
import { controlPlaneNodesKnown } from "./control-plane-nodes-known";
import { policies as ours } from "./index";
import { internalError } from "./internal-error";
import { fingerprint } from "./support/fingerprint";
import type { Context, Policy } from "./support/policy";

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
 * acceptance or the baseline covers become remarks with their excuse; what is undecided stays so, with its acceptance. Never throws: an internal error is an undecided outcome.
 */
export function evaluate(cluster: Cluster, context: EvaluationContext): readonly Evaluation[] {
  const { now, policies = ours, reword = asItIs } = context;
  const { accept = [], baseline } = cluster.settings;
  const used = new Set<ClusterAcceptance>();
  const blocked = new Set<ClusterAcceptance>();
  const seen = new Set<string>();
  const decided = new Set<string>();

  const acceptedBy = (policy: string, finding: FindingOf["finding"]): Accepted | undefined => {
    const about = { policy, cluster: cluster.name, finding };
    const own = accept.filter(({ acceptance }) => speaksOf(acceptance, about));
    for (const one of own) {
      used.add(one);
      if (standingOf(one.acceptance, now, policy) === "forbidden") blocked.add(one);
    }
    for (const { acceptance } of own) {
      if (acceptance.kind === "unusable" || standingOf(acceptance, now, policy) !== "active") continue;
      const { where, reason, until } = acceptance;
      return { kind: "accepted", where, reason, until };
    }
    return undefined;
  };
  const excuseOf = (policy: string, finding: Finding): Excuse | undefined => {
    if (finding.mustBeFixed) return undefined;
    const accepted = acceptedBy(policy, finding);
    if (accepted !== undefined) return accepted;
    const print = fingerprint(cluster.name, policy, finding);
    if (baseline?.findings.some((one) => one.fingerprint === print) !== true) return undefined;
    seen.add(print);
    return baseline.forbidden.has(policy) ? undefined : { kind: "known", baseline: baseline.file };
  };
  const attempt = (policy: Policy, check: () => Outcome): Evaluation => {
    try {
      return { policy, outcome: reword(policy, check()), excuses: NO_EXCUSES, accepted: NOTHING_ACCEPTED };
    } catch (error) {
      const reason = internalError(policy.id, error);
      return {
        policy,
        outcome: { kind: "undecided", undecided: [{ reason, node: null, path: null }], remarks: [] },
        excuses: NO_EXCUSES,
        accepted: NOTHING_ACCEPTED,
      };
    }
  };

  // What a settings problem costs, and which acceptances match nothing, is known only after the others.
  const early = policies.map((policy) =>
    policy === acceptancesCurrent || policy === controlPlaneNodesKnown
      ? undefined
      : attempt(policy, () => policy.check(cluster, { now })),
  );
  const undecided = early.flatMap((one) => (one?.outcome.kind === "undecided" ? [one.policy.id] : []));
  const others = policies.map((policy, index) =>
    policy === controlPlaneNodesKnown ? attempt(policy, () => policy.check(cluster, { now, undecided })) : early[index],
  );
  const excused = others.map((one) => {
    if (one === undefined) return undefined;
    const { policy, outcome } = one;
    if (outcome.kind === "pass" || (outcome.kind === "fail" && outcome.undecided.length === 0)) decided.add(policy.id);
    const open = outcome.kind === "fail" || outcome.kind === "undecided" ? outcome.undecided : [];
    const accepted = open.flatMap((undecided): readonly (readonly [Undecided, Accepted])[] => {
      const by = acceptedBy(policy.id, undecided);
      return by === undefined ? [] : [[undecided, by]];
    });
    return {
      policy,
      accepted: new Map(accepted),
      ...withExcuses(outcome, (finding) => excuseOf(policy.id, finding)),
    };
  });
  // An acceptance is unused only if its policy could decide; otherwise its finding may come back.
  const isUnused = (one: ClusterAcceptance) =>
    one.isOnlyHere && !used.has(one) && one.acceptance.kind === "usable" && mayBeUnused(one.acceptance, decided);
  const isGone = (one: BaselineFinding) =>
    one.cluster === cluster.name && !seen.has(one.fingerprint) && decided.has(one.policy);
  const unused = accept.filter(isUnused).map(({ acceptance }) => acceptance);
  const gone = (baseline?.findings ?? []).filter(isGone);
  return excused.map(
    (one) =>
      one ??
      attempt(acceptancesCurrent, () =>
        acceptancesCurrent.check(cluster, {
          now,
          unused,
          gone,
          blocked: accept.filter((by) => blocked.has(by)).map(({ acceptance }) => acceptance),
        }),
      ),
  );
}

const NO_EXCUSES: ReadonlyMap<Finding, Excuse> = new Map();
const NOTHING_ACCEPTED: ReadonlyMap<Undecided, Accepted> = new Map();

function asItIs(_policy: Policy, outcome: Outcome): Outcome {
  return outcome;
}

/**
 * Whether an acceptance that nothing needed can be called unused. What only the update settles is unknown again in the next
 * preview that changes it; a finding may come back as long as its policy is undecided.
 */
function mayBeUnused({ policy, undecided }: UsableAcceptance, decided: ReadonlySet<string>): boolean {
  if (undecided !== undefined) return !undecided.endsWith("-until-update");
  return policy !== undefined && decided.has(policy);
}

function withExcuses(
  outcome: Outcome,
  excuseOf: (finding: Finding) => Excuse | undefined,
): Pick<Evaluation, "outcome" | "excuses"> {
  if (outcome.kind !== "fail") return { outcome, excuses: NO_EXCUSES };
  const excuses = new Map<Finding, Excuse>();
  for (const finding of outcome.findings) {
    const excuse = excuseOf(finding);
    if (excuse !== undefined) excuses.set(finding, excuse);
  }
  const left = outcome.findings.filter((finding) => !excuses.has(finding));
  return { outcome: outcomeOf(left, outcome.undecided, [...excuses.keys(), ...outcome.remarks]), excuses };
}

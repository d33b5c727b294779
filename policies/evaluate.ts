import { speaksOf, standingOf } from "../cluster/acceptance";
import type { BaselineFinding } from "../cluster/baseline";
import type { Cluster } from "../cluster/cluster";
import type { ClusterAcceptance } from "../cluster/cluster-settings";
import { type Excuse, type Finding, type Outcome, outcomeOf } from "../cluster/outcome";
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
}

export interface EvaluationContext extends Context {
  /** All policies; ours unless given. */
  readonly policies?: readonly Policy[];
}

/**
 * What all policies say about a cluster, in the order of the list, for the pack and the command line alike. Findings that an
 * acceptance or the baseline covers become remarks with their excuse. Never throws: an internal error is an undecided outcome.
 */
export function evaluate(cluster: Cluster, context: EvaluationContext): readonly Evaluation[] {
  const { now, policies = ours } = context;
  const { accept = [], baseline } = cluster.settings;
  const used = new Set<ClusterAcceptance>();
  const seen = new Set<string>();
  const decided = new Set<string>();

  const excuseOf = (policy: string, finding: Finding): Excuse | undefined => {
    if (finding.mustBeFixed) return undefined;
    const about = { policy, cluster: cluster.name, finding };
    const own = accept.filter(({ acceptance }) => speaksOf(acceptance, about));
    for (const one of own) used.add(one);
    for (const { acceptance } of own) {
      if (acceptance.kind === "unusable" || standingOf(acceptance, now) !== "active") continue;
      const { where, reason, until } = acceptance;
      return { kind: "accepted", where, reason, until };
    }
    const print = fingerprint(cluster.name, policy, finding);
    if (baseline?.findings.some((one) => one.fingerprint === print) !== true) return undefined;
    seen.add(print);
    return baseline.forbidden.has(policy) ? undefined : { kind: "known", baseline: baseline.file };
  };
  const attempt = (policy: Policy, check: () => Outcome): Evaluation => {
    try {
      return { policy, outcome: check(), excuses: NO_EXCUSES };
    } catch (error) {
      const reason = internalError(policy.id, error);
      return {
        policy,
        outcome: { kind: "undecided", undecided: [{ reason, node: null, path: null }], remarks: [] },
        excuses: NO_EXCUSES,
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
    return { policy, ...withExcuses(outcome, (finding) => excuseOf(policy.id, finding)) };
  });
  // An acceptance is unused only if its policy could decide; otherwise its finding may come back.
  const isUnused = (one: ClusterAcceptance) =>
    one.isOnlyHere && !used.has(one) && one.acceptance.kind === "usable" && decided.has(one.acceptance.policy);
  const isGone = (one: BaselineFinding) =>
    one.cluster === cluster.name && !seen.has(one.fingerprint) && decided.has(one.policy);
  const unused = accept.filter(isUnused).map(({ acceptance }) => acceptance);
  const gone = (baseline?.findings ?? []).filter(isGone);
  return excused.map(
    (one) => one ?? attempt(acceptancesCurrent, () => acceptancesCurrent.check(cluster, { now, unused, gone })),
  );
}

const NO_EXCUSES: ReadonlyMap<Finding, Excuse> = new Map();

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

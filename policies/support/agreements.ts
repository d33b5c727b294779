import { type FindingOf, speaksOf, standingOf } from "../../cluster/acceptance";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterAcceptance } from "../../cluster/cluster-settings";
import {
  type Accepted,
  type Excuse,
  type Finding,
  type Outcome,
  outcomeOf,
  type Undecided,
} from "../../cluster/outcome";
import { fingerprint } from "./fingerprint";

/** What a team has agreed to live with in the outcome of one policy, and which agreements that took. */
export interface Agreements {
  /** The outcome, in which the findings that are agreed to are remarks. */
  readonly outcome: Outcome;
  readonly excuses: ReadonlyMap<Finding, Excuse>;
  readonly accepted: ReadonlyMap<Undecided, Accepted>;
  /** The acceptances that are about something in the outcome, whether or not they are active. */
  readonly used: readonly ClusterAcceptance[];
  /** Those of `used` that accept nothing here, because nobody may accept anything of this policy. */
  readonly blocked: readonly ClusterAcceptance[];
  /** The fingerprints of the findings that are in the baseline. */
  readonly seen: readonly string[];
}

/**
 * Applies the acceptances and the baseline of a cluster's settings to the outcome of one policy. Findings that one of them covers
 * become remarks; an acceptance takes precedence over the baseline. What is undecided stays undecided, with its acceptance.
 */
export function agreements(policy: string, outcome: Outcome, cluster: Cluster, now: Date): Agreements {
  const findings = outcome.kind === "fail" ? outcome.findings.filter(({ mustBeFixed }) => mustBeFixed !== true) : [];
  const open = outcome.kind === "fail" || outcome.kind === "undecided" ? outcome.undecided : [];
  const about = (finding: FindingOf["finding"]) => {
    const { accept = [] } = cluster.settings;
    return accept.filter(({ acceptance }) => speaksOf(acceptance, { policy, cluster: cluster.name, finding }));
  };
  const acceptances = new Map([...open, ...findings].map((one) => [one, about(one)]));
  const acceptedBy = (one: Finding | Undecided) => active(acceptances.get(one) ?? [], policy, now);

  const accepted = new Map(open.flatMap((one) => pair(one, acceptedBy(one))));
  const acceptedFindings = new Map(findings.flatMap((one) => pair(one, acceptedBy(one))));
  const known = knownFindings(
    findings.filter((one) => !acceptedFindings.has(one)),
    policy,
    cluster,
  );
  const excuses = new Map<Finding, Excuse>(
    findings.flatMap((one) => pair(one, acceptedFindings.get(one) ?? known.excuses.get(one))),
  );
  const used = [...acceptances.values()].flat();
  return {
    outcome: withRemarks(outcome, excuses),
    excuses,
    accepted,
    used,
    blocked: used.filter(({ acceptance }) => standingOf(acceptance, now, policy) === "forbidden"),
    seen: known.seen,
  };
}

/** What the first active acceptance says; undefined where none is active. */
function active(acceptances: readonly ClusterAcceptance[], policy: string, now: Date): Accepted | undefined {
  for (const { acceptance } of acceptances) {
    if (acceptance.kind === "unusable" || standingOf(acceptance, now, policy) !== "active") continue;
    const { where, reason, until } = acceptance;
    return { kind: "accepted", where, reason, until };
  }
  return undefined;
}

/** The findings that were known when the pack was adopted. A policy that nobody may accept has them, and no excuse for them. */
function knownFindings(findings: readonly Finding[], policy: string, cluster: Cluster) {
  const { baseline } = cluster.settings;
  if (baseline === undefined) return { seen: [], excuses: new Map<Finding, Excuse>() };
  const prints = new Set(baseline.findings.map((one) => one.fingerprint));
  const known = findings
    .map((finding) => ({ finding, print: fingerprint(cluster.name, policy, finding) }))
    .filter(({ print }) => prints.has(print));
  const excuse: Excuse = { kind: "known", baseline: baseline.file };
  return {
    seen: known.map(({ print }) => print),
    excuses: new Map(baseline.forbidden.has(policy) ? [] : known.map(({ finding }) => [finding, excuse])),
  };
}

function withRemarks(outcome: Outcome, excuses: ReadonlyMap<Finding, Excuse>): Outcome {
  if (outcome.kind !== "fail") return outcome;
  const left = outcome.findings.filter((finding) => !excuses.has(finding));
  return outcomeOf(left, outcome.undecided, [...excuses.keys(), ...outcome.remarks]);
}

function pair<Key, Value>(key: Key, value: Value | undefined): readonly (readonly [Key, Value])[] {
  return value === undefined ? [] : [[key, value]];
}

import type { ReasonId } from "../reasons/reason";
import type { Finding, Undecided } from "./outcome";

/** A finding, or something undecided, that a team has agreed to live with, as its settings say so. */
export type Acceptance = UsableAcceptance | UnusableAcceptance;

export interface UsableAcceptance {
  readonly kind: "usable";
  /** Where it is written: `kubeadm-guard:accept[0]`. */
  readonly where: string;
  /** Absent only where it is about what is undecided: then it is about all policies that this leaves undecided. */
  readonly policy?: string;
  /** The reason that it is about: then it accepts what that leaves undecided, and no finding. */
  readonly undecided?: ReasonId;
  /** Absent keys accept it everywhere. */
  readonly cluster?: string;
  readonly node?: string;
  readonly path?: string;
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2027-03-31`. */
  readonly until: string;
  /** The policies that the team that owns the platform lets nobody accept, each with what says so. */
  readonly forbidden?: ReadonlyMap<string, string>;
}

/** Something is wrong with it, so that it accepts nothing; `faults` are whole sentences. */
interface UnusableAcceptance {
  readonly kind: "unusable";
  readonly where: string;
  readonly faults: readonly string[];
}

/** The state of an acceptance at a moment. Only an active one accepts anything. */
export type Standing = "active" | "expired" | "forbidden" | "unusable";

/**
 * The only place that says whether an acceptance is active for a policy (its own unless given). It holds until the end of its
 * last day, in UTC.
 */
export function standingOf(acceptance: Acceptance, now: Date, policy?: string): Standing {
  if (acceptance.kind === "unusable") return "unusable";
  const about = policy ?? acceptance.policy;
  if (about !== undefined && acceptance.forbidden?.has(about) === true) return "forbidden";
  const lastDay = Date.parse(`${acceptance.until}T00:00:00Z`);
  return now.getTime() < lastDay + DAY ? "active" : "expired";
}

const DAY = 24 * 60 * 60 * 1000;

/** The finding of a policy, or what it could not decide, in a cluster. */
export interface FindingOf {
  readonly policy: string;
  readonly cluster: string;
  readonly finding: Pick<Finding, "node" | "path"> & Partial<Pick<Undecided, "reason">>;
}

/** True if an acceptance is about a finding or about what is undecided, whether or not it is active. A node is named without regard to case. */
export function speaksOf(acceptance: Acceptance, { policy, cluster, finding }: FindingOf): boolean {
  if (acceptance.kind === "unusable" || (acceptance.policy ?? policy) !== policy) return false;
  if (acceptance.undecided !== finding.reason?.id) return false;
  if (acceptance.cluster !== undefined && acceptance.cluster !== cluster) return false;
  if (acceptance.path !== undefined && acceptance.path !== finding.path) return false;
  return acceptance.node === undefined || acceptance.node.toLowerCase() === finding.node?.toLowerCase();
}

import type { Finding } from "./outcome";

/** A finding that a team has agreed to live with, as its settings say so. */
export type Acceptance =
  | {
      readonly kind: "usable";
      /** Where it is written: `kubeadm-guard:accept[0]`. */
      readonly where: string;
      readonly policy: string;
      /** Absent keys accept the finding everywhere. */
      readonly cluster?: string;
      readonly node?: string;
      readonly path?: string;
      readonly reason: string;
      /** The last day on which it holds, in UTC: `2027-03-31`. */
      readonly until: string;
      /** What forbids it, if the team that owns the platform does. */
      readonly forbiddenBy?: string;
    }
  /** Something is wrong with it, so that it accepts nothing; `faults` are whole sentences. */
  | { readonly kind: "unusable"; readonly where: string; readonly faults: readonly string[] };

/** What an acceptance is worth at a moment. Only an active one accepts anything. */
export type Standing = "active" | "expired" | "forbidden" | "unusable";

/** The only place that says whether an acceptance is active. It holds until the end of its last day, in UTC. */
export function standingOf(acceptance: Acceptance, now: Date): Standing {
  if (acceptance.kind === "unusable") return "unusable";
  if (acceptance.forbiddenBy !== undefined) return "forbidden";
  const lastDay = Date.parse(`${acceptance.until}T00:00:00Z`);
  return now.getTime() < lastDay + DAY ? "active" : "expired";
}

const DAY = 24 * 60 * 60 * 1000;

/** The finding of a policy, in a cluster. */
export interface FindingOf {
  readonly policy: string;
  readonly cluster: string;
  readonly finding: Pick<Finding, "node" | "path">;
}

/** True if an acceptance is about a finding, whether or not it is active. A node is named without regard to case. */
export function speaksOf(acceptance: Acceptance, { policy, cluster, finding }: FindingOf): boolean {
  if (acceptance.kind === "unusable" || acceptance.policy !== policy) return false;
  if (acceptance.cluster !== undefined && acceptance.cluster !== cluster) return false;
  if (acceptance.path !== undefined && acceptance.path !== finding.path) return false;
  return acceptance.node === undefined || acceptance.node.toLowerCase() === finding.node?.toLowerCase();
}

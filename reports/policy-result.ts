import type { Cluster } from "../cluster/cluster";
import type { Finding, Outcome } from "../cluster/outcome";
import type { Policy } from "../policies/support/policy";
import { findingGroups } from "./finding-groups";
import { openQuestions } from "./open-questions";

/** What one policy says about one cluster, in words. */
export interface PolicyResult {
  readonly policy: string;
  readonly outcome: Outcome["kind"];
  /** Why a policy is not applicable; null for the other outcomes. */
  readonly why: string | null;
  /** Defects, then remarks, then what is undecided. Those that belong together have one text: it counts them. */
  readonly findings: readonly FindingResult[];
  /** Defects and remarks again, those that belong together in one text. */
  readonly texts: readonly string[];
  /** What is undecided again, equal questions in one line. */
  readonly open: readonly string[];
}

export interface FindingResult {
  /** The message's id; `undecided` for an open question. */
  readonly message: string;
  readonly node: string | null;
  readonly path: string | null;
  readonly text: string;
}

/** Puts an outcome into words. `{nodes}` in an open question stands for the nodes it is said of. */
export function policyResult(policy: Policy, cluster: Cluster, outcome: Outcome): PolicyResult {
  const base = { policy: policy.id, outcome: outcome.kind };
  if (outcome.kind === "not-applicable") return { ...base, why: outcome.why, findings: [], texts: [], open: [] };
  const findings = outcome.kind === "fail" ? outcome.findings : outcome.remarks;
  const open = outcome.kind === "pass" ? [] : outcome.undecided;
  const write = (group: readonly [Finding, ...Finding[]]): string => {
    const message = policy.messages[group[0].message];
    return message === undefined
      ? `internal error: ${policy.id} has no message ${group[0].message}`
      : message(group, cluster);
  };
  const groups = findingGroups(findings).map((group) => ({ group, text: write(group) }));
  return {
    ...base,
    why: null,
    findings: [
      ...groups.flatMap(({ group, text }) => group.map(({ message, node, path }) => ({ message, node, path, text }))),
      ...open.map(({ unknown, node, path }) => ({
        message: "undecided",
        node,
        path,
        text: unknown.replaceAll("{nodes}", node ?? "the control-plane nodes"),
      })),
    ],
    texts: groups.map(({ text }) => text),
    open: openQuestions(open),
  };
}

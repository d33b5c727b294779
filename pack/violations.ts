import type { Cluster } from "../cluster/cluster";
import type { Finding } from "../cluster/outcome";
import { publicProse } from "../machine/public-text";
import type { Evaluation } from "../policies/evaluate";
import { findingGroups } from "../reports/finding-groups";
import { howToRead } from "../reports/policy-page";
import { messageText } from "../reports/policy-report";
import type { Tool } from "../reports/report";
import { type PolicyUndecided, undecidedText } from "../reports/undecided-text";

/** What Pulumi shows: one violation. `level` only where it differs from the policy's own. */
export interface Violation {
  readonly policy: string;
  readonly message: string;
  readonly urn: string | undefined;
  readonly level?: "advisory" | "mandatory";
}

/** One violation for each message, group and level; remarks, and what is accepted or known, are advisory. */
export function violationsOf(
  { policy, outcome, excuses }: Evaluation,
  cluster: Cluster,
  manyClusters: boolean,
  tool: Pick<Tool, "homepage">,
): readonly Violation[] {
  if (outcome.kind === "not-applicable") return [];
  const violation = (group: readonly [Finding, ...Finding[]], advisory: boolean): Violation => {
    const details = `Details: ${howToRead(policy.id, tool)}`;
    const text = [messageText(policy, group, cluster, excuses.get(group[0])), details].join("\n");
    return {
      policy: policy.id,
      message: manyClusters ? `${publicProse(cluster.name)}: ${text}` : text,
      urn: cluster.subject.urn,
      ...(advisory ? { level: "advisory" } : {}),
    };
  };
  const findings = outcome.kind === "fail" ? outcome.findings : [];
  return [
    ...findingGroups(findings, excuses).map((group) => violation(group, group[0].level === "advisory")),
    ...findingGroups(outcome.remarks, excuses).map((group) => violation(group, true)),
  ];
}

/**
 * All that is undecided about a cluster as one violation under the first undecided policy's id; what is accepted of it as one
 * more, which stops nothing.
 */
export function undecidedViolations(cluster: Cluster, all: readonly PolicyUndecided[]): readonly Violation[] {
  const stops = cluster.settings.undecided === "mandatory";
  const violation = (open: readonly PolicyUndecided[], ending: boolean | "accepted"): readonly Violation[] => {
    const [first] = open;
    if (first === undefined) return [];
    const message = undecidedText(cluster.name, open, ending);
    return [
      { policy: first.policy, message, urn: cluster.subject.urn, level: ending === true ? "mandatory" : "advisory" },
    ];
  };
  const part = (isAccepted: boolean) =>
    all.flatMap((one) => {
      const undecided = one.undecided.filter((each) => one.accepted.has(each) === isAccepted);
      return undecided.length === 0 ? [] : [{ ...one, undecided }];
    });
  return [...violation(part(false), stops), ...violation(part(true), "accepted")];
}

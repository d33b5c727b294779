import type { Cluster } from "../cluster/cluster";
import type { Finding, Outcome } from "../cluster/outcome";
import type { Policy } from "../policies/support/policy";
import { type PolicyUndecided, undecidedText } from "../policies/support/undecided";
import { findingGroups } from "../reports/finding-groups";
import { messageText } from "../reports/policy-report";

/** What Pulumi shows: one violation. `level` only where it differs from the policy's own. */
export interface Violation {
  readonly policy: string;
  readonly message: string;
  readonly urn: string | undefined;
  readonly level?: "advisory" | "mandatory";
}

/** One violation for each message, group and level; remarks are advisory. */
export function violationsOf(
  policy: Policy,
  cluster: Cluster,
  outcome: Outcome,
  manyClusters: boolean,
): readonly Violation[] {
  if (outcome.kind === "not-applicable") return [];
  const violation = (group: readonly [Finding, ...Finding[]], advisory: boolean): Violation => {
    const text = messageText(policy, group, cluster);
    return {
      policy: policy.id,
      message: manyClusters ? `${cluster.name}: ${text}` : text,
      urn: cluster.subject.urn,
      ...(advisory ? { level: "advisory" } : {}),
    };
  };
  const findings = outcome.kind === "fail" ? outcome.findings : [];
  return [
    ...findingGroups(findings).map((group) => violation(group, group[0].level === "advisory")),
    ...findingGroups(outcome.remarks).map((group) => violation(group, true)),
  ];
}

/** All that is undecided about a cluster as one violation under the first undecided policy's id. */
export function undecidedViolation(cluster: Cluster, open: readonly PolicyUndecided[]): Violation | undefined {
  const [first] = open;
  if (first === undefined) return undefined;
  const stops = cluster.settings.undecided === "mandatory";
  return {
    policy: first.policy,
    message: undecidedText(cluster.name, open, stops),
    urn: cluster.subject.urn,
    level: stops ? "mandatory" : "advisory",
  };
}

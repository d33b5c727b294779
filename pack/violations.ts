import type { Cluster } from "../cluster/cluster";
import type { Outcome } from "../cluster/outcome";
import type { Policy } from "../policies/support/policy";
import { type PolicyUndecided, undecidedText } from "../policies/support/undecided";
import { findingGroups } from "../reports/finding-groups";

/** What Pulumi shows: one violation. `level` only where it differs from the policy's own. */
export interface Violation {
  readonly policy: string;
  readonly message: string;
  readonly urn: string | undefined;
  readonly level?: "advisory" | "mandatory";
}

/** One violation a message and group; remarks of a pass are advisory. */
export function violationsOf(
  policy: Policy,
  cluster: Cluster,
  outcome: Outcome,
  manyClusters: boolean,
): readonly Violation[] {
  const findings =
    outcome.kind === "fail" ? outcome.findings : outcome.kind === "not-applicable" ? [] : outcome.remarks;
  return findingGroups(findings).map((group) => {
    const write = policy.messages[group[0].message];
    const text =
      write === undefined ? `internal error: ${policy.id} has no message ${group[0].message}` : write(group, cluster);
    const advisory = group[0].level === "advisory" || outcome.kind !== "fail";
    return {
      policy: policy.id,
      message: manyClusters ? `${cluster.name}: ${text}` : text,
      urn: cluster.subject.urn,
      ...(advisory ? { level: "advisory" } : {}),
    };
  });
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

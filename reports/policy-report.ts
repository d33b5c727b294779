import type { Cluster } from "../cluster/cluster";
import type { Finding, Outcome, Undecided } from "../cluster/outcome";
import type { Policy } from "../policies/support/policy";
import { findingGroups } from "./finding-groups";
import { fingerprints } from "./fingerprint";
import { policyUrl } from "./policy-page";
import type { FindingLevel, FindingReport, PolicyReport, Tool, UndecidedReport } from "./report";
import { splitFix } from "./split-fix";

/** What one policy says about one cluster. */
export interface Evaluation {
  readonly policy: Policy;
  readonly outcome: Outcome;
}

/** Puts an outcome into words. `{nodes}` in an open question stands for the nodes it is about. */
export function policyReport({ policy, outcome }: Evaluation, cluster: Cluster, tool: Tool): PolicyReport {
  const url = policyUrl(policy.id, tool);
  const { id, title, severity, level, remediation } = policy;
  const base = { policy: id, title, severity, level, outcome: outcome.kind, url, remediation };
  if (outcome.kind === "not-applicable") return { ...base, why: outcome.why, findings: [], undecided: [] };
  const fingerprint = fingerprints();
  const told = (findings: readonly Finding[], ownLevel: FindingLevel) =>
    findingGroups(findings).flatMap((group): readonly FindingReport[] => {
      const { text, fix } = splitFix(messageText(policy, group, cluster));
      return group.map(({ message, node, path, group: name, level: lowered }) => ({
        message,
        level: ownLevel === "remark" ? ownLevel : (lowered ?? ownLevel),
        severity,
        node,
        path,
        text,
        fix: fix ?? (ownLevel === "remark" ? null : remediation),
        url,
        fingerprint: fingerprint([cluster.name, id, message, name, node, path]),
      }));
    });
  const open = outcome.kind === "pass" ? [] : outcome.undecided;
  return {
    ...base,
    why: null,
    findings: [
      ...(outcome.kind === "fail" ? told(outcome.findings, level) : []),
      ...told(outcome.remarks, "remark"),
      ...open.map(
        ({ unknown, node, path }): FindingReport => ({
          message: "undecided",
          level: "undecided",
          severity,
          node,
          path,
          text: unknown.replaceAll("{nodes}", node ?? "the control-plane nodes"),
          fix: null,
          url,
          fingerprint: fingerprint([cluster.name, id, "undecided", node, path]),
        }),
      ),
    ],
    undecided: undecidedReports(open),
  };
}

/** The text of findings that belong together. */
export function messageText(policy: Policy, group: readonly [Finding, ...Finding[]], cluster: Cluster): string {
  const write = policy.messages[group[0].message];
  return write === undefined
    ? `internal error: ${policy.id} has no message ${group[0].message}`
    : write(group, cluster);
}

function undecidedReports(open: readonly Undecided[]): readonly UndecidedReport[] {
  const groups = new Map<string, { readonly nodes: Set<string>; readonly paths: Set<string> }>();
  for (const { unknown, node, path } of open) {
    const group = groups.get(unknown) ?? { nodes: new Set(), paths: new Set() };
    if (node !== null) group.nodes.add(node);
    if (path !== null) group.paths.add(path);
    groups.set(unknown, group);
  }
  return [...groups].map(([text, { nodes, paths }]) => ({ text, nodes: [...nodes], paths: [...paths] }));
}

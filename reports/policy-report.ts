import type { Cluster } from "../cluster/cluster";
import type { Excuse, Finding, Undecided } from "../cluster/outcome";
import type { Evaluation } from "../policies/evaluate";
import { distinctFingerprints, fingerprint } from "../policies/support/fingerprint";
import type { Policy } from "../policies/support/policy";
import { excuseText } from "./excuse-text";
import { findingGroups } from "./finding-groups";
import { policyUrl } from "./policy-page";
import type { FindingLevel, FindingReport, PolicyReport, Tool, UndecidedReport } from "./report";
import { splitFix } from "./split-fix";

/** Puts an outcome into words. `{nodes}` in an open question stands for the nodes it is about. */
export function policyReport({ policy, outcome, excuses }: Evaluation, cluster: Cluster, tool: Tool): PolicyReport {
  const url = policyUrl(policy.id, tool);
  const { id, title, severity, level, remediation } = policy;
  const base = { policy: id, title, severity, level, outcome: outcome.kind, url, remediation };
  if (outcome.kind === "not-applicable") return { ...base, why: outcome.why, findings: [], undecided: [] };
  const distinct = distinctFingerprints();
  const told = (findings: readonly Finding[], ownLevel: FindingLevel) =>
    findingGroups(findings, excuses).flatMap((group): readonly FindingReport[] => {
      const excuse = excuses.get(group[0]);
      const { text, fix } = splitFix(messageText(policy, group, cluster, excuse));
      return group.map((finding) => ({
        message: finding.message,
        level: excuse?.kind ?? (ownLevel === "remark" ? ownLevel : (finding.level ?? ownLevel)),
        severity,
        node: finding.node,
        path: finding.path,
        text,
        fix: fix ?? (ownLevel === "remark" ? null : remediation),
        url,
        fingerprint: distinct(fingerprint(cluster.name, id, finding)),
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
          fingerprint: distinct(fingerprint(cluster.name, id, { message: "undecided", group: "", node, path })),
        }),
      ),
    ],
    undecided: undecidedReports(open),
  };
}

/** The text of findings that belong together, with the reason why they stop nothing as its second line. */
export function messageText(
  policy: Policy,
  group: readonly [Finding, ...Finding[]],
  cluster: Cluster,
  excuse?: Excuse,
): string {
  const write = policy.messages[group[0].message];
  if (write === undefined) return `internal error: ${policy.id} has no message ${group[0].message}`;
  const [first, ...rest] = write(group, cluster).split("\n");
  return [first, ...(excuse === undefined ? [] : [excuseText(excuse)]), ...rest].join("\n");
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

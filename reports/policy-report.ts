import type { Cluster } from "../cluster/cluster";
import type { Excuse, Finding } from "../cluster/outcome";
import { publicName } from "../machine/public-text";
import type { Evaluation } from "../policies/evaluate";
import { distinctFingerprints, fingerprint } from "../policies/support/fingerprint";
import type { Policy } from "../policies/support/policy";
import { settledBy } from "../reasons/reason-texts";
import type { Audience } from "../reasons/setting-name";
import { acceptanceReport, excuseText } from "./excuse-text";
import { findingGroups } from "./finding-groups";
import type { findingPlaces } from "./finding-places";
import { policyUrl } from "./policy-page";
import { reasonLine, reasonReport } from "./reason-report";
import type { FindingLevel, FindingReport, PolicyReport, Tool } from "./report";
import { splitFix } from "./split-fix";
import { undecidedReports } from "./undecided-reports";

type PlacesOf = ReturnType<typeof findingPlaces>;

/** Puts an outcome into words. */
export function policyReport(
  { policy, outcome, excuses, accepted }: Evaluation,
  cluster: Cluster,
  tool: Tool,
  audience: Audience,
  placesOf: PlacesOf = () => [],
): PolicyReport {
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
        reason: null,
        level: excuse?.kind ?? (ownLevel === "remark" ? ownLevel : (finding.level ?? ownLevel)),
        accepted: excuse?.kind === "accepted" ? acceptanceReport(excuse) : null,
        severity,
        node: finding.node,
        path: finding.path,
        text,
        fix: fix ?? (ownLevel === "remark" ? null : remediation),
        url,
        fingerprint: distinct(fingerprint(cluster.name, id, finding)),
        places: placesOf({ ...finding, text }),
      }));
    });
  const open = outcome.kind === "pass" ? [] : outcome.undecided;
  return {
    ...base,
    why: null,
    findings: [
      ...(outcome.kind === "fail" ? told(outcome.findings, level) : []),
      ...told(outcome.remarks, "remark"),
      ...open.map((undecided): FindingReport => {
        const { reason, source, node, path } = undecided;
        const by = accepted.get(undecided);
        const line = reasonLine(reason, source, node === null ? undefined : publicName(node));
        return {
          message: "undecided",
          reason: reasonReport(reason, source),
          level: by?.kind ?? "undecided",
          accepted: by === undefined ? null : acceptanceReport(by),
          severity,
          node,
          path,
          text: by === undefined ? line : `${line}\n${excuseText(by)}`,
          fix: settledBy(reason, audience),
          url,
          fingerprint: distinct(fingerprint(cluster.name, id, { message: "undecided", group: reason.id, node, path })),
          places: placesOf({ node, path, text: line }),
        };
      }),
    ],
    undecided: undecidedReports(open, audience, accepted),
  };
}

/** The text of findings that belong together, with the reason why they do not fail the run as its second line. */
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

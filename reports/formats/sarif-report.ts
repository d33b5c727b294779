import { pathToFileURL } from "node:url";
import { jsonText } from "../json-text";
import { howToRead } from "../policy-page";
import { printable } from "../printable";
import type { ClusterReport, FindingReport, PlaceReport, PolicyReport, Report } from "../report";

/**
 * The report as a SARIF 2.1.0 log: one run, a rule for each policy, a result for each finding. What could not be decided
 * is a result of kind `open`, a remark one of kind `informational`; both have the level `none`, as the standard wants
 * (3.27.9, 3.27.10).
 */
export function sarifReport({ tool, checkedAt, clusters }: Report): string {
  const policies = new Map(clusters.flatMap(({ outcomes }) => outcomes.map((one) => [one.policy, one] as const)));
  const index = new Map([...policies.keys()].map((id, at) => [id, at]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            ...(tool.homepage === null ? {} : { informationUri: tool.homepage }),
            rules: [...policies.values()].map((policy) => ruleOf(policy, tool)),
          },
        },
        invocations: [{ executionSuccessful: true, endTimeUtc: checkedAt }],
        columnKind: "utf16CodeUnits",
        properties: { clusters: clusters.map(({ name, subject }) => ({ name, subject })) },
        results: clusters.flatMap((cluster) =>
          cluster.outcomes.flatMap((policy) =>
            policy.findings.map((finding) => ({
              ruleId: policy.policy,
              ruleIndex: index.get(policy.policy) ?? -1,
              ...resultOf(finding, policy, cluster),
            })),
          ),
        ),
      },
    ],
  };
  return jsonText(log);
}

/** GitHub sorts by this: over 9 critical, over 7 high, over 4 medium, the rest low. */
const SECURITY_SEVERITY = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

function ruleOf({ policy, title, severity, level, remediation, url }: PolicyReport, tool: Report["tool"]) {
  const text = printable(`${remediation} Details: ${howToRead(policy, tool)}`);
  return {
    id: policy,
    shortDescription: { text: `${title}.` },
    help: { text, markdown: text },
    ...(url === null ? {} : { helpUri: url }),
    defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
    properties: { severity, "security-severity": SECURITY_SEVERITY[severity], tags: ["kubeadm", "etcd", severity] },
  };
}

const KINDS = {
  mandatory: { kind: "fail", level: "error" },
  advisory: { kind: "fail", level: "warning" },
  accepted: { kind: "fail", level: "warning" },
  known: { kind: "fail", level: "warning" },
  remark: { kind: "informational", level: "none" },
  undecided: { kind: "open", level: "none" },
} as const;

/** The second line of a finding that the team has agreed to live with says why. */
function suppression(text: string) {
  return { kind: "external", status: "accepted", justification: printable(text.split("\n")[1] ?? "") };
}

function resultOf(finding: FindingReport, policy: PolicyReport, cluster: ClusterReport) {
  const { level, text, fix, node, path, fingerprint, severity } = finding;
  const [place, ...further] = finding.places;
  const shownFix = fix === null ? null : printable(fix);
  return {
    ...KINDS[finding.reason === null ? level : "undecided"],
    ...(level === "accepted" || level === "known" ? { suppressions: [suppression(text)] } : {}),
    message: { text: printable(fix === null ? text : `${text}\nFix: ${fix}`) },
    locations: [
      {
        ...(place === undefined ? {} : physicalLocation(place)),
        logicalLocations: [logicalLocation(finding, cluster)],
      },
    ],
    ...(further.length === 0 ? {} : { relatedLocations: further.map(physicalLocation) }),
    partialFingerprints: { "kubeadmGuard/v1": fingerprint },
    properties: { cluster: cluster.name, node, path, severity, level, fix: shownFix, policyOutcome: policy.outcome },
  };
}

/** The file of a place is relative to the repository, as code scanning wants it. */
function physicalLocation({ file, line }: PlaceReport) {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.startsWith("/") ? pathToFileURL(file).href : encodeURI(file) },
      ...(line === null ? {} : { region: { startLine: line } }),
    },
  };
}

function logicalLocation({ node }: FindingReport, { name, subject }: ClusterReport) {
  if (subject.urn !== null) return { name: subject.name, fullyQualifiedName: subject.urn, kind: "resource" };
  return { name: node ?? name, fullyQualifiedName: node === null ? name : `${name}/${node}`, kind: "object" };
}

import { jsonText } from "../json-text";
import { printable } from "../printable";
import type { Report } from "../report";

const SEVERITIES = { critical: "blocker", high: "critical", medium: "major", low: "minor" } as const;

/** The report as GitLab's code quality JSON: each finding with its place. A finding that does not fail the run has severity `info`. */
export function gitlabReport({ clusters }: Report): string {
  const issues = clusters.flatMap((cluster) =>
    cluster.outcomes.flatMap(({ policy, findings }) =>
      findings.map((finding) => {
        const { level, reason, severity, text, fix, fingerprint } = finding;
        const [place] = finding.places;
        const isInfo = level !== "mandatory" && level !== "advisory";
        const undecided = reason !== null ? "undecided: " : "";
        return {
          description: printable(`${cluster.name}: ${undecided}${text}${fix === null ? "" : `\nFix: ${fix}`}`),
          check_name: policy,
          fingerprint,
          severity: isInfo ? "info" : level === "advisory" ? "minor" : SEVERITIES[severity],
          location: { path: place?.file ?? "kubeadm-config", lines: { begin: place?.line ?? 1 } },
        };
      }),
    ),
  );
  return jsonText(issues);
}

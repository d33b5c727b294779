import type { Cluster } from "../cluster/cluster";
import type { Outcome } from "../cluster/outcome";
import type { Evaluation } from "../policies/evaluate";
import { NO_CONTENT } from "../policies/support/shown-content";
import { coverage } from "./coverage";
import { coverageText } from "./coverage-text";
import { policyCounts } from "./policy-counts";

/**
 * What a preview checked of a cluster, in one line. The engine shows violations only, so that without it nobody could tell what a
 * preview without any has looked at.
 */
export function checkedLine(cluster: Cluster, evaluations: readonly Evaluation[]): string {
  const count = (kind: Outcome["kind"]) => evaluations.filter(({ outcome }) => outcome.kind === kind).length;
  const excused = evaluations.filter(({ outcome, excuses }) => outcome.kind === "pass" && excuses.size > 0).length;
  const undecided = evaluations.filter(({ outcome }) => "undecided" in outcome && outcome.undecided.length > 0).length;
  const [passed, ...notApplicable] = policyCounts(count("pass") - excused, count("not-applicable"));
  const parts = [
    passed,
    ...(count("fail") === 0 ? [] : [`${count("fail")} found something`]),
    ...(excused === 0 ? [] : [`${excused} found only what is accepted or known`]),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
    ...notApplicable,
    ...(evaluations.some(({ outcome }) => outcome.kind === "not-applicable" && outcome.why.startsWith(NO_CONTENT))
      ? ["no certificate was read, as nothing shows its content"]
      : []),
  ];
  return `checked ${cluster.name}: ${coverageText(coverage(cluster))}; ${parts.join(", ")}`;
}

import type { ClusterReport, FindingLevel, PolicyReport } from "./report";

/** The verdict on a cluster, from its outcomes. */
export interface Verdict {
  /** `refused`: something mandatory fails; `undecided`: nothing does, and something could not be decided, accepted or not. */
  readonly kind: "refused" | "undecided" | "passed";
  /** How many policies say what, in words: `1 critical, 1 high advisory`; empty where nothing was found. */
  readonly counts: string;
}

const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** Counts policies: each by the gravest level of its findings, and those with something undecided once more. */
export function verdict({ outcomes }: Pick<ClusterReport, "outcomes">): Verdict {
  const at = (level: FindingLevel) => outcomes.filter((one) => gravest(one) === level);
  const bySeverity = (level: FindingLevel, noun: (count: number) => string) =>
    SEVERITIES.flatMap((severity) => {
      const count = at(level).filter((one) => one.severity === severity).length;
      return count === 0 ? [] : [`${count} ${severity}${noun(count)}`];
    });
  const open = outcomes.filter((one) => one.undecided.length > 0);
  const undecided = open.filter((one) => one.undecided.some(({ accepted }) => accepted === null)).length;
  const livedWith = open.length - undecided;
  const remarks = at("remark").length;
  const covered = (level: FindingLevel) =>
    outcomes.flatMap((one) => one.findings).filter((one) => one.level === level && one.reason === null);
  const [accepted, known] = [covered("accepted").length, covered("known").length];
  return {
    kind: at("mandatory").length > 0 ? "refused" : open.length > 0 ? "undecided" : "passed",
    counts: [
      ...bySeverity("mandatory", () => ""),
      ...bySeverity("advisory", (count) => (count === 1 ? " advisory" : " advisories")),
      ...(undecided === 0 ? [] : [`${undecided} undecided, which is not a pass`]),
      ...(livedWith === 0 ? [] : [`${livedWith} undecided and accepted, which is not a pass`]),
      ...(accepted === 0 ? [] : [`${accepted} accepted`]),
      ...(known === 0 ? [] : [`${known} known`]),
      ...(remarks === 0 ? [] : [remarks === 1 ? "1 remark" : `${remarks} remarks`]),
    ].join(", "),
  };
}

/** The verdict in a word or two, for a first line: where no node is known, nothing was found in the text, which is all that was read. */
export function verdictWords({ outcomes, coverage }: Pick<ClusterReport, "outcomes" | "coverage">): string {
  const { kind, counts } = verdict({ outcomes });
  if (kind !== "passed" || counts !== "") return kind;
  return coverage.controlPlaneNodes === null
    ? "nothing found in the text alone, no node was looked at"
    : "nothing found";
}

const LEVELS: readonly FindingLevel[] = ["mandatory", "advisory", "remark"];

function gravest({ findings }: PolicyReport): FindingLevel | undefined {
  return LEVELS.find((level) => findings.some((one) => one.level === level));
}

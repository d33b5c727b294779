import type { FindingLevel, Report } from "../reports/report";

/** What the program's exit codes mean. */
export const ExitCode = {
  /** Nothing at or above the threshold, and nothing undecided. */
  clean: 0,
  /** Something at or above the threshold. */
  findings: 1,
  /** Nothing at or above the threshold, and something is undecided. */
  undecided: 2,
  /** A usage error, or a file that cannot be read or written. */
  unusable: 3,
} as const;

/** The lowest level that fails a run; each includes those before it. */
export const FAIL_ON = ["mandatory", "advisory", "undecided"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** The exit code of a report, by the lowest level that fails the run. Remarks never do. */
export function exitCodeOf({ clusters }: Report, failOn: FailOn): number {
  const findings = clusters.flatMap(({ outcomes }) => outcomes.flatMap((one) => one.findings));
  const levels: ReadonlySet<FindingLevel> = new Set(findings.map(({ level }) => level));
  const failing = FAIL_ON.slice(0, FAIL_ON.indexOf(failOn) + 1);
  if (failing.some((level) => levels.has(level))) return ExitCode.findings;
  return levels.has("undecided") ? ExitCode.undecided : ExitCode.clean;
}

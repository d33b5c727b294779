import { publicData } from "../machine/public-data";
import type { ClusterReport, Report } from "./report";

/** Texts of several lines; every other text of a report is one line. */
const SEVERAL_LINES: ReadonlySet<string> = new Set(["text", "fix", "error", "why", "remediation"]);

/** The report with nothing in it that may be secret (machine/public-data.ts): whatever a formatter prints went through here. */
export function publicReport<Part extends Report | ClusterReport>(report: Part): Part {
  return publicData(report, SEVERAL_LINES);
}

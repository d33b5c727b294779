import { type ReportReading, readReport } from "../reports/read-report";
import { readInput } from "./read-input";
import type { Terminal } from "./terminal";

/** Reads the JSON report in a file. Never rejects. */
export async function reportIn(file: string, terminal: Terminal): Promise<ReportReading> {
  const input = await readInput(file, terminal);
  if (input.kind === "unreadable") return { kind: "problem", why: input.why };
  return input.kind === "text" ? readReport(input.text) : { kind: "problem", why: "it is not UTF-8 text" };
}

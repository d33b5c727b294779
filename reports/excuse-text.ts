import type { Accepted, Excuse } from "../cluster/outcome";
import { publicProse } from "../machine/public-text";
import type { AcceptanceReport } from "./report";

/** Why a finding does not fail the run, in one line. */
export function excuseText(excuse: Excuse): string {
  if (excuse.kind === "known") return `Known: it is in the baseline ${excuse.baseline}.`;
  return `A${acceptedText(excuse).slice(1)}`;
}

/** The same of an acceptance as the end of a line. */
export function acceptedText(accepted: Accepted): string {
  const { until, reason, where } = acceptanceReport(accepted);
  return `accepted until ${until}: ${reason} (${where})`;
}

/** An acceptance as reports show it. */
export function acceptanceReport({ until, reason, where }: Accepted): AcceptanceReport {
  return { reason: oneLine(publicProse(reason)), until, where };
}

const LONGEST = 300;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

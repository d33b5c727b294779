import type { Excuse } from "../cluster/outcome";

/** Why a finding does not fail the run, in one line. */
export function excuseText(excuse: Excuse): string {
  if (excuse.kind === "known") return `Known: it is in the baseline ${excuse.baseline}.`;
  return `Accepted until ${excuse.until}: ${oneLine(excuse.reason)} (${excuse.where})`;
}

const LONGEST = 300;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

import type { Accepted, Excuse } from "../cluster/outcome";
import { publicProse } from "../machine/public-text";

/** Why a finding does not fail the run, in one line. */
export function excuseText(excuse: Excuse): string {
  if (excuse.kind === "known") return `Known: it is in the baseline ${excuse.baseline}.`;
  return `A${acceptedText(excuse).slice(1)}`;
}

/** The same of an acceptance as the end of a line. */
export function acceptedText({ until, reason, where }: Accepted): string {
  return `accepted until ${until}: ${oneLine(publicProse(reason))} (${where})`;
}

const LONGEST = 300;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

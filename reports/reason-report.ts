import { publicData } from "../machine/public-data";
import type { Source } from "../machine/source";
import type { Reason } from "../reasons/reason";
import { reasonText } from "../reasons/reason-texts";
import type { ReasonReport } from "./report";
import { sourceReport } from "./source-report";

/** A reason as reports show it, with the source that gives it. */
export function reasonReport({ id, data }: Reason, source: Source | undefined): ReasonReport {
  return { id, data: { ...publicData(data) }, source: source === undefined ? null : sourceReport(source) };
}

/** What is unknown in one line, with the source that leaves it open; `nodes` are those it is said of. */
export function reasonLine(reason: Reason, source: Source | undefined, nodes?: string): string {
  const text = reasonText(publicData(reason), nodes);
  return source === undefined ? text : `${source.name} (${source.kind}): ${text}`;
}

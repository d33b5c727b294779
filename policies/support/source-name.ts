import type { Source } from "../../machine/source";
import type { SourceName } from "../../reasons/reason";

/** A source as the data of a reason names it. */
export function sourceName(source: Source | undefined): SourceName | null {
  return source === undefined ? null : { name: source.name, kind: source.kind };
}

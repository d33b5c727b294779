import type { Source } from "../machine/source";
import type { SourceReport } from "./report";

/** A source as reports name it. */
export function sourceReport({ name, kind, urn }: Source): SourceReport {
  return { name, kind, urn: urn ?? null };
}

import type { Undecided } from "../../cluster/outcome";
import type { RecordReading } from "../../cluster/record/configuration-record";

/** What is undecided where a record cannot be used. */
export function unusableRecord({ path, why }: Extract<RecordReading, { readonly kind: "unusable" }>): Undecided {
  return { reason: { id: "record-unusable", data: { path, problem: why } }, node: null, path: null };
}

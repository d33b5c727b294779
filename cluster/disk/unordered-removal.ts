import type { Source } from "../../machine/source";
import type { Reason } from "../../reasons/reason";

/** Why a file that a writer puts somewhere may be gone: a source that takes it away, or may do so, does not wait for the writer. */
export function unorderedRemoval(path: string, writer: Source, removes: "surely" | "may"): Reason {
  return { id: "unordered-removal", data: { path, writer: writer.name, isSure: removes === "surely" } };
}

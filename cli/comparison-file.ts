import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ComparisonSettings } from "../cluster/cluster-settings";
import { RECORD_KIND } from "../evidence/configuration-record-file";
import { readYamlOrJson } from "../evidence/yaml-or-json";
import { readSettings } from "../settings/read-settings";

export type ComparisonFile =
  | { readonly kind: "comparison"; readonly settings: ComparisonSettings }
  /** `why` is the end of a sentence. */
  | { readonly kind: "unusable"; readonly path: string; readonly why: string };

/**
 * Reads what `--compare` names: another environment's record, or a map in the shape of the setting `compareWith`, whose
 * `record` is then relative to that file. Never throws.
 */
export function comparisonFile(path: string): ComparisonFile {
  const unusable = (why: string): ComparisonFile => ({ kind: "unusable", path, why });
  const read = readFile(path);
  if (read === undefined) return unusable("there is no such file, or it may not be read");
  const document = readYamlOrJson(read);
  if (document.kind === "problem") return unusable(document.why);
  if (isRecordFile(document.value)) return { kind: "comparison", settings: { record: path } };
  const { clusters, problems } = readSettings({
    where: "--compare",
    value: [{ name: "compared", compareWith: document.value }],
  });
  const [problem] = problems;
  if (problem !== undefined)
    return unusable(`${problem.where.replace("--compare[0].", "")}: ${problem.what}`.replace(/\.$/, ""));
  const settings = clusters[0]?.compareWith;
  if (settings === undefined) return unusable("it is neither a record nor {record: FILE, allow: [...]}");
  return { kind: "comparison", settings: { ...settings, record: resolve(dirname(path), settings.record) } };
}

/** Records and lists of allowed differences are small; a device or a folder is neither. */
const LARGEST = 16 * 1024 * 1024;

function readFile(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= LARGEST ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

function isRecordFile(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === RECORD_KIND.kind;
}

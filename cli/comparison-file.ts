import { dirname, resolve } from "node:path";
import type { ComparisonSettings } from "../cluster/cluster-settings";
import { RECORD_KIND } from "../evidence/read-configuration-record";
import { readYamlOrJson } from "../evidence/yaml-or-json";
import { readDocument } from "../settings/read-files";
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
  const file = readDocument(path);
  if (file.kind === "unreadable") return unusable(file.why);
  const document = readYamlOrJson(file.text);
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

function isRecordFile(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === RECORD_KIND.kind;
}

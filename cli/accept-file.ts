import { basename } from "node:path";
import type { Acceptance } from "../cluster/acceptance";
import { readYamlOrJson } from "../evidence/yaml-or-json";
import { policies } from "../policies/index";
import { readAcceptances } from "../settings/read-acceptances";
import { readDocument } from "../settings/read-files";

export type AcceptFile =
  | { readonly kind: "acceptances"; readonly acceptances: readonly Acceptance[] }
  /** `why` is the end of a sentence. */
  | { readonly kind: "unusable"; readonly path: string; readonly why: string };

/** Reads what `--accept` names: YAML or JSON with the one key `accept`, in the shape of the setting of that name. Never throws. */
export function acceptFile(path: string): AcceptFile {
  const unusable = (why: string): AcceptFile => ({ kind: "unusable", path, why });
  const file = readDocument(path);
  if (file.kind === "unreadable") return unusable(file.why);
  const document = readYamlOrJson(file.text);
  if (document.kind === "problem") return unusable(document.why);
  const { value } = document;
  if (typeof value !== "object" || value === null || !("accept" in value) || Object.keys(value).length !== 1)
    return unusable("it must be a map with the one key accept: [{policy: ID, reason: TEXT, until: 2027-03-31}]");
  const ids = policies.map(({ id }) => id);
  return {
    kind: "acceptances",
    acceptances: readAcceptances({ where: `${basename(path)}: accept`, value: value.accept }, ids),
  };
}

import * as v from "valibot";
import { BASELINE_KIND, type BaselineFinding } from "../cluster/baseline";
import type { DocumentFile } from "../cluster/documents";
import { readYamlOrJson } from "./yaml-or-json";

const text = v.pipe(v.string(), v.nonEmpty());
const baselineFile = v.object({
  apiVersion: v.literal(BASELINE_KIND.apiVersion),
  kind: v.literal(BASELINE_KIND.kind),
  findings: v.array(
    v.object({ fingerprint: text, policy: text, cluster: text, node: v.nullable(text), path: v.nullable(text) }),
  ),
});

export type BaselineReading =
  | { readonly kind: "baseline"; readonly findings: readonly BaselineFinding[] }
  /** `why` is the end of a sentence; it quotes nothing of the file. */
  | { readonly kind: "unusable"; readonly path: string; readonly why: string };

/** Reads a file that `kubeadm-guard baseline` wrote. Never throws. */
export function readBaseline(file: DocumentFile): BaselineReading {
  const { path } = file;
  if (file.kind === "unreadable") return { kind: "unusable", path, why: file.why };
  const document = readYamlOrJson(file.text);
  if (document.kind === "problem") return { kind: "unusable", path, why: document.why };
  const parsed = v.safeParse(baselineFile, document.value);
  if (parsed.success) return { kind: "baseline", findings: parsed.output.findings };
  const why = `it must be a file that kubeadm-guard baseline wrote (${BASELINE_KIND.kind} of ${BASELINE_KIND.apiVersion})`;
  return { kind: "unusable", path, why };
}

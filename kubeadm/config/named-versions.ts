import { MAX_LENGTH, type ParsedDocument } from "./configuration-text";
import { type DocumentKind, documentKind } from "./document-kind";
import { lineIn } from "./line-in";

/** What a text names of itself, also where the kubeadm that is asked cannot read it. */
export interface NamedVersions {
  /** Undefined where the text cannot be parsed, or its apiVersion and kind cannot be determined. */
  readonly document: DocumentKind | undefined;
  /** kubernetesVersion as it stands there; undefined where it names none, or something else than text. */
  readonly kubernetesVersion: string | undefined;
  /** The 1-based lines of the two fields; undefined for a field that the text does not hold. */
  readonly lines: { readonly apiVersion: number | undefined; readonly kubernetesVersion: number | undefined };
}

const NOTHING: NamedVersions = {
  document: undefined,
  kubernetesVersion: undefined,
  lines: { apiVersion: undefined, kubernetesVersion: undefined },
};

/** Finds the versions that a document names. A text longer than any ConfigMap is not read. */
export function namedVersions({ text, decoded }: ParsedDocument): NamedVersions {
  if (text.length > MAX_LENGTH) return NOTHING;
  const reading = decoded();
  if (reading.kind === "error") return NOTHING;
  const { value: root } = reading;
  const kind = documentKind(root, "json");
  const version = root.kind === "object" ? root.fields.get("kubernetesVersion")?.value : undefined;
  return {
    document: kind.kind === "kind" ? kind.value : undefined,
    kubernetesVersion: version?.kind === "string" ? version.value : undefined,
    lines: { apiVersion: lineIn(root, ["apiVersion"]), kubernetesVersion: lineIn(root, ["kubernetesVersion"]) },
  };
}

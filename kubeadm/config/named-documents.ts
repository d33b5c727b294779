import type { JsonNode } from "../go/json/json-node";
import type { ConfigurationText, ParsedDocument } from "./configuration-text";
import { type DocumentKind, documentKind } from "./document-kind";
import { KUBEADM_GROUP } from "./kubeadm-versions";

/** A document of a file, with what it says it is. */
export interface NamedDocument {
  readonly document: ParsedDocument;
  /** Undefined where the document cannot be decoded. */
  readonly value: JsonNode | undefined;
  /** Undefined where it names none that can be understood. */
  readonly kind: DocumentKind | undefined;
}

/** The documents of a file with their kinds, in order; undefined where kubeadm cannot split the file. */
export function namedDocuments(file: ConfigurationText): readonly NamedDocument[] | undefined {
  const { documents, fault } = file.documents();
  if (fault !== undefined) return undefined;
  return documents.map((document) => {
    const reading = document.decoded();
    if (reading.kind !== "value") return { document, value: undefined, kind: undefined };
    const kind = documentKind(reading.value, "yaml");
    return { document, value: reading.value, kind: kind.kind === "kind" ? kind.value : undefined };
  });
}

/** True for a ClusterConfiguration of kubeadm's group. */
export function isClusterConfiguration({ kind }: NamedDocument): boolean {
  return kind?.kind === "ClusterConfiguration" && kind.group === KUBEADM_GROUP;
}

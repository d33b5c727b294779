import { goQuote } from "../go/go-syntax";
import type { JsonNode } from "../go/json/json-node";

/** The group, version and kind that a document names; empty where it names none. */
export interface DocumentKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export type DocumentKindReading =
  | { readonly kind: "kind"; readonly value: DocumentKind }
  | { readonly kind: "error"; readonly words: string };

/**
 * Finds apiVersion and kind of a decoded document.
 *
 * `json`: as the decoder of kubeadm's scheme does (apimachinery serializer/json/meta.go Interpret).
 * `yaml`: as kubeadm does when it splits a file into documents (serializer/yaml/meta.go Interpret): numbers and booleans
 * become text. Both take the names of the two fields in any case.
 */
export function documentKind(node: JsonNode, reader: "json" | "yaml"): DocumentKindReading {
  const fail = (words: string): DocumentKindReading => ({ kind: "error", words: PREFIXES[reader] + words });
  if (node.kind === "null") return { kind: "kind", value: { group: "", version: "", kind: "" } };
  if (node.kind !== "object")
    return fail(`json: cannot unmarshal ${node.kind} into Go value of type ${TARGETS[reader]}`);

  let apiVersion = "";
  let kind = "";
  for (const [name, { value }] of node.fields) {
    const field = foldedField(name);
    if (field === undefined || value.kind === "null") continue;
    const text = textOf(value, reader);
    if (text === undefined) {
      const struct = reader === "json" ? "" : "TypeMeta";
      return fail(`json: cannot unmarshal ${value.kind} into Go struct field ${struct}.${field} of type string`);
    }
    if (field === "apiVersion") apiVersion = text;
    else kind = text;
  }
  const parts = apiVersion.split("/");
  if (parts.length > 2) return { kind: "error", words: `unexpected GroupVersion string: ${apiVersion}` };
  const [first = "", second] = parts;
  if (second === undefined) return { kind: "kind", value: { group: "", version: first, kind } };
  // "/" alone means nothing (runtime/schema ParseGroupVersion).
  return { kind: "kind", value: { group: first, version: second, kind } };
}

/** As Go prints a GroupVersionKind. */
export function printDocumentKind({ group, version, kind }: DocumentKind): string {
  return `${group}/${version}, Kind=${kind}`;
}

/** As Go prints it with `%#v`. */
export function printDocumentKindSyntax({ group, version, kind }: DocumentKind): string {
  return `schema.GroupVersionKind{Group:${goQuote(group)}, Version:${goQuote(version)}, Kind:${goQuote(kind)}}`;
}

const PREFIXES = {
  json: "couldn't get version/kind; json parse error: ",
  yaml: "could not interpret GroupVersionKind; unmarshal error: error unmarshaling JSON: while decoding JSON: ",
} as const;

const TARGETS = {
  json: 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
  yaml: "runtime.TypeMeta",
} as const;

/** True for the names, in any case, of the two fields that say what a document is. */
export function isDocumentKindField(name: string): boolean {
  return foldedField(name) !== undefined;
}

function foldedField(name: string): "apiVersion" | "kind" | undefined {
  // Go's case folding takes the long s for an s as well.
  const folded = name.toLowerCase().replaceAll("\u017f", "s");
  if (folded === "apiversion") return "apiVersion";
  return folded === "kind" ? "kind" : undefined;
}

function textOf(node: JsonNode, reader: "json" | "yaml"): string | undefined {
  if (node.kind === "string") return node.value;
  if (reader === "json") return undefined;
  if (node.kind === "number") return node.literal;
  return node.kind === "bool" ? String(node.value) : undefined;
}

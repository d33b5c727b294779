import { basename } from "node:path";
import { type DocumentKind, documentKind } from "../kubeadm/config/document-kind";
import { KUBEADM_GROUP } from "../kubeadm/config/kubeadm-versions";
import { splitDocuments } from "../kubeadm/config/split-documents";
import { textToJson } from "../kubeadm/config/text-to-json";
import type { JsonNode } from "../kubeadm/go/json/json-node";

/** What the given file holds of a kubeadm-config. `field` is how messages name the place: `data.ClusterConfiguration`, or the file. */
export type KubeadmConfigInput = { readonly field: string } & (
  | { readonly kind: "config-map"; readonly text: string }
  | {
      readonly kind: "file";
      /** All of it. */
      readonly text: string;
      /** The ClusterConfiguration alone, each line where it stands in `text`; undefined where it holds other documents of kubeadm only. */
      readonly document: string | undefined;
    }
  | { readonly kind: "absent"; readonly error: string }
);

/**
 * Finds the ClusterConfiguration in a ConfigMap (alone, among other documents, or in a List as kubectl prints it), or in
 * a file for kubeadm, where other documents may stand before it. What is neither, or cannot be parsed, is taken for the
 * text of a ClusterConfiguration, and kubeadm's reading says what is wrong with it. Never throws.
 */
export function kubeadmConfigInput(text: string, file: string): KubeadmConfigInput {
  const field = file === "-" ? "standard input" : basename(file);
  if (text.length > LONGEST) {
    const error = `the text has ${text.length} characters; a ConfigMap holds at most 1 MiB`;
    return { kind: "absent", field, error };
  }
  const split = splitDocuments(text);
  if (split.fault !== undefined) return { kind: "file", field, text, document: text };
  const documents = split.documents.slice(0, MOST_DOCUMENTS).flatMap(({ text, firstLine }) => {
    const reading = textToJson(text);
    return reading.kind === "value" ? [{ text, firstLine, value: reading.value, kind: kindOf(reading.value) }] : [];
  });
  const configMaps = documents.flatMap(({ value }) => configMapsIn(value));
  const configMap = configMaps.find(isKubeadmConfig) ?? configMaps[0];
  if (configMap !== undefined) return fromConfigMap(configMap);
  const found = documents.find(({ kind }) => kind?.kind === "ClusterConfiguration" && kind.group === KUBEADM_GROUP);
  if (found !== undefined) {
    return { kind: "file", field, text, document: "\n".repeat(found.firstLine) + found.text };
  }
  const isOther =
    documents.length === split.documents.length && documents.every(({ kind }) => OTHER_KINDS.has(kind?.kind ?? ""));
  return { kind: "file", field, text, document: isOther ? undefined : text };
}

/** What a file for kubeadm may hold without a ClusterConfiguration. */
const OTHER_KINDS: ReadonlySet<string> = new Set([
  "InitConfiguration",
  "JoinConfiguration",
  "ResetConfiguration",
  "UpgradeConfiguration",
  "KubeletConfiguration",
  "KubeProxyConfiguration",
]);

/** A ConfigMap holds at most 1 MiB, to which kubectl may add what was applied last. */
const LONGEST = 2 * 1024 * 1024;
const MOST_DOCUMENTS = 100;

/** kubeadm's words where the key is not there (util/config/cluster.go, 1.30.14; case config-key-misspelt). */
const KEY_MISSING =
  "unexpected error when reading kubeadm-config ConfigMap: ClusterConfiguration key value pair missing";

function fromConfigMap(configMap: JsonNode): KubeadmConfigInput {
  const field = "data.ClusterConfiguration";
  const value = at(configMap, "data", "ClusterConfiguration");
  if (value === undefined || value.kind === "null") return { kind: "absent", field, error: KEY_MISSING };
  if (value.kind === "string") return { kind: "config-map", field, text: value.value };
  const error = `data.ClusterConfiguration is no text but ${value.kind}; a ConfigMap holds text only, so write it with |`;
  return { kind: "absent", field, error };
}

function configMapsIn(value: JsonNode): readonly JsonNode[] {
  const kind = kindOf(value)?.kind;
  if (kind === "ConfigMap") return [value];
  const items = kind === "List" || kind === "ConfigMapList" ? at(value, "items") : undefined;
  return items?.kind === "array" ? items.items.filter((item) => kindOf(item)?.kind === "ConfigMap") : [];
}

function isKubeadmConfig(configMap: JsonNode): boolean {
  const name = at(configMap, "metadata", "name");
  return name?.kind === "string" && name.value === "kubeadm-config";
}

function kindOf(value: JsonNode): DocumentKind | undefined {
  const reading = documentKind(value, "yaml");
  return reading.kind === "kind" ? reading.value : undefined;
}

function at(value: JsonNode, ...path: readonly string[]): JsonNode | undefined {
  let node: JsonNode | undefined = value;
  for (const name of path) node = node?.kind === "object" ? node.fields.get(name)?.value : undefined;
  return node;
}

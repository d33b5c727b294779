import { basename } from "node:path";
import { type ConfigurationText, configurationText, documentAlone } from "../kubeadm/config/configuration-text";
import { type DocumentKind, documentKind } from "../kubeadm/config/document-kind";
import { KUBEADM_GROUP } from "../kubeadm/config/kubeadm-versions";
import { MISSING_KEY } from "../kubeadm/config/missing-key";
import { isClusterConfiguration, type NamedDocument, namedDocuments } from "../kubeadm/config/named-documents";
import type { JsonNode } from "../kubeadm/go/json/json-node";
import { foreignDocument } from "./foreign-document";
import { GET_CONFIG_MAP, unusableText } from "./unusable-text";

/** What the given file holds of a kubeadm-config. `field` is how messages name the place: `data.ClusterConfiguration`, or the file. */
export type KubeadmConfigInput = { readonly field: string } & (
  | {
      readonly kind: "config-map";
      readonly text: ConfigurationText;
      /** Set where it is another ConfigMap than the one that kubeadm reads. */
      readonly otherName: ObjectName | undefined;
    }
  | {
      readonly kind: "file";
      /** All of it. */
      readonly text: ConfigurationText;
      /** The ClusterConfiguration alone, each line where it is in `text`; undefined where it holds other documents of kubeadm only. */
      readonly document: ConfigurationText | undefined;
      /** The node for which it was written, where an InitConfiguration in it names one: its name or address. */
      readonly ofNode: string | undefined;
    }
  | { readonly kind: "absent"; readonly error: string }
);

interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** What a text that was handed over holds: the kubeadm-config of one cluster or of several, or none. */
export type KubeadmConfigInputs =
  | { readonly kind: "inputs"; readonly inputs: readonly [KubeadmConfigInput, ...KubeadmConfigInput[]] }
  /** Sentences: what it is instead, and what to do. */
  | { readonly kind: "unusable"; readonly why: string };

/**
 * Finds the ClusterConfiguration in a ConfigMap (alone, among other documents, or in a List as kubectl prints it), or in
 * a file for kubeadm, where other documents may stand before it. What cannot be parsed is taken for the text of a
 * ClusterConfiguration, and kubeadm's reading says what is wrong with it; what is surely something else is unusable. Never
 * throws.
 */
export function kubeadmConfigInputs(text: string, file: string): KubeadmConfigInputs {
  const field = file === "-" ? "standard input" : basename(file);
  const only = (input: KubeadmConfigInput): KubeadmConfigInputs => ({ kind: "inputs", inputs: [input] });
  if (text.length > LONGEST) {
    const error = `the text has ${text.length} characters; a ConfigMap holds at most 1 MiB`;
    return only({ kind: "absent", field, error });
  }
  const why = unusableText(text);
  if (why !== undefined) return { kind: "unusable", why };
  const parsed = configurationText(text);
  const all = { kind: "file", field, text: parsed, document: parsed, ofNode: undefined } as const;
  const documents = namedDocuments(parsed);
  if (documents === undefined) return only(all);
  const configMaps = documents.flatMap(({ value }) => configMapsIn(value));
  const [first, ...others] = configMaps.filter(isKubeadmConfig);
  if (first !== undefined) {
    const place = (index: number) =>
      others.length === 0 ? CONFIG_MAP_FIELD : `${CONFIG_MAP_FIELD} of ConfigMap ${index + 1}`;
    const further = others.map((configMap, index) => fromConfigMap(configMap, place(index + 1)));
    return { kind: "inputs", inputs: [fromConfigMap(first, place(0)), ...further] };
  }
  const foreign = foreignIn(documents, configMaps);
  if (foreign !== undefined) return { kind: "unusable", why: foreign };
  const found = documents.find(isClusterConfiguration);
  const ofNode = documents.map(nodeOf).find((name) => name !== undefined);
  if (found !== undefined) {
    return only({ ...all, document: documentAlone(found.document), ofNode });
  }
  const isOther = documents.every(({ kind }) => OTHER_KINDS.has(kind?.kind ?? ""));
  return only({ ...all, document: isOther ? undefined : parsed, ofNode });
}

/** Why the documents are of something else than kubeadm, as sentences; undefined where one of them may be kubeadm's. */
function foreignIn(documents: readonly NamedDocument[], configMaps: readonly JsonNode[]): string | undefined {
  const first = documents.find(({ value }) => value !== undefined);
  if (first?.value === undefined) return undefined;
  if (
    documents.some(
      ({ kind, value }) => (kind?.kind ?? "") === "" && at(value, "data", "ClusterConfiguration") !== undefined,
    )
  )
    return `kind: ConfigMap is missing, so it was pasted or cut off. Get all of it with ${GET_CONFIG_MAP}.`;
  if (documents.some(isKubeadms)) return undefined;
  const [configMap] = configMaps;
  const name = configMap === undefined ? undefined : at(configMap, "metadata", "name");
  const what =
    configMap === undefined
      ? foreignDocument(first, first.value)
      : name?.kind === "string"
        ? `the ConfigMap ${name.value}`
        : "a ConfigMap without a name";
  return `It is ${what}, not a kubeadm configuration. Get that with ${GET_CONFIG_MAP}.`;
}

/** True for a document of kubeadm or of the components that it configures, and for one that may be meant to be. */
function isKubeadms({ document, kind, value }: NamedDocument): boolean {
  if (value === undefined) return false;
  if (value.kind !== "object") return value.kind === "string" && isKubeadmsText(document.text, value.value);
  if (kind === undefined) return true;
  if (kind.kind === "" || kind.kind === "ConfigMap" || kind.kind === "List")
    return KUBEADM_FIELDS.some((field) => value.fields.has(field));
  const isKubeadmsKind = kind.kind === "ClusterConfiguration" || OTHER_KINDS.has(kind.kind);
  return kind.group === KUBEADM_GROUP || (isKubeadmsKind && !/^(eksctl|kubekey)/.test(kind.group));
}

/** A configuration that a mistake has made one text, such as colons without a space. */
function isKubeadmsText(source: string, text: string): boolean {
  return !/^\s*"/.test(source) && /ClusterConfiguration|kubeadm\.k8s\.io/.test(text);
}

/** Fields by which a document of kubeadm is known that has lost its apiVersion and kind. */
const KUBEADM_FIELDS = [
  ...["etcd", "networking", "kubernetesVersion", "controlPlaneEndpoint", "certificatesDir", "apiServer", "scheduler"],
  ...["controllerManager", "imageRepository", "clusterName", "featureGates", "dns", "nodeRegistration"],
  ...["localAPIEndpoint", "bootstrapTokens", "certificateKey", "discovery"],
];

/** The node that an InitConfiguration is about. */
function nodeOf({ kind, value }: NamedDocument): string | undefined {
  if (kind?.kind !== "InitConfiguration") return undefined;
  const named = [at(value, "nodeRegistration", "name"), at(value, "localAPIEndpoint", "advertiseAddress")];
  return named.flatMap((node) => (node?.kind === "string" && node.value !== "" ? [node.value] : []))[0];
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

const CONFIG_MAP_FIELD = "data.ClusterConfiguration";

function fromConfigMap(configMap: JsonNode, field: string): KubeadmConfigInput {
  const value = at(configMap, "data", "ClusterConfiguration");
  if (value === undefined || value.kind === "null") return { kind: "absent", field, error: MISSING_KEY };
  if (value.kind === "string")
    return { kind: "config-map", field, text: configurationText(value.value), otherName: otherName(configMap) };
  const error = `data.ClusterConfiguration is not text but ${value.kind}; a ConfigMap holds text only, so write it with |`;
  return { kind: "absent", field, error };
}

/** kubectl puts an object without a namespace into the one that it is told, so only a namespace that is given may be wrong. */
function otherName(configMap: JsonNode): ObjectName | undefined {
  const text = (node: JsonNode | undefined) => (node?.kind === "string" ? node.value : undefined);
  const name = text(at(configMap, "metadata", "name")) ?? "kubeadm-config";
  const namespace = text(at(configMap, "metadata", "namespace")) ?? "kube-system";
  return name === "kubeadm-config" && namespace === "kube-system" ? undefined : { namespace, name };
}

function configMapsIn(value: JsonNode | undefined): readonly JsonNode[] {
  if (value === undefined) return [];
  const kind = kindOf(value)?.kind;
  if (kind === "ConfigMap") return [value];
  const items = kind === "List" || kind === "ConfigMapList" ? at(value, "items") : undefined;
  return items?.kind === "array" ? items.items.filter((item) => kindOf(item)?.kind === "ConfigMap") : [];
}

function isKubeadmConfig(configMap: JsonNode): boolean {
  const name = at(configMap, "metadata", "name");
  return (
    (name?.kind === "string" && name.value === "kubeadm-config") ||
    at(configMap, "data", "ClusterConfiguration") !== undefined
  );
}

function kindOf(value: JsonNode): DocumentKind | undefined {
  const reading = documentKind(value, "yaml");
  return reading.kind === "kind" ? reading.value : undefined;
}

function at(value: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let node = value;
  for (const name of path) node = node?.kind === "object" ? node.fields.get(name)?.value : undefined;
  return node;
}

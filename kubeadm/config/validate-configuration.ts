import { goQuote } from "../go/go-syntax";
import { type Decoded, decodeGo, type GoType } from "../go/json/go-type";
import type { DuplicateField, JsonNode } from "../go/json/json-node";
import { parseHostPort } from "../go/net/host-port";
import { yamlToJson } from "../go/yaml/yaml-to-json";
import type { ConfigurationApiVersion } from "./cluster-configuration";
import { defaultConfiguration } from "./default-configuration";
import {
  type DocumentKind,
  documentKind,
  isDocumentKindField,
  printDocumentKind,
  printDocumentKindSyntax,
} from "./document-kind";
import type { KubeadmRelease } from "./kubeadm-release";
import { API_VERSIONS, KUBEADM_GROUP, readableApiVersions } from "./kubeadm-versions";
import { checkKubernetesVersion } from "./kubernetes-version";
import { oldApiWords, printedApi, removedApi } from "./old-api-words";
import { type FieldPath, lineIn, readClusterConfiguration } from "./read-cluster-configuration";
import { clusterConfigurationType } from "./schema/cluster-configuration-type";
import { COMPONENT_CONFIGS, componentKindType, configurationKindType } from "./schema/configuration-kinds";
import { initConfigurationType } from "./schema/init-configuration-type";
import { joinConfigurationType } from "./schema/join-configuration-type";
import { resetConfigurationType } from "./schema/reset-configuration-type";
import { upgradeConfigurationType } from "./schema/upgrade-configuration-type";
import { splitDocuments } from "./split-documents";
import { isJsonText, textToJson } from "./text-to-json";
import { validateClusterConfiguration } from "./validation/cluster-configuration-rules";
import { validateInitConfiguration } from "./validation/init-configuration-rules";
import { validateJoinConfiguration } from "./validation/join-configuration-rules";
import { validateResetConfiguration } from "./validation/reset-configuration-rules";
import type { RuleFault } from "./validation/rule-fault";
import { validateUpgradeConfiguration } from "./validation/upgrade-configuration-rules";

/** One thing for which `kubeadm config validate` refuses a file. */
export interface ConfigurationFault {
  /** A lasting name, in camelCase: `unknownField`, `etcdCertificateWithoutKey`. */
  readonly id: string;
  /** The field in its document; empty for a fault of the whole text. */
  readonly path: FieldPath;
  /** 1-based line in the text, of the field or of the nearest field around it. */
  readonly line: number | undefined;
  /** kubeadm's words where known, without secrets. */
  readonly message: string;
  /** kubeadm's reading of the ConfigMap does not mind, nor does what it does with it afterwards. */
  readonly toleratedInConfigMap: boolean;
}

/**
 * What `kubeadm config validate --config FILE` of this release demands of a file: nothing is found exactly if kubeadm
 * says "ok" (util/config/common.go ValidateConfig, 1.30.14 to 1.37.2; older releases are checked by the rules of 1.30).
 * kubeadm stops at the first stage that fails; here later stages are looked at too, as far as they make sense.
 *
 * Taken as kubeadm would find them on a machine with a valid host name and no internet: a missing node name, a missing
 * advertiseAddress, version labels. Not looked at: whether the file of `discovery.file` exists.
 */
export function validateKubeadmConfig(text: string, kubeadm: KubeadmRelease): readonly ConfigurationFault[] {
  const readable = readClusterConfiguration(text, kubeadm).kind === "decoded";
  return faultsOf(text, kubeadm).map((fault) => ({
    ...fault,
    toleratedInConfigMap: readable && !FATAL_LATER.has(fault.id),
  }));
}

/** Faults that kubeadm does not see in the ConfigMap, and at which its etcd client fails (etcd v3.5 client/pkg/transport/listener.go). */
const FATAL_LATER: ReadonlySet<string> = new Set(["etcdCertificateWithoutKey"]);

type Fault = Omit<ConfigurationFault, "toleratedInConfigMap">;

interface Document {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly firstLine: number;
  readonly value: JsonNode;
  readonly duplicates: readonly DuplicateField[];
}

function faultsOf(text: string, kubeadm: KubeadmRelease): readonly Fault[] {
  const read = readDocuments(text);
  if (read.faults.length > 0) return read.faults;
  const { documents } = read;
  const unknown = documents.filter((document) => !isKnown(document.kind, kubeadm.minor));
  if (unknown.length > 0) {
    const names = unknown.map(({ kind }) => printDocumentKindSyntax(kind)).join(", ");
    const message = `unknown configuration APIs: []schema.GroupVersionKind{${names}}`;
    return unknown.map((document) => faultAt(document, "unknownApi", [], message));
  }
  const of = (kind: string) => documents.find((document) => document.kind.kind === kind);
  const [init, cluster] = [of("InitConfiguration"), of("ClusterConfiguration")];
  const checked =
    init === undefined && cluster === undefined
      ? documents.filter(({ kind }) => isCheckedAlone(kind.kind, kubeadm.minor))
      : documents;
  return [
    ...checked.flatMap((document) => documentFaults(document, kubeadm.minor)),
    ...(init === undefined ? [] : initFaults(init, kubeadm.minor)),
    ...(cluster === undefined ? [] : clusterFaults(cluster, kubeadm)),
    ...checked.flatMap((document) => otherFaults(document, kubeadm.minor)),
  ];
}

// ---- documents

function readDocuments(text: string): { readonly documents: readonly Document[]; readonly faults: readonly Fault[] } {
  const split = splitDocuments(text);
  const fail = (fault: Fault) => ({ documents: [], faults: [fault] });
  const documents: Document[] = [];
  const twice: Fault[] = [];
  for (const { text, firstLine } of split.documents) {
    const reading = yamlToJson(text, isDocumentKindField);
    if (reading.kind === "error") {
      const message = `could not interpret GroupVersionKind; unmarshal error: error converting YAML to JSON: ${reading.words}`;
      const line = firstLine + (reading.at?.line ?? 0) + 1;
      return fail({ id: "yamlInvalid", path: [], line, message });
    }
    const kind = documentKind(reading.value, "yaml");
    const line = firstLine + reading.value.at.line + 1;
    if (kind.kind === "error") return fail({ id: "kindMissing", path: [], line, message: kind.words });
    const { group, version, kind: name } = kind.value;
    if (group === "" || version === "" || name === "") {
      const message = `invalid configuration for GroupVersionKind ${printDocumentKind(kind.value)}: kind and apiVersion is mandatory information that must be specified`;
      return fail({ id: "kindMissing", path: [], line, message });
    }
    if (documents.some((document) => document.kind.kind === name)) {
      const message = `invalid configuration: kind ${goQuote(name)} is specified twice in YAML file`;
      twice.push({ id: "kindTwice", path: [], line, message });
      continue;
    }
    documents.push({ kind: kind.value, text, firstLine, value: reading.value, duplicates: reading.duplicates });
  }
  if (split.fault !== undefined) {
    return fail({ id: "documentSeparatorInvalid", path: [], line: split.fault.line + 1, message: split.fault.words });
  }
  return { documents, faults: twice };
}

function isKnown(kind: DocumentKind, minor: number): boolean {
  return removedApi(kind, minor) !== undefined || typeOf(kind, minor) !== undefined;
}

function typeOf(kind: DocumentKind, minor: number): GoType<unknown> | undefined {
  return configurationKindType(kind, minor) ?? componentKindType(kind, minor);
}

/** `config validate` looks at UpgradeConfiguration since 1.36; before, only next to an Init- or ClusterConfiguration. */
const UPGRADE_VALIDATED_SINCE = 36;

/** What is looked at in a file without InitConfiguration and ClusterConfiguration. */
function isCheckedAlone(kind: string, minor: number): boolean {
  return (
    kind === "JoinConfiguration" ||
    kind === "ResetConfiguration" ||
    (kind === "UpgradeConfiguration" && minor >= UPGRADE_VALIDATED_SINCE)
  );
}

// ---- API versions and strict decoding

function documentFaults(document: Document, minor: number): readonly Fault[] {
  const api = apiFault(document, minor);
  if (api !== undefined) return [api];
  const type = typeOf(document.kind, minor);
  if (type === undefined) return [];
  const strict = strictFaults(document, decodeGo(type, document.value));
  return strict.length > 0 ? strict : lenientFaults(document, type, minor);
}

/** validateSupportedVersion. */
function apiFault(document: Document, minor: number): Fault | undefined {
  const { group, version } = document.kind;
  const old = oldApiWords(document.kind, minor);
  if (old !== undefined) return faultAt(document, "apiVersionRemoved", ["apiVersion"], old);
  const experimental = API_VERSIONS.some(
    (api) => group === KUBEADM_GROUP && api.version === version && minor <= (api.experimentalUntil ?? 0),
  );
  if (!experimental) return undefined;
  const message = `experimental API spec: ${printedApi(document.kind, minor)} is not allowed. You can use the --allow-experimental-api flag if the command supports it.`;
  return faultAt(document, "apiVersionExperimental", ["apiVersion"], message);
}

function strictFaults(document: Document, decoded: Decoded<unknown>): readonly Fault[] {
  const prefix = `error unmarshaling configuration ${printDocumentKindSyntax(document.kind)}: `;
  const { error, unknown } = decoded;
  if (error !== undefined) {
    const id = error.kind === "abort" ? "valueInvalid" : "typeWrong";
    return [{ id, path: error.path, line: document.firstLine + error.at.line + 1, message: prefix + error.words }];
  }
  const duplicates = document.duplicates.map(({ path, at, line, key }) => ({
    id: "duplicateField",
    path,
    line: document.firstLine + at.line + 1,
    message: `${prefix}strict decoding error: yaml: unmarshal errors:\n  line ${line}: key ${key} already set in map`,
  }));
  const fields = unknown.map(({ path, at, words }) => ({
    id: "unknownField",
    path,
    line: document.firstLine + at.line + 1,
    message: `${prefix}strict decoding error: ${words}`,
  }));
  return [...duplicates, ...fields];
}

/** After strict decoding kubeadm decodes once more, and then takes a text that begins with `{` for JSON. */
function lenientFaults(document: Document, type: GoType<unknown>, minor: number): readonly Fault[] {
  const { kind, text } = document;
  const isComponent = COMPONENT_CONFIGS.some(({ group }) => group === kind.group);
  if (isComponent && !COMPONENT_CONFIGS.some((known) => known.kind === kind.kind)) {
    const message = `unable to decode ${printDocumentKind(kind)} into the configuration of its component`;
    return [faultAt(document, "componentKindUnknown", ["kind"], message)];
  }
  const decoded = kind.kind !== "UpgradeConfiguration" || minor >= UPGRADE_VALIDATED_SINCE;
  if (!isJsonText(text) || !decoded) return [];
  const reading = textToJson(text);
  if (reading.kind === "error") {
    const line = document.firstLine + (reading.at?.line ?? 0) + 1;
    return [{ id: "jsonInvalid", path: [], line, message: reading.words }];
  }
  const named = documentKind(reading.value, "json");
  if (named.kind === "error") return [faultAt(document, "kindMissing", [], named.words)];
  const { error } = decodeGo(type, reading.value);
  if (error === undefined) return [];
  return [{ id: "typeWrong", path: error.path, line: document.firstLine + error.at.line + 1, message: error.words }];
}

// ---- rules

function initFaults(document: Document, minor: number): readonly Fault[] {
  const version = versionOf(document, minor);
  if (version === undefined) return [];
  return asFaults(
    document,
    validateInitConfiguration(decodeGo(initConfigurationType(version, minor), document.value).value, minor),
  );
}

function clusterFaults(document: Document, kubeadm: KubeadmRelease): readonly Fault[] {
  const version = versionOf(document, kubeadm.minor);
  if (version === undefined) return [];
  const { value } = decodeGo(clusterConfigurationType(version, kubeadm.minor), document.value);
  const configuration = defaultConfiguration(version, value);
  const versionFault = checkKubernetesVersion(configuration.kubernetesVersion, kubeadm);
  const endpoint = configuration.controlPlaneEndpoint;
  const endpointReading = endpoint === "" ? undefined : parseHostPort(endpoint);
  return [
    ...(versionFault === undefined
      ? []
      : [faultAt(document, "kubernetesVersionInvalid", ["kubernetesVersion"], versionFault)]),
    ...(endpointReading?.kind === "error"
      ? [faultAt(document, "controlPlaneEndpointInvalid", ["controlPlaneEndpoint"], endpointReading.words)]
      : []),
    ...asFaults(document, validateClusterConfiguration(configuration, kubeadm.minor)),
  ];
}

function otherFaults(document: Document, minor: number): readonly Fault[] {
  const version = versionOf(document, minor);
  if (version === undefined) return [];
  switch (document.kind.kind) {
    case "JoinConfiguration":
      return asFaults(
        document,
        validateJoinConfiguration(decodeGo(joinConfigurationType(version, minor), document.value).value),
      );
    case "ResetConfiguration":
      return asFaults(
        document,
        validateResetConfiguration(decodeGo(resetConfigurationType(version, minor), document.value).value),
      );
    case "UpgradeConfiguration":
      return minor < UPGRADE_VALIDATED_SINCE
        ? []
        : asFaults(
            document,
            validateUpgradeConfiguration(decodeGo(upgradeConfigurationType(version, minor), document.value).value),
          );
    default:
      return [];
  }
}

/** The API version of a document that this release reads, or undefined, which another fault then says. */
function versionOf({ kind }: Document, minor: number): ConfigurationApiVersion | undefined {
  return kind.group === KUBEADM_GROUP
    ? readableApiVersions(minor).find((version) => version === kind.version)
    : undefined;
}

function asFaults(document: Document, faults: readonly RuleFault[]): readonly Fault[] {
  return faults.map(({ id, path, message }) => faultAt(document, id, path, message));
}

function faultAt(document: Document, id: string, path: FieldPath, message: string): Fault {
  for (let length = path.length; length >= 0; length--) {
    const line = lineIn(document.value, path.slice(0, length));
    if (line !== undefined) return { id, path, line: document.firstLine + line, message };
  }
  return { id, path, line: undefined, message };
}

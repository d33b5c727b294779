import { type Decoded, decodeGo, type GoType } from "../go/json/go-type";
import type { DuplicateField, JsonNode } from "../go/json/json-node";
import { parseHostPort } from "../go/net/host-port";
import type { ConfigurationApiVersion } from "./cluster-configuration";
import type { ConfigurationText, ParsedDocument } from "./configuration-text";
import { defaultConfiguration } from "./default-configuration";
import { type DocumentKind, documentKind } from "./document-kind";
import type { FieldPath } from "./field-path";
import type { KubeadmRelease } from "./kubeadm-release";
import { API_VERSIONS, KUBEADM_GROUP, readableApiVersions } from "./kubeadm-versions";
import { kubernetesVersionFault } from "./kubernetes-version-fault";
import { lineIn } from "./line-in";
import type { RefusalOfFile } from "./refusal";
import { removedApi } from "./removed-api";
import { clusterConfigurationType } from "./schema/cluster-configuration-type";
import { COMPONENT_CONFIGS, componentKindType, configurationKindType } from "./schema/configuration-kinds";
import { initConfigurationType } from "./schema/init-configuration-type";
import { joinConfigurationType } from "./schema/join-configuration-type";
import { resetConfigurationType } from "./schema/reset-configuration-type";
import { upgradeConfigurationType } from "./schema/upgrade-configuration-type";
import type { RuleFault } from "./validation/rule-fault";
import { validateClusterConfiguration } from "./validation/validate-cluster-configuration";
import { validateInitConfiguration } from "./validation/validate-init-configuration";
import { validateJoinConfiguration } from "./validation/validate-join-configuration";
import { validateResetConfiguration } from "./validation/validate-reset-configuration";
import { validateUpgradeConfiguration } from "./validation/validate-upgrade-configuration";

/** One thing for which `kubeadm config validate` refuses a file. */
export type ConfigurationFault = RefusalOfFile & FaultPlace;

export interface FaultPlace {
  /** The field in its document; empty for a fault of the whole text. */
  readonly path: FieldPath;
  /** 1-based line in the text, of the field or of the nearest field around it. */
  readonly line: number | undefined;
}

/**
 * What `kubeadm config validate --config FILE` of this release demands of a file: nothing is found exactly if kubeadm
 * says "ok" (util/config/common.go ValidateConfig, 1.30.14 to 1.37.2; older releases are checked by the rules of 1.30).
 * kubeadm stops at the first stage that fails; here later stages are looked at too, as far as they make sense.
 *
 * Taken as kubeadm would find them on a machine with a valid host name and no internet: a missing node name, a missing
 * advertiseAddress, version labels. Not looked at: whether the file of `discovery.file` exists.
 */
export function validateKubeadmConfig(text: ConfigurationText, kubeadm: KubeadmRelease): readonly ConfigurationFault[] {
  const read = readDocuments(text);
  if (read.faults.length > 0) return read.faults;
  const { documents } = read;
  const unknown = documents.filter((document) => !isKnown(document.kind, kubeadm.minor));
  if (unknown.length > 0) {
    const refusal = { id: "unknownApi", documents: unknown.map(({ kind }) => kind) } as const;
    return unknown.map((document) => faultAt(document, [], refusal));
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

interface Document {
  readonly kind: DocumentKind;
  readonly parsed: ParsedDocument;
  readonly value: JsonNode;
  readonly duplicates: readonly DuplicateField[];
}

// ---- documents

function readDocuments(text: ConfigurationText): {
  readonly documents: readonly Document[];
  readonly faults: readonly ConfigurationFault[];
} {
  const split = text.documents();
  const fail = (line: number, refusal: RefusalOfFile) => ({ documents: [], faults: [{ ...refusal, path: [], line }] });
  const documents: Document[] = [];
  const twice: ConfigurationFault[] = [];
  for (const parsed of split.documents) {
    const reading = parsed.interpreted();
    if (reading.kind === "error") {
      return fail((reading.at?.line ?? parsed.firstLine) + 1, { id: "yamlInvalid", words: reading.words });
    }
    const kind = documentKind(reading.value, "yaml");
    const line = reading.value.at.line + 1;
    if (kind.kind === "error") return fail(line, { id: "kindInvalid", words: kind.words });
    const { group, version, kind: name } = kind.value;
    if (group === "" || version === "" || name === "") return fail(line, { id: "kindMissing", document: kind.value });
    if (documents.some((document) => document.kind.kind === name)) {
      twice.push({ id: "kindTwice", kind: name, path: [], line });
      continue;
    }
    documents.push({ kind: kind.value, parsed, value: reading.value, duplicates: reading.duplicates });
  }
  if (split.fault !== undefined) {
    return fail(split.fault.line + 1, { id: "documentSeparatorInvalid", words: split.fault.words });
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

function documentFaults(document: Document, minor: number): readonly ConfigurationFault[] {
  const api = apiRefusal(document.kind, minor);
  if (api !== undefined) return [faultAt(document, ["apiVersion"], api)];
  const type = typeOf(document.kind, minor);
  if (type === undefined) return [];
  const strict = strictFaults(document, decodeGo(type, document.value));
  return strict.length > 0 ? strict : lenientFaults(document, type, minor);
}

/** validateSupportedVersion. */
function apiRefusal(document: DocumentKind, minor: number): RefusalOfFile | undefined {
  const removed = removedApi(document, minor);
  if (removed !== undefined) {
    return { id: "apiVersionRemoved", document, minor, migrateWith: removed.migrateWith };
  }
  const experimental = API_VERSIONS.some(
    ({ version, experimentalUntil = 0 }) =>
      document.group === KUBEADM_GROUP && version === document.version && minor <= experimentalUntil,
  );
  return experimental ? { id: "apiVersionExperimental", document, minor } : undefined;
}

function strictFaults(
  { kind: document, duplicates }: Document,
  { error, unknown }: Decoded<unknown>,
): readonly ConfigurationFault[] {
  if (error !== undefined) {
    const { path, found, words, at } = error;
    const id = error.kind === "abort" ? "valueInvalid" : "typeWrong";
    return [{ id, document, found, words, path, line: at.line + 1 }];
  }
  return [
    ...duplicates.map(({ path, at, line: keyLine, key }): ConfigurationFault => {
      return { id: "duplicateField", document, keyLine, key, path, line: at.line + 1 };
    }),
    ...unknown.map(({ path, at, words }): ConfigurationFault => {
      return { id: "unknownField", document, words, path, line: at.line + 1 };
    }),
  ];
}

/** After strict decoding kubeadm decodes once more, and then takes a text that begins with `{` for JSON. */
function lenientFaults(document: Document, type: GoType<unknown>, minor: number): readonly ConfigurationFault[] {
  const { kind, parsed } = document;
  const isComponent = COMPONENT_CONFIGS.some(({ group }) => group === kind.group);
  if (isComponent && !COMPONENT_CONFIGS.some((known) => known.kind === kind.kind)) {
    return [faultAt(document, ["kind"], { id: "componentKindUnknown", document: kind })];
  }
  const decoded = kind.kind !== "UpgradeConfiguration" || minor >= UPGRADE_VALIDATED_SINCE;
  if (!parsed.isJson || !decoded) return [];
  const reading = parsed.decoded();
  if (reading.kind === "error") {
    const line = (reading.at?.line ?? parsed.firstLine) + 1;
    return [{ id: "jsonInvalid", words: reading.words, path: [], line }];
  }
  const named = documentKind(reading.value, "json");
  if (named.kind === "error") return [faultAt(document, [], { id: "kindInvalid", words: named.words })];
  const { error } = decodeGo(type, reading.value);
  if (error === undefined) return [];
  const { path, found, words, at } = error;
  return [{ id: "typeWrong", document: undefined, found, words, path, line: at.line + 1 }];
}

// ---- rules

function initFaults(document: Document, minor: number): readonly ConfigurationFault[] {
  const version = versionOf(document, minor);
  if (version === undefined) return [];
  return asFaults(
    document,
    validateInitConfiguration(decodeGo(initConfigurationType(version, minor), document.value).value, minor),
  );
}

function clusterFaults(document: Document, kubeadm: KubeadmRelease): readonly ConfigurationFault[] {
  const version = versionOf(document, kubeadm.minor);
  if (version === undefined) return [];
  const { value } = decodeGo(clusterConfigurationType(version, kubeadm.minor), document.value);
  const configuration = defaultConfiguration(version, value);
  const fault = kubernetesVersionFault(configuration.kubernetesVersion, kubeadm);
  const endpoint = configuration.controlPlaneEndpoint;
  const reading = endpoint === "" ? undefined : parseHostPort(endpoint);
  return [
    ...(fault === undefined
      ? []
      : [faultAt(document, ["kubernetesVersion"], { id: "kubernetesVersionInvalid", fault })]),
    ...(reading?.kind === "error"
      ? [faultAt(document, ["controlPlaneEndpoint"], { id: "controlPlaneEndpointInvalid", words: reading.words })]
      : []),
    ...asFaults(document, validateClusterConfiguration(configuration, kubeadm.minor)),
  ];
}

function otherFaults(document: Document, minor: number): readonly ConfigurationFault[] {
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

function asFaults(document: Document, faults: readonly RuleFault[]): readonly ConfigurationFault[] {
  return faults.map(({ id, path, message }) => faultAt(document, path, { id, words: message }));
}

function faultAt(document: Document, path: FieldPath, refusal: RefusalOfFile): ConfigurationFault {
  for (let length = path.length; length >= 0; length--) {
    const line = lineIn(document.value, path.slice(0, length));
    if (line !== undefined) return { ...refusal, path, line };
  }
  return { ...refusal, path, line: undefined };
}

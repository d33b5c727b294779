import { type DecodeProblem, decodeGo } from "../go/json/go-type";
import type { JsonNode } from "../go/json/json-node";
import type { TextReading } from "../go/json/text-reading";
import { parseHostPort } from "../go/net/host-port";
import type { Mark } from "../go/yaml/yaml-error";
import type { ClusterConfiguration, ConfigurationApiVersion } from "./cluster-configuration";
import { MAX_LENGTH, type ParsedDocument } from "./configuration-text";
import { defaultConfiguration } from "./default-configuration";
import { type DocumentKind, documentKind } from "./document-kind";
import type { FieldPath, LineOf } from "./field-path";
import type { KubeadmRelease } from "./kubeadm-release";
import { API_VERSIONS, KUBEADM_GROUP, readableApiVersions } from "./kubeadm-versions";
import { kubernetesVersionFault } from "./kubernetes-version-fault";
import { lineIn } from "./line-in";
import type { RefusalOfConfigMap, RefusalOfEither } from "./refusal";
import { clusterConfigurationType } from "./schema/cluster-configuration-type";
import { configurationKindType } from "./schema/configuration-kinds";

/** What kubeadm makes of the text of `data.ClusterConfiguration`. */
export type ConfigurationReading =
  | ({ readonly kind: "decoded" } & LegibleConfiguration)
  | {
      readonly kind: "refused";
      readonly refusal: RefusalOfConfigMap;
      readonly position?: TextPosition;
      readonly remarks: readonly ConfigurationRemark[];
      /** What the text says all the same, where kubeadm stops at something else than where etcd is and what it is given. */
      readonly legible?: LegibleConfiguration;
    };

/** A configuration that can be read, whether or not kubeadm stops at something in it. */
export interface LegibleConfiguration {
  readonly configuration: ClusterConfiguration;
  /** The 1-based line of a field that the text holds; undefined for a field that it does not hold. */
  readonly lineOf: LineOf;
  readonly remarks: readonly ConfigurationRemark[];
}

/** What the text says, also where kubeadm stops at it; undefined where that cannot be determined. */
export function legibleConfiguration(reading: ConfigurationReading): LegibleConfiguration | undefined {
  return reading.kind === "decoded" ? reading : reading.legible;
}

/** 1-based. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Something in the text that kubeadm skips without a word (or with a warning in its log). */
export type ConfigurationRemark =
  | { readonly kind: "duplicate-field"; readonly path: FieldPath; readonly line: number; readonly firstLine: number }
  | { readonly kind: "unknown-field"; readonly path: FieldPath; readonly line: number; readonly suggestion?: string }
  | { readonly kind: "further-document"; readonly line: number };

/**
 * Reads the text of `data.ClusterConfiguration` as kubeadm of this release reads it from the ConfigMap on join and
 * upgrade (util/config/cluster.go getInitConfigurationFromCluster, then SetClusterDynamicDefaults): leniently, without
 * the validation that `init` and `config validate` run. Never throws.
 *
 * What it says can be known although kubeadm stops, of which `legible` is made: where its API version is one that other
 * releases read, or where a field is of the wrong kind that has no part in which files are used and where.
 */
export function readClusterConfiguration(document: ParsedDocument, kubeadm: KubeadmRelease): ConfigurationReading {
  const { length } = document.text;
  if (length > MAX_LENGTH) return refused({ id: "textTooLong", length }, undefined, []);
  const reading = document.decoded();
  if (reading.kind === "error") return refused({ id: "textUndecodable", words: reading.words }, reading.at, []);
  const remarks = textRemarks(reading);
  const fail = (refusal: RefusalOfConfigMap): Refused => refused(refusal, reading.value.at, remarks);

  const named = documentKind(reading.value, "json");
  if (named.kind === "error") return fail({ id: "kindUndecodable", words: named.words });
  const kind = withDefaults(named.value);
  if (kind.version === "") return fail({ id: "apiVersionMissing" });
  const apiVersion = readableApiVersions(kubeadm.minor).find((version) => version === kind.version);
  const type = configurationKindType(kind, kubeadm.minor);
  if (type === undefined) {
    const legible = legibleElsewhere(kind, reading.value, kubeadm, remarks);
    return withLegible(fail({ id: "kindNotRegistered", document: kind, minor: kubeadm.minor }), legible);
  }
  const decoded = decodeGo(type, reading.value);
  if (decoded.error !== undefined) {
    const { words, path, found, at } = decoded.error;
    const isAside = decoded.errors.every((one) => !isAboutFiles(one.path));
    const legible =
      apiVersion !== undefined && kind.kind === "ClusterConfiguration" && isAside
        ? legibleAs(apiVersion, reading.value, kubeadm.minor, remarks)
        : undefined;
    return withLegible(refused({ id: "fieldUndecodable", path, found, words }, at, remarks), legible);
  }
  if (kind.kind !== "ClusterConfiguration") return fail({ id: "kindNotConvertible", type: type.name });
  // Without an API version kubeadm decodes into its internal type, whose fields have other names: nothing arrives.
  if (apiVersion === undefined) return fail({ id: "kubernetesVersionInvalid", fault: NO_VERSION });
  return read(apiVersion, reading.value, kubeadm, remarks);
}

const NO_VERSION = { kind: "neither-version-nor-label", version: "" } as const;

/** What the document does not name comes from the type that it is read into (serializer/json Decode, gvkWithDefaults). */
function withDefaults({ group, version, kind }: DocumentKind): DocumentKind {
  const internal = group === "" && version === "";
  return {
    group: internal ? KUBEADM_GROUP : group,
    version: internal || (version === "" && group === KUBEADM_GROUP) ? "__internal" : version,
    kind: kind === "" ? "ClusterConfiguration" : kind,
  };
}

function read(
  apiVersion: ConfigurationApiVersion,
  node: JsonNode,
  kubeadm: KubeadmRelease,
  remarks: readonly ConfigurationRemark[],
): ConfigurationReading {
  const legible = legibleAs(apiVersion, node, kubeadm.minor, remarks);
  const fault = dynamicFault(legible.configuration, kubeadm);
  if (fault === undefined) return { kind: "decoded", ...legible };
  const line = legible.lineOf([fault.field]);
  return {
    kind: "refused",
    refusal: fault.refusal,
    ...(line === undefined ? {} : { position: { line, column: 1 } }),
    remarks: legible.remarks,
    legible,
  };
}

function legibleAs(
  apiVersion: ConfigurationApiVersion,
  node: JsonNode,
  minor: number,
  remarks: readonly ConfigurationRemark[],
): LegibleConfiguration {
  const { value, unknown } = decodeGo(clusterConfigurationType(apiVersion, minor), node);
  return {
    configuration: defaultConfiguration(apiVersion, value),
    lineOf: (path) => lineIn(node, path),
    remarks: [...remarks, ...unknown.map(unknownField)],
  };
}

/** What another release of kubeadm reads in a ClusterConfiguration whose API version this one does not know. */
function legibleElsewhere(
  { group, version, kind }: DocumentKind,
  node: JsonNode,
  kubeadm: KubeadmRelease,
  remarks: readonly ConfigurationRemark[],
): LegibleConfiguration | undefined {
  const api = API_VERSIONS.find((one) => one.version === version);
  if (api === undefined || group !== KUBEADM_GROUP || kind !== "ClusterConfiguration") return undefined;
  const { firstMinor, lastMinor = Number.POSITIVE_INFINITY } = api;
  const minor = Math.min(Math.max(kubeadm.minor, firstMinor), lastMinor);
  const { errors } = decodeGo(clusterConfigurationType(api.version, minor), node);
  return errors.some(({ path }) => isAboutFiles(path)) ? undefined : legibleAs(api.version, node, minor, remarks);
}

/** True for the fields that say where etcd is, which files are used, and what the API server sees of them. */
function isAboutFiles([first, second]: FieldPath): boolean {
  if (first === "apiServer") return second === undefined || second === "extraVolumes";
  return first === undefined || first === "etcd" || first === "certificatesDir" || first === "controlPlaneEndpoint";
}

type Refused = Extract<ConfigurationReading, { kind: "refused" }>;

function withLegible(reading: Refused, legible: LegibleConfiguration | undefined): Refused {
  return legible === undefined ? reading : { ...reading, legible };
}

/** What kubeadm still refuses after decoding (util/config/initconfiguration.go SetClusterDynamicDefaults). */
function dynamicFault(
  { kubernetesVersion, controlPlaneEndpoint }: ClusterConfiguration,
  kubeadm: KubeadmRelease,
): { readonly field: string; readonly refusal: RefusalOfEither } | undefined {
  const fault = kubernetesVersionFault(kubernetesVersion, kubeadm);
  if (fault !== undefined) return { field: "kubernetesVersion", refusal: { id: "kubernetesVersionInvalid", fault } };
  const endpoint = controlPlaneEndpoint === "" ? undefined : parseHostPort(controlPlaneEndpoint);
  if (endpoint?.kind !== "error") return undefined;
  return { field: "controlPlaneEndpoint", refusal: { id: "controlPlaneEndpointInvalid", words: endpoint.words } };
}

function textRemarks(reading: TextReading & { readonly kind: "value" }): readonly ConfigurationRemark[] {
  const duplicates = reading.duplicates.map(
    ({ path, at, firstAt }): ConfigurationRemark => ({
      kind: "duplicate-field",
      path,
      line: at.line + 1,
      firstLine: firstAt.line + 1,
    }),
  );
  return reading.next === undefined
    ? duplicates
    : [...duplicates, { kind: "further-document", line: reading.next.line + 1 }];
}

function unknownField({ path, at }: DecodeProblem): ConfigurationRemark {
  return { kind: "unknown-field", path, line: at.line + 1 };
}

function refused(refusal: RefusalOfConfigMap, at: Mark | undefined, remarks: readonly ConfigurationRemark[]): Refused {
  const position: TextPosition | undefined =
    at === undefined ? undefined : { line: at.line + 1, column: at.column + 1 };
  return { kind: "refused", refusal, ...(position === undefined ? {} : { position }), remarks };
}

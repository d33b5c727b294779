import { dump } from "js-yaml";
import type { KubeadmRun, Machine } from "../cluster/evidence";
import type { Budget } from "../machine/budget";
import type { Content } from "../machine/content";
import type { FileOperation } from "../machine/file-operation";
import type { Source } from "../machine/source";
import { urnName } from "../machine/urn";
import { readShellText } from "../shell/read-shell-text";
import type { ShellReading } from "../shell/shell-reading";
import { UNKNOWN, type Unknown } from "../shell/unknown";
import type { KubeadmConfig } from "./kubeadm-config";
import { type FindResource, NOTHING_READ, type Reader, type Reading } from "./reader";
import type { StackResource } from "./stack-resource";
import { type Files, joinReadings, mightWriteAnywhere, newFiles } from "./user-data/readings";
import { writtenFiles } from "./user-data/written-files";
import { Asset, at, isRecord, stringAt, type Value, type ValueRecord } from "./value";

/**
 * Nodes that Cluster API makes: the files and commands of KubeadmControlPlane and KubeadmConfig, and the external etcd
 * files that its bootstrap provider writes from the Secrets `<cluster>-etcd` and `<cluster>-apiserver-etcd-client`
 * (cluster-api, util/secret/certificates.go and bootstrap/kubeadm/pkg/cloudinit at 2026-08). Without these Secrets it
 * makes no node at all, so each node that there is has the files.
 */
export const clusterApi: Reader = {
  id: "cluster-api",
  reads: (type) => TYPE.test(type),
  read: (resource, find, budget) => {
    const spec = controlPlaneSpec(resource);
    return spec === undefined ? NOTHING_READ : readSpec(resource, spec, find, budget);
  },
};

const TYPE =
  /^kubernetes:(controlplane\.cluster\.x-k8s\.io\/v\w+:KubeadmControlPlane|bootstrap\.cluster\.x-k8s\.io\/v\w+:KubeadmConfig(Template)?)$/;

/**
 * The ClusterConfiguration of a KubeadmControlPlane or a KubeadmConfig in the form of a kubeadm-config: kubeadm itself
 * makes the ConfigMap from it, later. `undefined` where the resource carries none.
 */
export function clusterApiConfiguration(resource: StackResource): KubeadmConfig | undefined {
  const spec = TYPE.test(resource.type) ? controlPlaneSpec(resource) : undefined;
  const configuration = at(spec, "clusterConfiguration");
  if (configuration === undefined || configuration === null) return undefined;
  const name = stringAt(shown(resource), "metadata", "name");
  const selectors = [resource.urn, resource.name, ...(typeof name === "string" ? [name] : [])];
  const version = stringAt(shown(resource), "spec", "version");
  const plain = plainOf(at(configuration, "etcd"));
  if (configuration === UNKNOWN || plain === UNKNOWN) {
    const waitsFor = (resource.propertyDependencies["spec"] ?? []).map(urnName);
    return { resource, text: { kind: "unknown-until-update", waitsFor }, selectors };
  }
  const text = dump({
    apiVersion: apiVersionFor(version),
    kind: "ClusterConfiguration",
    ...Object.fromEntries(
      KEPT.map((key) => [key, plainOf(at(configuration, key))]).filter(([, value]) => isKnown(value)),
    ),
    ...(typeof version === "string" ? { kubernetesVersion: version } : {}),
  });
  return { resource, text: { kind: "text", text }, selectors };
}

/** Fields that have the same shape in Cluster API's own versions of the type and in kubeadm's. */
const KEPT = ["etcd", "certificatesDir", "clusterName", "controlPlaneEndpoint", "networking"];

function isKnown(value: unknown): boolean {
  return value !== undefined && value !== null && value !== UNKNOWN;
}

/** The kubeadm API in which Cluster API writes for a release (bootstrap/kubeadm/pkg/types/utils.go): v1beta4 from 1.31 on. */
function apiVersionFor(version: string | Unknown | undefined): string {
  const minor = typeof version === "string" ? /^v?1\.(\d+)\./.exec(version)?.[1] : undefined;
  return `kubeadm.k8s.io/${minor !== undefined && Number(minor) < 31 ? "v1beta3" : "v1beta4"}`;
}

function shown(resource: StackResource): ValueRecord {
  return Object.keys(resource.inputs).length > 0 ? resource.inputs : resource.outputs;
}

/** The KubeadmConfigSpec of what makes control-plane nodes; `undefined` for workers. */
function controlPlaneSpec(resource: StackResource): Value | undefined {
  const object = shown(resource);
  if (resource.type.endsWith(":KubeadmControlPlane")) {
    const spec = at(object, "spec", "kubeadmConfigSpec");
    return spec === undefined && Object.keys(object).length === 0 ? UNKNOWN : spec;
  }
  const spec = resource.type.endsWith("Template") ? at(object, "spec", "template", "spec") : at(object, "spec");
  const marks = [
    at(spec, "clusterConfiguration"),
    at(spec, "initConfiguration"),
    at(spec, "joinConfiguration", "controlPlane"),
  ];
  return marks.some((mark) => mark !== undefined && mark !== null) ? spec : undefined;
}

function readSpec(resource: StackResource, spec: Value, find: FindResource, budget: Budget | undefined): Reading {
  const source: Source = { name: resource.name, kind: resource.type, urn: resource.urn };
  const machine: Machine = { by: "resource", urn: resource.urn };
  const { operations, kubeadm } =
    spec === UNKNOWN
      ? mightWriteAnywhere({ id: "property-unknown-until-update", data: { property: "spec" } })
      : play(resource, spec, find, budget);
  const runs: KubeadmRun[] = [INIT, ...kubeadm].map((run) => ({ ...run, source, machine }));
  return { evidence: operations.length === 0 ? [] : [{ source, machine, operations }], kubeadmRuns: runs };
}

/** What Cluster API runs on the first of the nodes; it brings the certificates to the others itself. */
const INIT = {
  command: "init",
  config: true,
  uploadCerts: false,
  certificateKey: false,
  flags: [],
} as const satisfies Omit<KubeadmRun, "source" | "machine">;

function play(resource: StackResource, spec: Value, find: FindResource, budget: Budget | undefined): ShellReading {
  const files = newFiles(budget);
  const boot = commands(at(spec, "bootCommands"), files);
  const written = [...externalEtcdFiles(resource, spec, find), ...specFiles(at(spec, "files"), files)];
  return joinReadings([
    boot,
    { operations: written, kubeadm: [], remote: [], unread: [] },
    commands(at(spec, "preKubeadmCommands"), files),
    commands(at(spec, "postKubeadmCommands"), files),
  ]);
}

function commands(list: Value, files: Files): ShellReading {
  if (list === undefined || list === null) return joinReadings([]);
  const lines: readonly Value[] = Array.isArray(list) ? list : [UNKNOWN];
  const known = lines.filter((line) => typeof line === "string");
  const reading =
    known.length === 0
      ? joinReadings([])
      : readShellText(known.join("\n"), { user: "root", workingDirectory: "/", files, budget: files.budget });
  if (known.length === lines.length) return reading;
  return joinReadings([
    reading,
    mightWriteAnywhere({ id: "property-unknown-until-update", data: { property: "one-command" } }),
  ]);
}

function specFiles(list: Value, files: Files): readonly FileOperation[] {
  if (list === undefined || list === null) return [];
  const entries: readonly Value[] = Array.isArray(list) ? list : [UNKNOWN];
  return entries.flatMap((entry) => specFile(entry, files));
}

/** One of `files`: cloud-init's write_files with `contentFrom` besides. */
function specFile(entry: Value, files: Files): readonly FileOperation[] {
  const path = stringAt(entry, "path");
  if (!isRecord(entry) || path === UNKNOWN || path === undefined) {
    return [
      {
        do: "might-write",
        scope: { kind: "anywhere" },
        reason: { id: "path-unknown-until-update", data: { of: "one-file" } },
      },
    ];
  }
  const content = entry["content"];
  // Content of a Secret, or of a Go template, comes from elsewhere; so does what is not known yet.
  const elsewhere = entry["contentFrom"] !== undefined || entry["contentFormat"] === "Template" || content === UNKNOWN;
  const written = writtenFiles([{ ...entry, ...(elsewhere ? { source: { uri: "elsewhere" } } : {}) }], files);
  if (content !== UNKNOWN) return written;
  const planned: Content = { kind: "unknown-until-update", waitsFor: [] };
  return written.map((operation) => (operation.do === "put" ? { ...operation, content: planned } : operation));
}

/** The files that the bootstrap provider writes before all others (Certificates.AsFiles). */
function externalEtcdFiles(resource: StackResource, spec: Value, find: FindResource): readonly FileOperation[] {
  const external = at(spec, "clusterConfiguration", "etcd", "external");
  const client = secret(resource, "apiserver-etcd-client", find);
  return [
    ...certificateFile(stringAt(external, "caFile"), "0640", contentOf(secret(resource, "etcd", find), "tls.crt")),
    ...certificateFile(stringAt(external, "certFile"), "0640", contentOf(client, "tls.crt")),
    ...certificateFile(stringAt(external, "keyFile"), "0600", contentOf(client, "tls.key")),
  ];
}

function certificateFile(
  path: string | Unknown | undefined,
  mode: string,
  content: Content | undefined,
): readonly FileOperation[] {
  if (path === undefined || path === "" || content === undefined) return [];
  if (path === UNKNOWN) {
    return [
      {
        do: "might-write",
        scope: { kind: "external-etcd-files" },
        reason: { id: "path-unknown-until-update", data: { of: "external-etcd-files" } },
      },
    ];
  }
  return [{ do: "put", to: { kind: "file", path }, content, mode }];
}

/** The Secret of a purpose, if the resource depends on it. */
function secret(resource: StackResource, purpose: string, find: FindResource): StackResource | undefined {
  const cluster = stringAt(shown(resource), "metadata", "labels", "cluster.x-k8s.io/cluster-name");
  return resource.dependencies
    .flatMap((urn) => find(urn) ?? [])
    .find((one) => {
      const name = one.type === "kubernetes:core/v1:Secret" ? stringAt(shown(one), "metadata", "name") : undefined;
      if (typeof name !== "string") return false;
      if (typeof cluster === "string") return name === `${cluster}-${purpose}`;
      return name.endsWith(`-${purpose}`) && !(purpose === "etcd" && name.endsWith("-apiserver-etcd-client"));
    });
}

/** What a key of the Secret holds; `undefined` where it surely has no such key, for which no file is written. */
function contentOf(from: StackResource | undefined, key: string): Content | undefined {
  if (from === undefined) return { kind: "not-shown" };
  const plain = stringAt(shown(from), "stringData", key);
  const encoded = stringAt(shown(from), "data", key);
  if (plain === UNKNOWN || encoded === UNKNOWN)
    return { kind: "unknown-until-update", waitsFor: [`the Secret ${from.name}`] };
  if (plain !== undefined) return { kind: "text", text: plain };
  return encoded === undefined ? undefined : { kind: "text", text: Buffer.from(encoded, "base64").toString("utf8") };
}

/** The value without the pack's own kinds; UNKNOWN if any part of it is unknown. */
function plainOf(value: Value): unknown {
  if (value === UNKNOWN || value instanceof Asset) return UNKNOWN;
  if (Array.isArray(value)) {
    const elements: readonly Value[] = value;
    const plain = elements.map(plainOf);
    return plain.includes(UNKNOWN) ? UNKNOWN : plain;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => [key, plainOf(one)]);
  return entries.some(([, one]) => one === UNKNOWN)
    ? UNKNOWN
    : Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

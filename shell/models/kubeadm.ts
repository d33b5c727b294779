import { loadAll, YAML11_SCHEMA } from "js-yaml";
import type { FileOperation } from "../../machine/file-operation";
import type { KubeadmInvocation } from "../../machine/kubeadm-invocation";
import { join, normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import {
  absolute,
  dependsOn,
  emptied,
  mightRemove,
  mightWrite,
  NOT_SHOWN,
  write,
  writtenFilesUnknown,
} from "../file-operations";
import { type Options, readOptions } from "../options";
import { EMPTY, hole, literalOf, type Text } from "../text";

/** Where kubeadm keeps its certificates unless told otherwise (constants.go, DefaultCertificatesDir). */
const PKI = "/etc/kubernetes/pki";

/** kubeadm: the runs that policies ask about, and the files that its phases write or take away. */
export function kubeadm(call: Call): Outcome {
  const options = readOptions(call.args, { values: "v", longValues: VALUES });
  const words = options.operands.map((word) => literalOf(word) ?? "");
  const outcome = outcomeOf(call, options, words, configOf(call, options));
  return { stdout: hole("the output of kubeadm"), ...outcome };
}

function outcomeOf(call: Call, options: Options, words: readonly string[], config: ConfigFile): Outcome {
  const [command, second, third] = words;
  // It prints what it would do, and may write copies of certificates to a temporary folder.
  if (isSet(options, "dry-run")) return {};
  if (command === "init" && second === "phase") return initPhase(call, options, words, config);
  if (command === "init")
    return { kubeadm: [invocation("init", call, options, config)], operations: uploadedConfig(call, options) };
  if (command === "join" && second === "phase") {
    if (third !== "control-plane-prepare") return {};
    const reason: Reason = { id: "kubeadm-single-phase", data: {} };
    return {
      kubeadm: [{ ...invocation("join-control-plane", call, options, config), undecided: reason }],
      ...copied(reason),
    };
  }
  if (command === "join") return joined(call, options, config);
  if (command === "upgrade" && (second === "apply" || second === "node")) {
    const version = second === "apply" && third !== undefined && third !== "" ? { version: third } : {};
    return {
      kubeadm: [{ ...invocation("upgrade", call, options, config), ...version }],
      operations: second === "apply" ? uploadedByUpgrade(call, options, third ?? "") : [],
    };
  }
  const folder = certificatesDirectory(call, options, config);
  if (command === "reset") {
    // Which folder it is, only the file that is not shown says.
    return { operations: folder === undefined ? mightRemove([PKI], "kubeadm reset") : emptied(folder) };
  }
  if (command === "certs" && second === "generate-csr") {
    const path = folder === undefined ? EMPTY : [folder];
    return { operations: [mightWrite(path, writtenFilesUnknown("kubeadm certs generate-csr"))] };
  }
  return {};
}

function initPhase(call: Call, options: Options, words: readonly string[], config: ConfigFile): Outcome {
  const [, , phase, part] = words;
  if (phase === "upload-config" && (part === "all" || part === "kubeadm"))
    return { operations: uploadedConfig(call, options) };
  if (phase === "upload-certs") return { kubeadm: [invocation("upload-certs", call, options, config)] };
  if (phase === "certs" && part !== undefined) return { operations: certificates(call, options, part, config) };
  return {};
}

/** The ConfigMap that kubeadm makes of the file which `--config` names (cmd/phases/init/uploadconfig.go). */
function uploadedConfig(call: Call, options: Options): readonly FileOperation[] {
  const skipped = (literalOf(options.value("skip-phases") ?? EMPTY) ?? "").split(",");
  const isLeftOut = skipped.some((phase) => phase === "upload-config" || phase === "upload-config/kubeadm");
  if (isLeftOut) return [];
  const file = configFile(call, options);
  return file === undefined ? [] : [{ do: "upload-config", ...file, form: { kind: "kubeadm" } }];
}

/** The last release whose `upgrade apply --config` takes the ClusterConfiguration from the file. */
const LAST_TO_RECONFIGURE = 29;

/**
 * The ConfigMap that `kubeadm upgrade apply VERSION --config FILE` makes: up to 1.29 kubeadm takes all from a file that holds its
 * kinds and uploads that in the end (kubeadm 1.27, cmd/upgrade/common.go loadConfig); from 1.30 on it reads the UpgradeConfiguration
 * alone and fails without one (1.30, util/config/upgradeconfiguration.go). kubeadm upgrades to its own minor version.
 */
function uploadedByUpgrade(call: Call, options: Options, version: string): readonly FileOperation[] {
  const [, minor] = /^v?1\.(\d+)(?:\.|$)/.exec(version) ?? [];
  if (minor !== undefined && Number(minor) > LAST_TO_RECONFIGURE) return [];
  const file = configFile(call, options);
  const form = { kind: "kubeadm-upgrade", isSure: minor !== undefined } as const;
  return file === undefined ? [] : [{ do: "upload-config", ...file, form }];
}

/** kubeadm join: as a worker, unless a flag or the configuration file says control plane. */
function joined(call: Call, options: Options, config: ConfigFile): Outcome {
  const open = openQuestion(options, config);
  const controlPlane =
    options.has("control-plane", "experimental-control-plane") || (config.kind === "shown" && config.controlPlane);
  if (!controlPlane && open === undefined) return { kubeadm: [invocation("join-worker", call, options, config)] };
  const run = invocation("join-control-plane", call, options, config);
  const runs = [controlPlane || open === undefined ? run : { ...run, undecided: open }];
  // kubeadm download-certs writes the three files where the ConfigMap has them (phases/copycerts/copycerts.go).
  if (run.certificateKey) return { kubeadm: runs, ...copied({ id: "kubeadm-certs-download", data: {} }) };
  return open === undefined ? { kubeadm: runs } : { kubeadm: runs, ...copied(open) };
}

/** What hides how a node joins: a file, or words that may hold more flags. */
function openQuestion(options: Options, config: ConfigFile): Reason | undefined {
  if (config.kind === "not-shown") return { id: "kubeadm-config-file-not-shown", data: { command: "kubeadm join" } };
  // Beside a token or a discovery file the first operand is the API server's address.
  const discovers = options.has("token", "discovery-token", "discovery-file", "config");
  const open = options.operands.slice(discovers ? 2 : 1).find((word) => literalOf(word) === undefined);
  return open === undefined ? undefined : { id: "kubeadm-arguments-unknown", data: { dependsOn: dependsOn(open) } };
}

function copied(reason: Reason): Pick<Outcome, "operations"> {
  return { operations: [{ do: "might-write", scope: { kind: "external-etcd-files" }, reason }] };
}

function invocation(
  command: KubeadmInvocation["command"],
  call: Call,
  options: Options,
  config: ConfigFile,
): KubeadmInvocation {
  const name = options.has("node-name")
    ? literalOf(options.value("node-name") ?? EMPTY)
    : config.kind === "shown"
      ? config.nodeName
      : undefined;
  return {
    command,
    config: config.kind !== "none",
    uploadCerts:
      command === "upload-certs" || isSet(options, "upload-certs") || isSet(options, "experimental-upload-certs"),
    certificateKey: options.has("certificate-key") || (config.kind === "shown" && config.certificateKey),
    flags: flagsOf(call.args),
    ...(name === undefined || name === "" ? {} : { nodeName: name }),
  };
}

/** A switch that is given, and not as `--name=false`. */
function isSet(options: Options, name: string): boolean {
  return options.has(name) && literalOf(options.value(name) ?? EMPTY) !== "false";
}

/** The flags that were given, without `--config` and without values. */
function flagsOf(args: readonly Text[]): readonly string[] {
  const flags = args.flatMap((arg) => {
    const [first] = arg;
    return typeof first === "string" && first.startsWith("-") && first.length > 1 ? [first.split("=")[0] ?? first] : [];
  });
  return flags.filter((flag) => flag !== "--config" && flag !== "--");
}

/** The files of `kubeadm init phase certs NAME` below the certificates' folder (phases/certs/certlist.go). */
const CERTIFICATES: Readonly<Record<string, readonly string[]>> = {
  ca: ["ca.crt", "ca.key"],
  apiserver: ["apiserver.crt", "apiserver.key"],
  "apiserver-kubelet-client": ["apiserver-kubelet-client.crt", "apiserver-kubelet-client.key"],
  "front-proxy-ca": ["front-proxy-ca.crt", "front-proxy-ca.key"],
  "front-proxy-client": ["front-proxy-client.crt", "front-proxy-client.key"],
  "etcd-ca": ["etcd/ca.crt", "etcd/ca.key"],
  "etcd-server": ["etcd/server.crt", "etcd/server.key"],
  "etcd-peer": ["etcd/peer.crt", "etcd/peer.key"],
  "etcd-healthcheck-client": ["etcd/healthcheck-client.crt", "etcd/healthcheck-client.key"],
  "apiserver-etcd-client": ["apiserver-etcd-client.crt", "apiserver-etcd-client.key"],
  sa: ["sa.key", "sa.pub"],
};

/** With external etcd kubeadm makes none of these (cmd/phases/init/certs.go). */
const OF_ETCD = ["etcd-ca", "etcd-server", "etcd-peer", "etcd-healthcheck-client", "apiserver-etcd-client"];

function certificates(call: Call, options: Options, part: string, config: ConfigFile): readonly FileOperation[] {
  const parts = part === "all" ? Object.keys(CERTIFICATES) : [part];
  const folder = certificatesDirectory(call, options, config);
  return parts.flatMap((name) => {
    const files = Object.hasOwn(CERTIFICATES, name) ? (CERTIFICATES[name] ?? []) : [];
    if (OF_ETCD.includes(name) && config.kind === "shown" && config.externalEtcd) return [];
    const sure = folder !== undefined && (config.kind !== "not-shown" || !OF_ETCD.includes(name));
    if (sure) return files.flatMap((file) => write([join(folder, file)], NOT_SHOWN));
    const reason: Reason = { id: "kubeadm-config-file-not-shown", data: { command: "kubeadm init phase certs" } };
    return files.map(
      (file): FileOperation => ({
        do: "might-write",
        scope:
          folder === undefined
            ? { kind: "named", name: file.slice(file.lastIndexOf("/") + 1) }
            : { kind: "below", path: join(folder, file) },
        reason,
      }),
    );
  });
}

/** The certificates' folder: a flag, the configuration, the default; `undefined` where it is not known. */
function certificatesDirectory(call: Call, options: Options, config: ConfigFile): string | undefined {
  const flag = options.value("cert-dir");
  if (flag !== undefined) {
    const path = literalOf(absolute(flag, call.directory));
    return path === undefined ? undefined : normalize(path);
  }
  if (config.kind === "not-shown") return undefined;
  return config.kind === "shown" && config.certificatesDir !== undefined ? normalize(config.certificatesDir) : PKI;
}

/** What a file given by `--config` says, as far as these models ask. */
type ConfigFile =
  | { readonly kind: "none" | "not-shown" }
  | {
      readonly kind: "shown";
      readonly controlPlane: boolean;
      readonly certificateKey: boolean;
      readonly externalEtcd: boolean;
      readonly certificatesDir: string | undefined;
      readonly nodeName: string | undefined;
    };

/** The longest configuration that is parsed: kubeadm's own are a few kilobytes. */
const LONGEST_CONFIG = 131_072;

function configOf(call: Call, options: Options): ConfigFile {
  const file = configFile(call, options);
  if (file === undefined) return { kind: "none" };
  const { text } = file;
  return text === undefined || text.length > LONGEST_CONFIG ? { kind: "not-shown" } : configIn(text);
}

/** The file that `--config` names: where it is, and its text where the script itself shows that. */
function configFile(
  call: Call,
  options: Options,
): { readonly path: string | undefined; readonly text: string | undefined } | undefined {
  const file = options.value("config");
  if (file === undefined) return undefined;
  const path = literalOf(absolute(file, call.directory));
  if (literalOf(file) === "-" || path === "/dev/stdin") return { path: "/dev/stdin", text: literalOf(call.stdin) };
  if (path === undefined) return { path: undefined, text: undefined };
  return { path: normalize(path), text: call.textOf(normalize(path)) };
}

function configIn(text: string): ConfigFile {
  let documents: readonly unknown[];
  try {
    documents = loadAll(text, { schema: YAML11_SCHEMA });
  } catch {
    return { kind: "not-shown" };
  }
  const of = (kind: string) => documents.find((document) => field(document, "kind") === kind);
  const join_ = of("JoinConfiguration");
  const init = of("InitConfiguration");
  const cluster = of("ClusterConfiguration");
  const controlPlane = field(join_, "controlPlane");
  const isText = (value: unknown) => typeof value === "string" && value !== "";
  return {
    kind: "shown",
    controlPlane: typeof controlPlane === "object" && controlPlane !== null,
    certificateKey: isText(field(controlPlane, "certificateKey")) || isText(field(init, "certificateKey")),
    externalEtcd: typeof field(field(cluster, "etcd"), "external") === "object",
    certificatesDir: textField(cluster, "certificatesDir"),
    nodeName: textField(field(join_ ?? init, "nodeRegistration"), "name"),
  };
}

function textField(value: unknown, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === "string" ? found : undefined;
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

/** Flags of kubeadm's commands that take a value (kubeadm 1.30, cmd/options). */
const VALUES: readonly string[] = [
  "apiserver-advertise-address",
  "apiserver-bind-port",
  "apiserver-cert-extra-sans",
  "cert-dir",
  "certificate-key",
  "config",
  "control-plane-endpoint",
  "cri-socket",
  "discovery-file",
  "discovery-token",
  "discovery-token-ca-cert-hash",
  "feature-gates",
  "ignore-preflight-errors",
  "image-repository",
  "kubeconfig",
  "kubeconfig-dir",
  "kubernetes-version",
  "node-name",
  "patches",
  "pod-network-cidr",
  "rootfs",
  "service-cidr",
  "service-dns-domain",
  "skip-phases",
  "tls-bootstrap-token",
  "token",
  "token-ttl",
  "ttl",
];

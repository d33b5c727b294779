import type { FileOperation, UploadForm } from "../../machine/file-operation";
import { baseName, normalize } from "../../machine/paths";
import type { Call, Outcome } from "../call";
import { absolute, mightWrite, writtenFilesUnknown } from "../file-operations";
import { type Options, readOptions } from "../options";
import { cutAt, EMPTY, firstHole, holdsEditedConfig, hole, literalOf, type Text } from "../text";
import { KUBECTL_VALUES } from "./value-options";

/** kubectl: what it makes the kubeadm-config of; nothing else that it does is a file of a node. */
export function kubectl(call: Call): Outcome {
  const options = readOptions(call.args, { values: "nfockplsvL", longValues: KUBECTL_VALUES });
  const [verb = "", kind = "", name = ""] = options.operands.map((word) => literalOf(word) ?? "");
  const stdout = hole("the output of kubectl");
  const target = kind.includes("/") ? kind : `${kind}/${name}`;
  const isConfig = /^(?:cm|configmaps?)\/kubeadm-config$/.test(target) && isKubeSystem(options);
  if (ASKS.includes(verb))
    return { stdout: isConfig ? hole("the output of kubectl", { editedConfig: true }) : stdout, asks: true };
  // A Pod of the node's own namespaces may do anything there.
  if (verb === "debug" && /^nodes?\//.test(kind))
    return { unread: { id: "program-not-modeled", data: { program: "kubectl debug" } } };
  if (verb === "cp") return { stdout, operations: copied(call, options.operands.at(-1)) };
  if (!isConfig) return { stdout, operations: isDryRun(options) ? [] : applied(call, options, verb, kind) };
  if (verb === "create") return created(call, options);
  if (verb === "edit") return { stdout, operations: [edited(options)] };
  const isPatch = verb === "patch" && !isDryRun(options);
  return { stdout, operations: isPatch ? patched(call, options) : [] };
}

/** Verbs whose exit code is an answer. */
const ASKS: readonly string[] = ["get", "describe", "wait", "auth", "cluster-info", "version", "diff"];

/** A copy to or from a container: `NAMESPACE/POD:PATH` is there, all else here. */
function copied(call: Call, to: Text | undefined): readonly FileOperation[] {
  if (to === undefined || cutAt(to, ":") !== undefined) return [];
  return [mightWrite(absolute(to, call.directory), writtenFilesUnknown("kubectl cp"))];
}

function isDryRun(options: Options): boolean {
  return options.has("dry-run") && literalOf(options.value("dry-run") ?? EMPTY) !== "none";
}

function isKubeSystem(options: Options): boolean {
  const namespace = options.value("n", "namespace");
  return namespace !== undefined && (literalOf(namespace) ?? "kube-system") === "kube-system";
}

/** `apply -f FILE`, `create -f FILE`, `replace -f FILE`: objects, of which one may be the kubeadm-config. */
function applied(call: Call, options: Options, verb: string, subcommand: string): readonly FileOperation[] {
  if (!["apply", "create", "replace"].includes(verb) || subcommand.endsWith("-last-applied")) return [];
  const namespace = options.value("n", "namespace");
  const context = contextOf(options);
  const form: UploadForm = { kind: "manifest", namespace: namespace && literalOf(namespace), context };
  return options
    .values("f", "filename")
    .flatMap((value) => (literalOf(value) === undefined ? [value] : separated(value)))
    .flatMap((file): readonly FileOperation[] => {
      const found = fileAt(call, file);
      if (found === undefined) return isStdin(call, file) && holdsEditedConfig(call.stdin) ? [edited(options)] : [];
      if (found.configMapOf !== undefined) return [upload(call, found.configMapOf, { kind: "value", context })];
      // Nearly all that kubectl applies is neither the kubeadm-config nor a workload that reaches its node.
      if (found.text !== undefined && !/kubeadm-config|hostPath|hostPID/.test(found.text)) return [];
      return [{ do: "upload-config", path: found.path, text: found.text, form }];
    });
}

function separated(files: Text): readonly Text[] {
  return (literalOf(files) ?? "").split(",").map((file) => [file]);
}

interface Found {
  readonly path: string;
  readonly text: string | undefined;
  /** Where it is a ConfigMap that kubectl printed: the file with its ClusterConfiguration. */
  readonly configMapOf?: string;
}

/** The file that a word names, or what stands for it: standard input, or the file that is printed there. */
function fileAt(call: Call, word: Text): Found | undefined {
  const path = literalOf(absolute(word, call.directory));
  if (!isStdin(call, word))
    return path === undefined || /^https?:/.test(literalOf(word) ?? "")
      ? undefined
      : { path: normalize(path), text: call.textOf(normalize(path)) };
  return standsFor(call, call.stdin);
}

function isStdin(call: Call, word: Text): boolean {
  return literalOf(word) === "-" || literalOf(absolute(word, call.directory)) === "/dev/stdin";
}

/** The kubeadm-config becomes something that only the cluster and an editor know (`kubectl edit`, `get | sed | apply -f -`). */
function edited(options: Options): FileOperation {
  return {
    do: "upload-config",
    path: undefined,
    text: undefined,
    form: { kind: "value", context: contextOf(options) },
  };
}

/** The file whose content a text is. */
function standsFor(call: Call, text: Text): Found | undefined {
  const literal = literalOf(text);
  if (literal !== undefined) return { path: "/dev/stdin", text: literal };
  const [only] = text;
  if (text.length !== 1 || typeof only !== "object") return undefined;
  if (only.configMapOf !== undefined) return { path: "/dev/stdin", text: undefined, configMapOf: only.configMapOf };
  return only.file === undefined ? undefined : { path: only.file, text: call.textOf(only.file) };
}

/** `create configmap kubeadm-config --from-file=ClusterConfiguration=FILE`, or its manifest where it is only printed. */
function created(call: Call, options: Options): Outcome {
  const context = contextOf(options);
  const given = options
    .values("from-literal")
    .map((one) => cutAt(one, "="))
    .find((cut) => cut !== undefined && literalOf(cut.before) === KEY)?.after;
  const file = options
    .values("from-file")
    .map(keyAndFile)
    .find(({ key }) => key === KEY)?.file;
  const found = given === undefined ? file && fileAt(call, file) : standsFor(call, given);
  const path = found?.path;
  if (!isDryRun(options)) {
    const isThere = given !== undefined || file !== undefined;
    const form: UploadForm = { kind: "value", context };
    return { operations: isThere ? [{ do: "upload-config", path, text: found?.text, form }] : [] };
  }
  if (found?.text !== undefined) return { stdout: [manifestOf(found.text)] };
  const configMap = path === undefined ? {} : { configMapOf: path };
  return { stdout: hole("the output of kubectl", configMap) };
}

const KEY = "ClusterConfiguration";

/** `KEY=FILE`, or a file whose name is the key. */
function keyAndFile(value: Text): { readonly key: string | undefined; readonly file: Text } {
  const cut = cutAt(value, "=");
  if (cut !== undefined) return { key: literalOf(cut.before), file: cut.after };
  return { key: baseName(literalOf(value) ?? ""), file: value };
}

/** The ConfigMap as JSON, which YAML holds as well: what kubectl prints means the same. */
function manifestOf(text: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { [KEY]: text },
  });
}

/** `patch configmap kubeadm-config --patch TEXT`, or `--patch-file FILE`. */
function patched(call: Call, options: Options): readonly FileOperation[] {
  const form: UploadForm = { kind: "patch", context: contextOf(options) };
  const file = options.value("patch-file");
  const text = options.value("p", "patch") ?? EMPTY;
  const found = file === undefined ? standsFor(call, text) : fileAt(call, file);
  if (found === undefined && firstHole(text) === undefined) return [];
  return [{ do: "upload-config", path: found?.path, text: found?.text, form }];
}

/** The words that choose the cluster. */
function contextOf(options: Options): string {
  const words = ["context", "kubeconfig", "cluster", "s", "server"].map((name) => options.value(name));
  return words.every((word) => word === undefined) ? "" : JSON.stringify(words);
}

function upload(call: Call, path: string, form: UploadForm): FileOperation {
  return { do: "upload-config", path, text: call.textOf(path), form };
}

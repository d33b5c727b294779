import { baseName, join, normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import { absolute } from "../file-operations";
import { readOptions } from "../options";
import { EMPTY, literalOf, type Text } from "../text";

/** ansible-playbook: what it does on which machines only its inventory and its playbooks say. */
export function ansiblePlaybook(call: Call): Outcome {
  return { unread: playbookRun(call.args, (path) => path, call.directory, null) };
}

/** An image of Kubespray, whatever registry it comes from: `quay.io/kubespray/kubespray:v2.25.0`. */
const KUBESPRAY_IMAGE = /(?:^|\/)kubespray(?::(v\d+\.\d+\.\d+))?(?:@[\w:]+)?$/;

/** `docker run IMAGE ansible-playbook ...` with Kubespray's image; undefined for all else that a container runs. */
export function kubesprayContainer({ args: all, directory }: Pick<Call, "args" | "directory">): Reason | undefined {
  const [command = EMPTY, ...args] = all;
  if (literalOf(command) !== "run") return undefined;
  const at = args.findIndex((arg) => KUBESPRAY_IMAGE.test(literalOf(arg) ?? ""));
  const [, release = null] = KUBESPRAY_IMAGE.exec(literalOf(args[at] ?? EMPTY) ?? "") ?? [];
  const words = args.slice(at + 1);
  if (at < 0 || literalOf(words[0] ?? EMPTY) !== "ansible-playbook") return undefined;
  const mounts = mountsIn(args.slice(0, at), directory);
  return playbookRun(words.slice(1), (path) => outside(path, mounts), ["/kubespray"], release);
}

interface Mount {
  readonly from: string;
  readonly to: string;
}

/** The folders that the options of a container mount: `-v FROM:TO`, `--mount type=bind,source=FROM,dst=TO`. */
function mountsIn(options: readonly Text[], directory: Text): readonly Mount[] {
  return options.flatMap((option) => {
    const word = (literalOf(option) ?? "").replace(/^(?:-v|--volume)=?/, "");
    const [, source] = /(?:^|,)(?:source|src)=([^,]+)/.exec(word) ?? [];
    const [, target] = /(?:^|,)(?:target|dst|destination)=([^,]+)/.exec(word) ?? [];
    const [first, second] = word.split(":");
    const [from, to] = source === undefined ? [first, second] : [source, target];
    const path = from === undefined || from === "" ? undefined : literalOf(absolute([from], directory));
    return path === undefined || to === undefined || !to.startsWith("/") ? [] : [{ from: path, to: normalize(to) }];
  });
}

/** Where a path in a container lies outside of it. */
function outside(path: string, mounts: readonly Mount[]): string {
  const mount = mounts.find(({ to }) => path === to || path.startsWith(`${to}/`));
  return mount === undefined ? path : join(mount.from, path.slice(mount.to.length));
}

/** Kubespray's playbooks that leave its layout behind, by their names since v2.15; removing nodes and resetting are none. */
const KUBESPRAY_PLAYBOOKS = /^(?:cluster|upgrade[-_]cluster|scale|facts)(?:\.ya?ml)?$/;
const COLLECTION = "kubernetes_sigs.kubespray.";
/** Variables of a command line that may move Kubespray's files. */
const MOVES_FILES = /etcd|cert|kube_config_dir|^@/;

function playbookRun(
  args: readonly Text[],
  lies: (path: string) => string,
  directory: Text,
  release: string | null,
): Reason {
  const options = readOptions(args, { values: "ielfMctuTU", longValues: VALUES });
  const inventories = valuesOf(args, ["-i", "--inventory", "--inventory-file"]);
  const [only, another] = inventories.map((word) => literalOf(absolute(word, directory)));
  const inventory =
    only === undefined || another !== undefined || inventories.length !== 1 ? null : lies(normalize(only));
  const playbooks = options.operands.map((word) => literalOf(word) ?? "");
  const moves = valuesOf(args, ["-e", "--extra-vars"]).some((word) => MOVES_FILES.test(literalOf(word) ?? "@"));
  const kubespray = playbooks.length > 0 && !moves && playbooks.every(isKubespray);
  return { id: "ansible-run", data: { inventory, kubespray, release } };
}

function isKubespray(playbook: string): boolean {
  const name = playbook.startsWith(COLLECTION) ? playbook.slice(COLLECTION.length) : baseName(playbook);
  return KUBESPRAY_PLAYBOOKS.test(name);
}

/** All values of an option that may be given several times. */
function valuesOf(args: readonly Text[], names: readonly string[]): readonly Text[] {
  return args.flatMap((arg, index) => {
    const word = literalOf(arg) ?? "";
    if (names.includes(word)) return [args[index + 1] ?? EMPTY];
    const name = names.find(
      (one) => word.startsWith(one.startsWith("--") ? `${one}=` : one) && !word.startsWith("--", one.length),
    );
    return name === undefined || (!name.startsWith("--") && word.startsWith("--"))
      ? []
      : [[word.slice(name.length).replace(/^=/, "")]];
  });
}

const VALUES = [
  ...[
    "inventory",
    "inventory-file",
    "extra-vars",
    "limit",
    "user",
    "private-key",
    "key-file",
    "forks",
    "tags",
    "skip-tags",
  ],
  ...["become-user", "become-method", "vault-password-file", "vault-id", "connection", "timeout", "module-path"],
  ...["ssh-common-args", "ssh-extra-args", "scp-extra-args", "sftp-extra-args", "start-at-task"],
];

import type { FileOperation } from "../../machine/file-operation";
import { baseName, normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write, writtenFilesUnknown } from "../file-operations";
import { readOptions } from "../options";
import { cutAt, EMPTY, hole, literalOf, startsWith, type Text, withoutStart } from "../text";
import { kubesprayContainer } from "./ansible";

/** docker, podman, nerdctl and ctr: a container reaches of this machine the folders that it is given. */
export function container(call: Call): Outcome {
  const options = readOptions(call.args, {
    values: "cHlna",
    longValues: ["context", "host", "config", "log-level", "namespace", "address", "connection", "url", "root"],
    untilOperand: true,
  });
  const [group, ...rest] = options.operands;
  const isGroup = GROUPS.includes(literalOf(group ?? EMPTY) ?? "");
  const [verb, ...args] = isGroup ? rest : options.operands;
  const word = literalOf(verb ?? EMPTY) ?? "";
  const stdout = hole(`the output of ${call.name}`);
  const unread = kubesprayContainer({ args: options.operands, directory: call.directory });
  if (unread !== undefined) return { unread };
  if (word === "run" || word === "create") return { stdout, ...ran(call, word, args) };
  if (word === "cp") return { stdout, operations: copied(call, args) };
  if (word === "save" || word === "export") return { stdout, operations: saved(call, args) };
  const writes = args.some((arg) => /^(?:-o|--output|--iidfile|--metadata-file)/.test(literalOf(arg) ?? "-o"));
  if (HARMLESS.includes(word) || (BUILDS.includes(word) && !writes)) return { stdout };
  return { unread: notModeled(call, word) };
}

/** Words before the verb. */
const GROUPS: readonly string[] = ["container", "containers", "image", "images", "i", "c", "buildx", "builder"];

const HARMLESS: readonly string[] = [
  ...[
    "pull",
    "push",
    "images",
    "image",
    "ps",
    "info",
    "version",
    "login",
    "logout",
    "logs",
    "inspect",
    "network",
    "ls",
  ],
  ...[
    "system",
    "tag",
    "load",
    "stop",
    "restart",
    "rm",
    "rmi",
    "kill",
    "wait",
    "stats",
    "top",
    "port",
    "events",
    "list",
  ],
  ...["history", "search", "diff", "rename", "update", "pause", "unpause", "manifest", "prune", "volume", "", "import"],
];
const BUILDS: readonly string[] = ["build", "use", "bake"];

/** What a message may say of an unknown verb: a word that is neither a name nor a password. */
const VERB = /^(?:build|compose|commit|cp|create|exec|run|snapshot|start|stack|swarm|task)$/;

function notModeled(call: Call, verb: string): Reason {
  return { id: "program-not-modeled", data: { program: `${call.name}${VERB.test(verb) ? ` ${verb}` : ""}` } };
}

/** Options that give a container more than folders. */
const ALL_OF_IT = /^--(?:privileged|device|volumes-from|cap-add|security-opt|rootfs|env-host|systemd)(?:=|$)/;

/** A container may write below each folder that is mounted and not read-only. What it does elsewhere is not known. */
function ran(call: Call, verb: string, args: readonly Text[]): Outcome {
  const reason = notModeled(call, verb);
  // Options and the image's own arguments alike: what looks like a mount is taken for one.
  const mounts = args.flatMap((arg, index) => mountsIn(arg, args[index + 1] ?? EMPTY));
  const sources = mounts.filter((mount) => !isReadOnly(mount)).map((mount) => absolute(mount.from, call.directory));
  const all = args.some((arg) => typeof arg[0] !== "string" || ALL_OF_IT.test(arg[0])) || sources.some(isOfEngine);
  if (all) return { unread: reason };
  return { unread: reason, operations: sources.map((from) => mightWrite(from, reason)) };
}

interface Mount {
  readonly from: Text;
  /** `ro` and its like, as they were given. */
  readonly rest: Text;
}

/** `-v FROM:TO`, `-itv FROM:TO`, `--volume=FROM:TO`, `--mount type=bind,source=FROM,target=TO`; volumes have names and no paths. */
function mountsIn(arg: Text, next: Text): readonly Mount[] {
  const [first] = arg;
  if (typeof first !== "string" || !first.startsWith("-")) return [];
  const long = /^--(?:volume|mount)(=)?/.exec(first);
  const short = /^-[a-z]*?v=?/i.exec(first);
  if (first.startsWith("--") ? long === null : short === null) return [];
  const cut = withoutStart(arg, (long ?? short)?.[0].length ?? 0);
  const value = cut.length > 0 ? cut : next;
  if (first.startsWith("--mount")) {
    const from = ["source=", "src="].map((key) => cutAt(value, key)?.after).find((one) => one !== undefined);
    const isBind = from !== undefined && !startsWith(value, "type=volume") && !startsWith(value, "type=tmpfs");
    const end = from === undefined ? undefined : cutAt(from, ",");
    return isBind ? [{ from: end?.before ?? from, rest: value }] : [];
  }
  const end = cutAt(value, ":");
  if (end === undefined) return [];
  const isPath = typeof end.before[0] !== "string" || /^[/.~]/.test(end.before[0]);
  return isPath ? [{ from: end.before, rest: end.after }] : [];
}

function isReadOnly({ rest }: Mount): boolean {
  return /(?:[:,](?:ro|readonly)(?:[:,]|$))/.test(literalOf(rest) ?? "");
}

/** What speaks to the engine on this machine may have it do anything. */
function isOfEngine(mounted: Text): boolean {
  const literal = literalOf(mounted);
  if (literal === undefined) return false;
  const path = normalize(literal);
  return (
    /^\/(?:var\/)?run$/.test(path) || (path.endsWith(".sock") && /docker|podman|containerd|crio/.test(baseName(path)))
  );
}

/** `cp CONTAINER:PATH TO`, or the other way round. */
function copied(call: Call, args: readonly Text[]): readonly FileOperation[] {
  const to = args.at(-1);
  if (to === undefined || literalOf(to) === "-" || cutAt(to, ":") !== undefined) return [];
  return [mightWrite(absolute(to, call.directory), writtenFilesUnknown(`${call.name} cp`))];
}

/** `save -o FILE`, `export --output FILE`. */
function saved(call: Call, args: readonly Text[]): readonly FileOperation[] {
  const file = readOptions(args, { values: "o", longValues: ["output"] }).value("o", "output");
  return file === undefined ? [] : write(absolute(file, call.directory), NOT_SHOWN);
}

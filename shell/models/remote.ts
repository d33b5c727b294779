import type { FileOperation } from "../../machine/file-operation";
import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import { absolute, fill, mightWrite, NOT_SHOWN, nameOf, place, type TargetForm } from "../file-operations";
import { homeOf } from "../home-of";
import { type OptionSpec, type Options, readOptions } from "../options";
import { cutAt, EMPTY, endsWith, joined, literalOf, startsWith, type Text, withoutStart } from "../text";
import { rsyncOnOneMachine, rsyncOperations } from "./copying";
import { RSYNC_VALUES } from "./value-options";

const SSH: OptionSpec = {
  values: "bcDEeFIiJLlmOoPpQRSWwB",
  switches: "46AaCfGgKkMNnqsTtVvXxYy",
  longSwitches: [],
  untilOperand: true,
};

/**
 * ssh HOST COMMAND: the words joined by spaces are a script there; without words, standard input is. Options may follow the
 * host, and of the same twice the first one counts (OpenSSH, ssh.c).
 */
export function ssh(call: Call): Outcome {
  const { operands } = readOptions(call.args, SSH);
  const [target, ...rest] = operands;
  const options = readOptions([...call.args.slice(0, call.args.length - operands.length), ...rest], SSH);
  if (options.isUnknown) return { unread: notModeled(call) };
  if (target === undefined) return {};
  const words = options.operands;
  const { host: named, user, port } = accountOf(target);
  // `-o HostName=ADDRESS` goes there, whatever it is called.
  const host = named === undefined ? undefined : (optionNamed("hostname", options) ?? named);
  const script = words.length === 0 ? call.stdin : joined(...words.flatMap((word) => [word, [" "]]));
  const login = options.values("l")[0] ?? textOption("user", options);
  return {
    remote: {
      host,
      user: user ?? (login === undefined ? undefined : literalOf(login)),
      ...portOf(options.values("p")[0] ?? textOption("port", options) ?? port),
      script,
    },
    stdout: [{ why: "the output of ssh" }],
  };
}

/** scp FROM... [USER@]HOST:PATH. What comes the other way is a file of this machine. */
export function scp(call: Call): Outcome {
  const options = readOptions(call.args, { values: "cDFiJloPSX", switches: "346ABCOpqRrsTv", longSwitches: [] });
  if (options.isUnknown) return { unread: notModeled(call) };
  return transfer(call, options.operands, options.has("r"), options.value("P") ?? textOption("port", options));
}

/** rsync, to another machine or on this one. */
export function rsync(call: Call): Outcome {
  const options = readOptions(call.args, { values: "efTBM", longValues: RSYNC_VALUES });
  if (options.has("n", "dry-run", "list-only", "only-write-batch")) return {};
  const target = options.operands.at(-1);
  const sources = options.operands.slice(0, -1);
  if (target === undefined || sources.length === 0) return {};
  if ([...sources, target].every((operand) => remotePart(operand) === undefined))
    return rsyncOnOneMachine(call, sources, target, options);
  const words = (literalOf(options.value("e", "rsh") ?? EMPTY) ?? "").split(/\s+/);
  const port = words[words.indexOf("-p") + 1];
  const recursive = options.has("a", "r", "archive", "recursive");
  const outcome = transfer(
    call,
    options.operands,
    recursive,
    words.includes("-p") && port !== undefined ? [port] : undefined,
  );
  const remote = outcome.remote;
  if (remote === undefined || remote.operations === undefined) return outcome;
  if (remotePart(target)?.isModule === true) return outcome;
  const to = absolute(remotePart(target)?.path ?? EMPTY, homeOf(remote.user));
  return { ...outcome, remote: { ...remote, operations: rsyncOperations(to, options, remote.operations) } };
}

/** Copies between this machine and another, as scp and rsync write it. */
function transfer(call: Call, operands: readonly Text[], recursive: boolean, port: Text | undefined): Outcome {
  const last = operands.at(-1);
  const sources = operands.slice(0, -1);
  if (last === undefined || sources.length === 0) return {};
  const remote = remotePart(last);
  if (remote === undefined) {
    const target = absolute(last, call.directory);
    return {
      operations: sources.map((source) => landing(target, formOf(last, sources), source, recursive, NOT_SHOWN)),
    };
  }
  const { host, user } = accountOf(remote.account);
  // A module of an rsync daemon is a folder that only its own configuration names.
  if (remote.isModule === true) {
    const reason: Reason = { id: "written-files-unknown", data: { program: "rsync" } };
    return { remote: { host, user, operations: [{ do: "might-write", scope: { kind: "anywhere" }, reason }] } };
  }
  const target = absolute(remote.path, homeOf(user));
  return {
    remote: {
      host,
      user,
      ...portOf(port),
      operations: sources.map((source) =>
        landing(target, formOf(remote.path, sources), source, recursive, localContent(call, source)),
      ),
    },
  };
}

function formOf(target: Text, sources: readonly Text[]): TargetForm {
  return sources.length > 1 || endsWith(target, "/") || target.length === 0 ? "into" : "file-or-into";
}

/** One source lands: a file under its name, or, where it may be a folder, anything below the target. */
function landing(target: Text, form: TargetForm, source: Text, recursive: boolean, content: Text): FileOperation {
  const path = remotePart(source)?.path ?? source;
  const name = nameOf(path);
  // With -r or -a only the name tells a file from a folder: `ca.pem` from `certs`.
  const file = !endsWith(path, "/") && name !== undefined && (!recursive || name.lastIndexOf(".") > 0);
  return file
    ? place(target, form, name, (to) => fill(to, content))
    : mightWrite(target, { id: "copied-files-unknown", data: { what: "folder", folder: null } });
}

/** What is known of a file on this machine that goes to another. */
function localContent(call: Call, source: Text): Text {
  const path = literalOf(absolute(source, call.directory));
  const text = path === undefined ? undefined : call.textOf(path);
  return text === undefined ? NOT_SHOWN : [text];
}

interface RemotePart {
  readonly account: Text;
  readonly path: Text;
  /** Set where the path begins with the name of a module of an rsync daemon. */
  readonly isModule?: true;
}

/** `scp://user@host:port/path`, whose path starts at the user's home unless it has two slashes. */
function partOfUrl(rest: Text, isModule: boolean): RemotePart {
  const cut = cutAt(rest, "/") ?? { before: rest, after: EMPTY };
  const [account = EMPTY] = [cutAt(cut.before, ":")?.before ?? cut.before];
  return { account, path: cut.after, ...(isModule ? { isModule } : {}) };
}

/** `user@host:path`; a colon after a slash belongs to a path. */
function remotePart(operand: Text): RemotePart | undefined {
  const url = ["scp://", "sftp://", "rsync://"].find((scheme) => startsWith(operand, scheme));
  if (url !== undefined) return partOfUrl(withoutStart(operand, url.length), url === "rsync://");
  if (startsWith(operand, "[")) {
    const address = cutAt(operand, "]:");
    return address === undefined ? undefined : { account: joined(address.before, ["]"]), path: address.after };
  }
  const bracket = cutAt(operand, "]:");
  if (bracket !== undefined) return { account: joined(bracket.before, ["]"]), path: bracket.after };
  const module = cutAt(operand, "::");
  if (module !== undefined && !startsWith(operand, "/"))
    return { account: module.before, path: module.after, isModule: true };
  const cut = cutAt(operand, ":");
  if (cut === undefined || cut.before.some((piece) => typeof piece === "string" && piece.includes("/")))
    return undefined;
  return { account: cut.before, path: cut.after };
}

/** `user@host`, also as an ssh:// URL, with its port, and with brackets around an IPv6 address. */
function accountOf(word: Text): {
  readonly host: string | undefined;
  readonly user: string | undefined;
  readonly port: Text | undefined;
} {
  const url = cutAt(word, "ssh://")?.after;
  const plain = url ?? word;
  const cut = cutAt(plain, "@");
  const text = literalOf(cut?.after ?? plain);
  const [, before, port] = (url === undefined ? null : /^(.*):(\d+)$/.exec(text ?? "")) ?? [];
  const host = before ?? text;
  return {
    host: host?.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host,
    user: cut === undefined ? undefined : literalOf(cut.before),
    port: port === undefined ? undefined : [port],
  };
}

/** The value of `-o Name=VALUE`, whose name has no case. */
function optionNamed(name: string, options: Options): string | undefined {
  const values = options.values("o").map((value) => literalOf(value) ?? "");
  const found = values.find((value) => value.toLowerCase().replace(/[ =].*$/s, "") === name);
  return found?.slice(name.length + 1);
}

function textOption(name: string, options: Options): Text | undefined {
  const value = optionNamed(name, options);
  return value === undefined ? undefined : [value];
}

/** What an option that is not known turns the words into may be any machine. */
function notModeled({ name }: Call): Reason {
  return { id: "program-not-modeled", data: { program: name } };
}

/** The port, where it is known and not the one that ssh takes anyway. */
function portOf(given: Text | undefined): { readonly port?: number } {
  const port = Number(literalOf(given ?? EMPTY) ?? "");
  return Number.isInteger(port) && port > 0 && port !== 22 ? { port } : {};
}

import type { FileOperation } from "../../machine/file-operation";
import type { Call, Outcome } from "../call";
import { absolute, fill, mightWrite, NOT_SHOWN, nameOf, place, type TargetForm } from "../file-operations";
import { homeOf } from "../home-of";
import { readOptions } from "../options";
import { cutAt, EMPTY, endsWith, joined, literalOf, startsWith, type Text } from "../text";
import { rsyncOnOneMachine, rsyncOperations } from "./copying";
import { RSYNC_VALUES } from "./value-options";

/** ssh HOST COMMAND: the words joined by spaces are a script there; without words, standard input is. */
export function ssh(call: Call): Outcome {
  const options = readOptions(call.args, { values: "bcDEeFIiJLlmOopQRSWwB", untilOperand: true });
  const [target, ...rest] = options.operands;
  if (target === undefined) return {};
  const words = literalOf(rest[0] ?? EMPTY) === "--" ? rest.slice(1) : rest;
  const { host, user, port } = accountOf(target);
  const script = words.length === 0 ? call.stdin : joined(...words.flatMap((word) => [word, [" "]]));
  const login = options.value("l");
  return {
    remote: {
      host,
      user: user ?? (login === undefined ? undefined : literalOf(login)),
      ...portOf(options.value("p") ?? portOption(options.value("o")) ?? port),
      script,
    },
    stdout: [{ why: "the output of ssh" }],
  };
}

/** scp FROM... [USER@]HOST:PATH. What comes the other way is a file of this machine. */
export function scp(call: Call): Outcome {
  const options = readOptions(call.args, { values: "cDFiJloPSX" });
  return transfer(call, options.operands, options.has("r"), options.value("P") ?? portOption(options.value("o")));
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

/** `user@host:path`; a colon after a slash belongs to a path. */
function remotePart(operand: Text): { readonly account: Text; readonly path: Text } | undefined {
  if (startsWith(operand, "[")) {
    const address = cutAt(operand, "]:");
    return address === undefined ? undefined : { account: joined(address.before, ["]"]), path: address.after };
  }
  const bracket = cutAt(operand, "]:");
  if (bracket !== undefined) return { account: joined(bracket.before, ["]"]), path: bracket.after };
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

/** The value of `-o Port=NUMBER`. */
function portOption(given: Text | undefined): Text | undefined {
  const [, port] = /^port[ =](\d+)$/i.exec(literalOf(given ?? EMPTY) ?? "") ?? [];
  return port === undefined ? undefined : [port];
}

/** The port, where it is known and not the one that ssh takes anyway. */
function portOf(given: Text | undefined): { readonly port?: number } {
  const port = Number(literalOf(given ?? EMPTY) ?? "");
  return Number.isInteger(port) && port > 0 && port !== 22 ? { port } : {};
}

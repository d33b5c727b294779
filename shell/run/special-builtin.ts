import { normalize } from "../../machine/paths";
import { testVerdict } from "../conditions";
import { absolute, NOT_SHOWN } from "../file-operations";
import { afterFunction, end } from "../progress";
import { scriptNotShown } from "../script-not-shown";
import { EMPTY, hole, joined, literalOf, type Text } from "../text";
import { decided, OPEN, SUCCEEDS } from "../verdict";
import { unread } from "./record";
import { NOTHING, type Result, type Runner } from "./runner";

/** Builtins that run something or answer something. */
export function specialBuiltin(shell: Runner, name: string, args: readonly Text[], stdin: Text): Result | undefined {
  switch (name) {
    case "true":
    case ":":
      return { verdict: decided(true), stdout: EMPTY };
    case "false":
      return { verdict: decided(false), stdout: EMPTY };
    case "[":
      return {
        verdict: testVerdict(literalOf(args.at(-1) ?? EMPTY) === "]" ? args.slice(0, -1) : args, shell.state),
        stdout: EMPTY,
      };
    case "test":
      return { verdict: testVerdict(args, shell.state), stdout: EMPTY };
    case "pwd":
      return { verdict: SUCCEEDS, stdout: joined(shell.state.directory, ["\n"]) };
    case "eval":
      return shell.script(joined(...args.flatMap((arg) => [arg, [" "]])), stdin);
    case "source":
    case ".":
      return source(shell, args, stdin);
    case "exec":
      return replaceShell(shell, args, stdin);
    case "command":
    case "builtin": {
      const first = literalOf(args[0] ?? EMPTY) ?? "";
      if (/^-\w*[vV]/.test(first)) return { verdict: OPEN, stdout: hole("the output of command") };
      const words = first === "-p" || first === "--" ? args.slice(1) : args;
      return words.length === 0 ? NOTHING : withoutFunctions(shell, words, stdin);
    }
    case "trap": {
      const [action = EMPTY, ...signals] = literalOf(args[0] ?? EMPTY) === "--" ? args.slice(1) : args;
      const atExit = signals.some((signal) => ["EXIT", "0"].includes(literalOf(signal) ?? ""));
      // The last one counts.
      if (atExit) shell.atExit = literalOf(action) === "-" ? undefined : { actions: [action], isSure: true };
      return signals.length === 0 ? { ...NOTHING, stdout: hole("the output of trap") } : NOTHING;
    }
    default:
      return undefined;
  }
}

function withoutFunctions(shell: Runner, argv: readonly Text[], stdin: Text): Result {
  const name = literalOf(argv[0] ?? EMPTY) ?? "";
  const body = shell.state.functions.get(name);
  shell.state.functions.delete(name);
  const result = shell.command(argv, stdin);
  if (body !== undefined) shell.state.functions.set(name, body);
  return result;
}

/** exec: with a command this shell ends with it; without one its output goes to the files named beside it. */
function replaceShell(shell: Runner, args: readonly Text[], stdin: Text): Result {
  const words = args.filter((arg, index) => index > 0 || !(literalOf(arg) ?? "").startsWith("-"));
  if (words.length === 0) return { verdict: SUCCEEDS, stdout: NOT_SHOWN };
  const result = shell.command(words, stdin);
  shell.state.progress = end(shell.state.progress, shell.state.progress.ended ?? "success");
  return result;
}

/** `source FILE ARGUMENTS` */
function source(shell: Runner, args: readonly Text[], stdin: Text): Result {
  const [file = EMPTY, ...positional] = args;
  const { state } = shell;
  const path = literalOf(absolute(file, state.directory));
  const text = path === undefined ? undefined : state.files.get(normalize(path));
  if (text === undefined) {
    const setsUp = path !== undefined && setsUpShell(path);
    return setsUp ? NOTHING : unread(shell, scriptNotShown("reads", file));
  }
  const { positional: before, progress: entry } = state;
  if (positional.length > 0) state.positional = positional;
  const result = shell.script([text], stdin);
  state.positional = before;
  state.progress = afterFunction(state.progress, entry);
  return result;
}

/** Files that set up a login shell: reading them writes nothing. */
const LOGIN_FILES = [
  "/etc/os-release",
  "/usr/lib/os-release",
  "/etc/lsb-release",
  "/etc/profile",
  "/etc/environment",
  "/etc/bashrc",
  "/etc/bash.bashrc",
];

function setsUpShell(path: string): boolean {
  return (
    LOGIN_FILES.includes(path) ||
    path.startsWith("/etc/profile.d/") ||
    path.startsWith("/etc/default/") ||
    path.endsWith("rc") ||
    path.endsWith("profile")
  );
}

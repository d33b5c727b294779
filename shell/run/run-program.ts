import { normalize, parent } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import { assign } from "../builtins";
import type { Call, Next, Outcome, RemoteWork } from "../call";
import { absolute } from "../file-operations";
import { homeOf } from "../home-of";
import { namedRemovals } from "../named-removals";
import { programWords } from "../program-words";
import { programNamed, readsInput } from "../programs";
import { isCertain, resume } from "../progress";
import { newShell, type ShellState } from "../shell-state";
import { EMPTY, elsewhere, hole, joined, literalOf, type Text } from "../text";
import { conditionalTrace, eachMatch, newTrace, type Trace } from "../trace";
import { OPEN, SUCCEEDS, type Verdict } from "../verdict";
import { emit, replay, unread } from "./record";
import { CONDITION, type Result, type Runner } from "./runner";

/** Folders of programs: a file there is the program of its name. Elsewhere it is a script of the user's own. */
const PROGRAM_FOLDERS = ["bin", "sbin"];

/** Runs a program: a script that the text itself wrote, or one of the table. */
export function runProgram(shell: Runner, name: string, args: readonly Text[], stdin: Text): Result {
  const { directory, files, inputsRead, umask } = shell.state;
  const path = name.includes("/") ? literalOf(absolute([name], directory)) : undefined;
  const text = path === undefined ? undefined : files.get(normalize(path));
  if (text !== undefined) return runNext(shell, { run: { script: [text], args } }, stdin);
  const program = programNamed(programName(name));
  if (program === undefined || readsInput(programName(name))) inputsRead.add(stdin);
  if (program === undefined) return unreadProgram(shell, name, args);
  if (program.kind === "harmless") {
    const first = literalOf(args.find((arg) => !(literalOf(arg) ?? "").startsWith("-")) ?? EMPTY) ?? "";
    if (
      program.only !== undefined &&
      !program.only.includes(first) &&
      !program.only.includes(literalOf(args[0] ?? EMPTY) ?? "")
    )
      return unread(shell, notModeled(programName(name)));
    const asks = program.asks === true || program.asks?.includes(first) === true;
    return { verdict: asks ? OPEN : SUCCEEDS, stdout: hole(`the output of ${programName(name)}`) };
  }
  const call: Call = {
    name: programName(name),
    args,
    get stdin() {
      inputsRead.add(stdin);
      return stdin;
    },
    directory,
    umask,
    valueOf: (name) => exportedValue(shell.state, name),
    textOf: (file) => files.get(normalize(file)),
  };
  return resultOf(shell, program.model(call), stdin);
}

function exportedValue({ variables }: ShellState, name: string): Text | undefined {
  const variable = variables.get(name);
  return variable?.exported === true && !("elements" in variable.value) ? variable.value : undefined;
}

/** A program that is not in the table: it might write anywhere, and take away what its words say. */
function unreadProgram(shell: Runner, name: string, args: readonly Text[]): Result {
  const reason = notModeled(programWords(name));
  emit(shell, namedRemovals(name, args, shell.state.directory, reason));
  return unread(shell, reason);
}

/** The name under which a program is known: a path counts only in a folder of programs, but kubeadm is kubeadm anywhere. */
function programName(name: string): string {
  if (!name.includes("/")) return name;
  const base = name.slice(name.lastIndexOf("/") + 1);
  const folder = parent(normalize(name));
  const isProgram = name.startsWith("/") && PROGRAM_FOLDERS.includes(folder.slice(folder.lastIndexOf("/") + 1));
  return isProgram || base === "kubeadm" || base === "kubectl" ? base : name;
}

function resultOf(shell: Runner, outcome: Outcome, stdin: Text): Result {
  if (outcome.unread !== undefined) return unread(shell, outcome.unread, outcome.operations);
  emit(shell, outcome.operations ?? []);
  const certain = isCertain(shell.state.progress);
  for (const run of outcome.kubeadm ?? []) {
    shell.limits.spend();
    shell.trace.kubeadm.push(certain ? run : { ...run, undecided: run.undecided ?? CONDITION });
  }
  if (outcome.remote !== undefined) runElsewhere(shell, outcome.remote, stdin);
  const results = [outcome.next ?? []].flat().map((next) => runNext(shell, next, stdin));
  const last = results.at(-1);
  if (last !== undefined) return { ...last, stdout: outcome.stdout ?? joined(...results.map(({ stdout }) => stdout)) };
  return { verdict: answerOf(outcome.asks), stdout: outcome.stdout ?? EMPTY };
}

/** The exit code of a program: an answer where it asks something. */
function answerOf(asks: Outcome["asks"]): Verdict {
  if (asks === undefined) return SUCCEEDS;
  return asks === true ? OPEN : { truth: "open", files: asks };
}

/** Runs what a program runs in turn, in a shell of its own. */
function runNext(shell: Runner, next: Next, stdin: Text): Result {
  const { conditional } = next;
  const child = childState(shell, next);
  shell.limits.spend(1 + shell.state.variables.size / 16);
  const trace = conditional === undefined ? shell.trace : newTrace();
  const run = shell.other(child, trace);
  const result = shell.limits.nest(() => {
    if ("argv" in next.run) return run.command(next.run.argv, stdin);
    child.positional = next.run.args;
    return run.text(next.run.script, stdin);
  });
  if (conditional === undefined) return result;
  replay(shell, asConditional(trace, conditional));
  return { ...result, stdout: hole("what is printed any number of times") };
}

function asConditional(trace: Trace, { reason, each }: NonNullable<Next["conditional"]>): Trace {
  return each === undefined ? conditionalTrace(trace, reason) : eachMatch(trace, each, reason);
}

function childState({ state }: Runner, next: Next): ShellState {
  const user = next.as === undefined ? state.user : next.as.user;
  const otherHome = next.atHome === true ? homeOf(user) : hole("the home that sudo leaves");
  const home = user === state.user ? state.home : otherHome;
  const child: ShellState = {
    ...newShell(user, next.directory ?? (next.atHome === true ? home : state.directory), state.inherits),
    home,
    umask: state.umask,
    progress: resume(state.progress),
    inputsRead: state.inputsRead,
    files: next.conditional === undefined ? state.files : new Map(state.files),
  };
  if (next.freshEnvironment !== true)
    for (const [name, variable] of state.variables)
      if (variable.exported && next.without?.includes(name) !== true) child.variables.set(name, variable);
  for (const [name, value] of next.variables ?? []) assign(child, name, value, false, true);
  return child;
}

/** What happens on a machine that is reached through ssh. */
function runElsewhere(
  shell: Runner,
  { host, port, user, operations, script, everywhere }: RemoteWork,
  stdin: Text,
): void {
  const trace = newTrace();
  trace.operations.push(...(operations ?? []));
  if (script !== undefined) {
    const state = newShell(user, homeOf(user), false);
    shell.limits.nest(() => shell.other(state, trace).text(elsewhere(script), elsewhere(stdin)));
  }
  const { remote, ...here } = isCertain(shell.state.progress) ? trace : conditionalTrace(trace, CONDITION);
  const where = { host, ...(port === undefined ? {} : { port }), ...(everywhere === undefined ? {} : { everywhere }) };
  shell.trace.remote.push({ ...where, ...here }, ...remote);
}

function notModeled(program: string): Reason {
  return { id: "program-not-modeled", data: { program } };
}

import type { CompoundCommand, CompoundList, Redirected } from "unbash";
import { homeOf } from "./home-of";
import { longest, type Progress, START } from "./progress";
import { hole, literalOf, type Text } from "./text";

export interface Variable {
  /** One text, or the elements of an array. */
  readonly value: Text | { readonly elements: readonly Text[] };
  /** Commands that this shell runs get it too. */
  readonly exported: boolean;
}

type FunctionBody = CompoundCommand | Redirected | CompoundList;

/** What a shell knows at one point of a text. Branches work on copies. */
export interface ShellState {
  readonly variables: Map<string, Variable>;
  /** By name; `undefined` where it is not known which of several it is. */
  readonly functions: Map<string, FunctionBody | undefined>;
  /** What the text itself wrote, by path: literal contents only. */
  readonly files: Map<string, string>;
  /** `$1`, `$2`...; `undefined` where they are not known. */
  positional: readonly Text[] | undefined;
  directory: Text;
  home: Text;
  user: string | undefined;
  /** "unknown" where the text may have set it. */
  umask: number | "unknown" | undefined;
  /** Inputs of which something was read: what is left of them is not known. */
  readonly inputsRead: Set<Text>;
  /** Whether it runs on, and whether it may have stopped before. */
  progress: Progress;
  /** Variables not set in the text have the value of an environment that is not shown. */
  readonly inherits: boolean;
}

/** The state of a new shell for a user. */
export function newShell(user: string | undefined, directory: Text, inherits: boolean): ShellState {
  return {
    variables: new Map(),
    functions: new Map(),
    files: new Map(),
    inputsRead: new Set(),
    positional: [],
    directory,
    home: homeOf(user),
    user,
    umask: undefined,
    progress: START,
    inherits,
  };
}

/** The home as the text has set it. */
export function homeNow(state: ShellState): Text {
  const home = state.variables.get("HOME")?.value;
  return home === undefined || "elements" in home ? state.home : home;
}

/** A copy that a subshell or a branch may change. */
export function copyOf(state: ShellState): ShellState {
  return {
    ...state,
    variables: new Map(state.variables),
    functions: new Map(state.functions),
    files: new Map(state.files),
    inputsRead: new Set(state.inputsRead),
  };
}

/** What copying the state costs: one step for every few names that it holds. */
export function costOfCopy({ variables, functions, files }: ShellState): number {
  return 1 + (variables.size + functions.size + files.size) / 16;
}

/** Gives a variable the value that it had before; `undefined` where it was not set. */
export function restore(state: ShellState, name: string, old: Variable | undefined): void {
  if (old === undefined) state.variables.delete(name);
  else state.variables.set(name, old);
}

/** Makes `state` what it is after one of several branches ran; what they disagree on is not known. */
export function adopt(state: ShellState, branches: readonly ShellState[]): void {
  const [first, ...others] = branches;
  if (first === undefined) return;
  const names = new Set(branches.flatMap((branch) => [...branch.variables.keys()]));
  for (const name of names) {
    const values = branches.map((branch) => branch.variables.get(name));
    const [value] = values;
    const same = value !== undefined && values.every((other) => other !== undefined && sameVariable(value, other));
    if (same) state.variables.set(name, value);
    else state.variables.set(name, { value: hole(`$${name}`), exported: values.some((one) => one?.exported === true) });
  }
  for (const name of [...state.variables.keys()]) if (!names.has(name)) state.variables.delete(name);
  for (const name of new Set(branches.flatMap((branch) => [...branch.functions.keys()]))) {
    // Where a branch has none by that name, calling it there fails.
    const [body, another] = new Set(
      branches.flatMap((branch) => (branch.functions.has(name) ? [branch.functions.get(name)] : [])),
    );
    state.functions.set(name, another === undefined ? body : undefined);
  }
  for (const branch of branches) for (const input of branch.inputsRead) state.inputsRead.add(input);
  state.files.clear();
  for (const [path, text] of first.files)
    if (others.every((other) => other.files.get(path) === text)) state.files.set(path, text);
  state.directory = agreed(
    branches.map((branch) => branch.directory),
    "the working folder",
  );
  state.positional = others.every((other) => sameTexts(other.positional, first.positional))
    ? first.positional
    : undefined;
  state.umask = others.every((other) => other.umask === first.umask) ? first.umask : "unknown";
  state.progress = {
    ...state.progress,
    mayHaveLeft: longest(branches.map(({ progress }) => progress.mayHaveLeft)),
  };
}

function agreed(texts: readonly Text[], what: string): Text {
  const [first = []] = texts;
  return texts.every((text) => sameText(text, first)) ? first : hole(what);
}

function sameVariable(one: Variable, other: Variable): boolean {
  if (one === other) return true;
  const [a, b] = [one.value, other.value];
  if ("elements" in a || "elements" in b) return false;
  return sameText(a, b) && one.exported === other.exported;
}

function sameTexts(one: readonly Text[] | undefined, other: readonly Text[] | undefined): boolean {
  if (one === other) return true;
  return one?.length === other?.length && one?.every((text, index) => sameText(text, other?.[index] ?? [])) === true;
}

function sameText(one: Text, other: Text): boolean {
  if (one === other) return true;
  const literal = literalOf(one);
  return literal !== undefined && literal === literalOf(other);
}

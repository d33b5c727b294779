import { absolute } from "./file-operations";
import { end } from "./progress";
import type { ShellState, Variable } from "./shell-state";
import { cutAt, EMPTY, hole, literalOf, type Text } from "./text";

/** One argument of a builtin: a word, or an assignment with its value (`export A=b`, `local a=(x y)`). */
export type BuiltinArgument =
  | { readonly word: Text }
  | { readonly name: string; readonly value: Variable["value"]; readonly append: boolean };

/** A command that changes the shell it runs in. */
export type Builtin = (state: ShellState, args: readonly BuiltinArgument[]) => void;

const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["cd", changeDirectory],
  ["pushd", changeDirectory],
  ["popd", forgetDirectory],
  ["export", (state, args) => declare(state, args, true)],
  ["readonly", (state, args) => declare(state, args, false)],
  ["declare", (state, args) => declare(state, args, isExport(args))],
  ["typeset", (state, args) => declare(state, args, isExport(args))],
  ["local", (state, args) => declare(state, args, false)],
  ["unset", unset],
  ["read", readInto],
  ["readarray", readInto],
  ["mapfile", readInto],
  ["getopts", readInto],
  ["set", setPositional],
  ["shift", shift],
  ["umask", umask],
  ["exit", exit],
  ["return", leaving("return")],
  ["break", leaving("break")],
  ["continue", leaving("continue")],
  ...[
    ":",
    "let",
    "wait",
    "shopt",
    "alias",
    "unalias",
    "ulimit",
    "enable",
    "disown",
    "bg",
    "fg",
    "jobs",
    "times",
    "history",
    "complete",
  ].map((name): readonly [string, Builtin] => [name, () => {}]),
]);

export function builtinNamed(name: string): Builtin | undefined {
  return BUILTINS.get(name);
}

/** Sets a variable as an assignment does; an exported one stays exported. */
export function assign(
  state: ShellState,
  name: string,
  value: Variable["value"],
  append = false,
  exported = false,
): void {
  const old = state.variables.get(name);
  const whole = append ? appended(old?.value, value, name) : value;
  state.variables.set(name, { value: whole, exported: exported || old?.exported === true });
}

function appended(old: Variable["value"] | undefined, value: Variable["value"], name: string): Variable["value"] {
  if (old === undefined) return hole(`$${name}`);
  const [a, b] = ["elements" in old, "elements" in value];
  if ("elements" in old && "elements" in value) return { elements: [...old.elements, ...value.elements] };
  return a || b || "elements" in old || "elements" in value ? hole(`$${name}`) : [...old, ...value];
}

function declare(state: ShellState, args: readonly BuiltinArgument[], exported: boolean): void {
  for (const arg of args) {
    if ("name" in arg) {
      assign(state, arg.name, arg.value, arg.append, exported);
      continue;
    }
    const name = literalOf(arg.word) ?? "";
    const old = state.variables.get(name);
    if (exported && old !== undefined) state.variables.set(name, { ...old, exported: true });
  }
}

function isExport(args: readonly BuiltinArgument[]): boolean {
  return wordsOf(args).some((word) => {
    const text = literalOf(word) ?? "";
    return text.startsWith("-") && text.includes("x");
  });
}

function wordsOf(args: readonly BuiltinArgument[]): readonly Text[] {
  return args.map((arg) => ("word" in arg ? arg.word : EMPTY));
}

function changeDirectory(state: ShellState, args: readonly BuiltinArgument[]): void {
  const [target] = wordsOf(args).filter((word) => !["-P", "-L", "--", "-e"].includes(literalOf(word) ?? ""));
  if (target === undefined) state.directory = state.home;
  else if (literalOf(target) === "-") state.directory = hole("the folder before");
  else state.directory = withinPathMax(absolute(target, state.directory));
}

/** In bytes, with the final NUL (PATH_MAX, limits.h): no shell is in a folder whose path is longer. */
const LONGEST_PATH = 4096;

function withinPathMax(path: Text): Text {
  return (literalOf(path)?.length ?? 0) < LONGEST_PATH ? path : hole("a folder whose path is too long");
}

function forgetDirectory(state: ShellState): void {
  state.directory = hole("the folder before");
}

function unset(state: ShellState, args: readonly BuiltinArgument[]): void {
  for (const word of wordsOf(args)) {
    const name = literalOf(word) ?? "";
    if (name.startsWith("-")) continue;
    if (!state.variables.delete(name)) state.functions.delete(name);
  }
}

function readInto(state: ShellState, args: readonly BuiltinArgument[]): void {
  for (const word of wordsOf(args)) {
    const name = literalOf(word) ?? "";
    if (name !== "" && !name.startsWith("-")) assign(state, name, hole(`$${name}`));
  }
}

function setPositional(state: ShellState, args: readonly BuiltinArgument[]): void {
  const words = wordsOf(args);
  const first = words.findIndex((word) => !["-", "+"].includes((literalOf(word) ?? "x").charAt(0)));
  const dashes = words.findIndex((word) => literalOf(word) === "--");
  if (dashes >= 0) state.positional = known(words.slice(dashes + 1));
  // `set -o pipefail`: the word belongs to -o.
  else if (first === 0) state.positional = known(words);
}

function known(words: readonly Text[]): readonly Text[] | undefined {
  return words.every((word) => literalOf(word) !== undefined) ? words : undefined;
}

function shift(state: ShellState, args: readonly BuiltinArgument[]): void {
  const count = Number(literalOf(wordsOf(args)[0] ?? ["1"]) ?? Number.NaN);
  state.positional = Number.isInteger(count) && count >= 0 ? state.positional?.slice(count) : undefined;
}

function umask(state: ShellState, args: readonly BuiltinArgument[]): void {
  const text = literalOf(wordsOf(args)[0] ?? EMPTY) ?? "";
  const octal = text !== "" && [...text].every((digit) => digit >= "0" && digit <= "7");
  if (text !== "") state.umask = octal ? Number.parseInt(text, 8) : undefined;
}

function exit(state: ShellState, args: readonly BuiltinArgument[]): void {
  const code = literalOf(wordsOf(args)[0] ?? ["0"]);
  state.progress = end(state.progress, code === "0" ? "success" : "failure");
}

function leaving(how: "return" | "break" | "continue"): Builtin {
  return (state) => {
    state.progress = end(state.progress, how);
  };
}

/** `name=value` as an argument, for words that only become an assignment by expansion (`export "$A=$B"`). */
export function argumentOf(word: Text): BuiltinArgument {
  const cut = cutAt(word, "=");
  const name = cut === undefined ? undefined : literalOf(cut.before);
  return cut === undefined || name === undefined || name.startsWith("-") || name === ""
    ? { word }
    : { name, value: cut.after, append: false };
}

import { type ArithmeticExpression, parse } from "unbash";
import { assignedNames } from "./assigned-names";
import { absolute } from "./file-operations";
import { modeOf } from "./mode-of";
import { end } from "./progress";
import { homeNow, type ShellState, type Variable } from "./shell-state";
import { cutAt, EMPTY, hole, joined, literalOf, type Text } from "./text";

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
  ["export", (state, args) => declare(state, args, !hasOption(args, "-", "n"))],
  ["readonly", (state, args) => declare(state, args)],
  ["declare", declareAsToldBy],
  ["typeset", declareAsToldBy],
  ["local", declareAsToldBy],
  ["unset", unset],
  ["read", readInto],
  ["readarray", readInto],
  ["mapfile", readInto],
  ["getopts", readInto],
  ["let", calculate],
  ["set", setPositional],
  ["shift", shift],
  ["umask", umask],
  ["exit", exit],
  ["return", leaving("return")],
  ["break", leaving("break")],
  ["continue", leaving("continue")],
  ...[
    ":",
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

/** Builtins that print, and those that do without operands or with `-p`. */
const PRINT = [
  "alias",
  "bg",
  "complete",
  "enable",
  "fg",
  "history",
  "jobs",
  "popd",
  "pushd",
  "shopt",
  "times",
  "ulimit",
];
const PRINT_WITHOUT_OPERANDS = ["declare", "export", "local", "readonly", "set", "typeset", "umask"];

export function prints(name: string, args: readonly BuiltinArgument[]): boolean {
  if (PRINT.includes(name)) return true;
  const words = wordsOf(args).map((word) => literalOf(word) ?? "");
  return (
    PRINT_WITHOUT_OPERANDS.includes(name) && (words.length === 0 || words.some((word) => /^-\w*[pfFS]/.test(word)))
  );
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

/** Sets variables, and whether commands get them; where `exported` is absent, that stays. */
function declare(state: ShellState, args: readonly BuiltinArgument[], exported?: boolean): void {
  for (const arg of args) {
    const name = "name" in arg ? arg.name : (literalOf(arg.word) ?? "");
    if ("name" in arg) assign(state, name, arg.value, arg.append);
    const variable = state.variables.get(name);
    if (variable !== undefined && exported !== undefined) state.variables.set(name, { ...variable, exported });
  }
}

/** `declare -x`, `declare +x`; with `-i` a value is calculated. */
function declareAsToldBy(state: ShellState, args: readonly BuiltinArgument[]): void {
  const exported = hasOption(args, "-", "x") ? true : hasOption(args, "+", "x") ? false : undefined;
  declare(state, args, exported);
  if (hasOption(args, "-", "i"))
    for (const arg of args) if ("name" in arg) assign(state, arg.name, hole(`$${arg.name}`));
}

function hasOption(args: readonly BuiltinArgument[], sign: "-" | "+", letter: string): boolean {
  return wordsOf(args).some((word) => {
    const text = literalOf(word) ?? "";
    return text.startsWith(sign) && text.includes(letter);
  });
}

function wordsOf(args: readonly BuiltinArgument[]): readonly Text[] {
  return args.map((arg) => {
    if ("word" in arg) return arg.word;
    return joined([`${arg.name}=`], "elements" in arg.value ? hole("an array") : arg.value);
  });
}

/** `let "X = 1 + 1"` */
function calculate(state: ShellState, args: readonly BuiltinArgument[]): void {
  for (const word of wordsOf(args)) {
    const command = parse(`((${literalOf(word) ?? ""}))`).commands[0]?.command;
    if (command?.type === "ArithmeticCommand") calculated(state, command.expression);
  }
}

/** What an arithmetic expression assigns is not followed. */
export function calculated(state: ShellState, expression: ArithmeticExpression | undefined): void {
  for (const name of assignedNames(expression)) assign(state, name, hole(`$${name}`));
}

function changeDirectory(state: ShellState, args: readonly BuiltinArgument[]): void {
  const [target] = wordsOf(args).filter((word) => !["-P", "-L", "--", "-e"].includes(literalOf(word) ?? ""));
  if (target === undefined) state.directory = homeNow(state);
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
    const element = name.indexOf("[");
    if (name.startsWith("-")) continue;
    if (element > 0) assign(state, name.slice(0, element), hole(`$${name.slice(0, element)}`));
    else if (!state.variables.delete(name)) state.functions.delete(name);
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
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = literalOf(words[at] ?? EMPTY) ?? "";
    if (word === "--") {
      state.positional = known(words.slice(at + 1));
      return;
    }
    if (!/^[-+]./.test(word)) break;
    // `set -o pipefail`: the word belongs to -o.
    if (word.endsWith("o")) at += 1;
  }
  const operands = literalOf(words[at] ?? EMPTY) === "-" ? words.slice(at + 1) : words.slice(at);
  if (operands.length > 0) state.positional = known(operands);
}

function known(words: readonly Text[]): readonly Text[] | undefined {
  return words.every((word) => literalOf(word) !== undefined) ? words : undefined;
}

function shift(state: ShellState, args: readonly BuiltinArgument[]): void {
  const count = Number(literalOf(wordsOf(args)[0] ?? ["1"]) ?? Number.NaN);
  if (!Number.isInteger(count) || count < 0) state.positional = undefined;
  // Where there are fewer it fails, and leaves them as they are.
  else if (count <= (state.positional?.length ?? 0)) state.positional = state.positional?.slice(count);
}

function umask(state: ShellState, args: readonly BuiltinArgument[]): void {
  const [word] = wordsOf(args).filter((one) => !["-S", "-p"].includes(literalOf(one) ?? ""));
  if (word === undefined) return;
  const text = literalOf(word) ?? "";
  const octal = /^[0-7]+$/.test(text);
  // In letters it says what is left.
  const mode = octal ? undefined : modeOf(word);
  if (octal) state.umask = Number.parseInt(text, 8);
  else state.umask = mode !== undefined && /^[0-7]+$/.test(mode) ? 0o777 & ~Number.parseInt(mode, 8) : "unknown";
}

function exit(state: ShellState, args: readonly BuiltinArgument[]): void {
  const code = literalOf(wordsOf(args)[0] ?? ["0"]);
  state.progress = end(state.progress, code === "0" ? "success" : "failure");
}

/** More than are ever inside each other: where the number is not known. */
const MOST_LOOPS = 1000;

function leaving(how: "return" | "break" | "continue"): Builtin {
  return (state, args) => {
    const count = how === "return" ? 1 : Number(literalOf(wordsOf(args)[0] ?? ["1"]) ?? MOST_LOOPS);
    state.progress = end(state.progress, how, count);
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

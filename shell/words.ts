import type { HereDoc, ParameterExpansionPart, ParsedScript, SimpleExpansionPart, Word, WordPart } from "unbash";
import { expandBraces } from "./expand-braces";
import { homeOf } from "./home-of";
import type { Limits } from "./limits";
import { changedCase, removed, replaced } from "./parameter-operations";
import type { ShellState } from "./shell-state";
import { EMPTY, hole, joined, literalOf, type Text } from "./text";

/** What words are expanded with. */
export interface Expansion {
  readonly state: ShellState;
  readonly limits: Limits;
  /** Runs a substitution in a subshell and gives what it prints. */
  readonly outputOf: (script: ParsedScript | undefined, stdin?: Text) => Text;
}

/** The fields a word becomes: braces, tilde, parameters, command substitution, splitting; patterns stay as holes. */
export function fieldsOf(word: Word, expansion: Expansion): readonly Text[] {
  const words = expandBraces(word);
  expansion.limits.spend(words.length);
  return words.flatMap((one) => fieldsOfOne(one, expansion));
}

/** The text a word becomes where nothing is split: assignments, redirections, tests. */
export function textOf(word: Word, expansion: Expansion): Text {
  const { parts } = word;
  if (parts === undefined) return literal(word.value, word.text, expansion);
  const text = joined(...parts.map((part, index) => joined(...quotedPart(part, expansion, index === 0))));
  expansion.limits.spend(lengthOf(text));
  return text;
}

/** The text of a here-document. */
export function hereDocText(document: HereDoc, expansion: Expansion): Text {
  const { body, operator } = document;
  const strip = operator === "<<-";
  const lines = (text: string, first: boolean) => {
    if (!strip) return text;
    const inner = text.replace(/\n\t+/g, "\n");
    return first ? inner.replace(/^\t+/, "") : inner;
  };
  if (body.parts === undefined) return expansion.limits.textOf(lines(body.text, true));
  const texts = body.parts.map((part, index) =>
    part.type === "Literal"
      ? expansion.limits.textOf(lines(part.value, index === 0))
      : joined(...quotedPart(part, expansion, false)),
  );
  const text = joined(...texts);
  expansion.limits.spend(lengthOf(text));
  return text;
}

function lengthOf(text: Text): number {
  return text.reduce((sum, piece) => sum + (typeof piece === "string" ? piece.length : 1), 0) / 1024;
}

function fieldsOfOne(word: Word, expansion: Expansion): readonly Text[] {
  const { parts } = word;
  if (parts === undefined) return [literal(word.value, word.text, expansion)];
  // Put together at the end: a word may have a hundred thousand parts.
  const pieces: Text[number][][] = [];
  let open = false;
  for (const [index, part] of parts.entries()) {
    const quoted = isQuoted(part);
    const added = quoted ? quotedPart(part, expansion, index === 0) : barePart(part, expansion, index === 0);
    for (const [at, text] of added.entries()) {
      const last = pieces.at(-1);
      if (at > 0 || !open || last === undefined) pieces.push([...text]);
      else for (const piece of text) last.push(piece);
    }
    open = open || added.length > 0;
  }
  const fields = pieces.map((field) => joined(field));
  // An unquoted expansion that comes to nothing is not a word at all.
  const nothing = !parts.some(isQuoted) && fields.every((field) => field.length === 0);
  if (nothing) return [];
  expansion.limits.spend(fields.reduce((sum, field) => sum + lengthOf(field), 0));
  return fields;
}

function isQuoted(part: WordPart): boolean {
  return ["SingleQuoted", "DoubleQuoted", "AnsiCQuoted", "LocaleString"].includes(part.type);
}

/** The texts of a part that is not split: one, or the elements of `"$@"` and `"${a[@]}"`. */
function quotedPart(part: WordPart, expansion: Expansion, first: boolean): readonly Text[] {
  switch (part.type) {
    case "Literal":
      return [literal(part.value, first ? part.text : "", expansion)];
    case "SingleQuoted":
    case "AnsiCQuoted":
      return [expansion.limits.textOf(part.value)];
    case "DoubleQuoted":
    case "LocaleString": {
      const [only] = part.parts;
      if (part.parts.length === 1 && only !== undefined && isParameter(only)) {
        const elements = elementsOf(only, expansion);
        if (elements !== undefined) return elements;
      }
      return [joined(...part.parts.map((child) => joined(...quotedPart(child, expansion, false))))];
    }
    case "Glob":
      return [globText(part.text)];
    case "ExtendedGlob":
      return [hole("a shell pattern")];
    case "BraceExpansion":
      // Those that become words are gone by now (brace-expansion.ts).
      return [hole("a brace expansion")];
    case "SimpleExpansion":
    case "ParameterExpansion":
      return [parameterText(part, expansion)];
    case "CommandExpansion":
      return [withoutLastNewlines(expansion.outputOf(part.script))];
    case "ArithmeticExpansion":
      return [hole("arithmetic")];
    case "ProcessSubstitution":
      expansion.outputOf(part.script, hole("the output of a command"));
      return [["/dev/fd/63"]];
  }
}

/** The fields of an unquoted part. */
function barePart(part: WordPart, expansion: Expansion, first: boolean): readonly Text[] {
  if (isParameter(part)) {
    const elements = elementsOf(part, expansion) ?? [parameterText(part, expansion)];
    return elements.flatMap((element) => split(element, expansion.state));
  }
  const texts = quotedPart(part, expansion, first);
  return part.type === "CommandExpansion" ? texts.flatMap((text) => split(text, expansion.state)) : texts;
}

/** A pattern that matches names; one with a class of characters (`[[:alpha:]]`) is not followed. */
function globText(pattern: string): Text {
  const plain = !pattern.includes("[:") && !pattern.includes("\\");
  return hole("a shell pattern", plain ? { pattern } : {});
}

function isParameter(part: WordPart): part is SimpleExpansionPart | ParameterExpansionPart {
  return part.type === "SimpleExpansion" || part.type === "ParameterExpansion";
}

/** Literal text, with the home of a user for a tilde at its start. */
function literal(value: string, source: string, expansion: Expansion): Text {
  if (!source.startsWith("~")) return expansion.limits.textOf(value);
  const end = value.indexOf("/");
  const user = value.slice(1, end < 0 ? undefined : end);
  const home = user === "" ? homeText(expansion.state) : homeOf(user);
  return joined(home, expansion.limits.textOf(end < 0 ? "" : value.slice(end)));
}

function homeText(state: ShellState): Text {
  const home = state.variables.get("HOME")?.value;
  return home === undefined || "elements" in home ? state.home : home;
}

/** The fields of `$@`, `$*` and arrays as a whole; `undefined` for all other parameters. */
function elementsOf(
  part: SimpleExpansionPart | ParameterExpansionPart,
  { state }: Expansion,
): readonly Text[] | undefined {
  const name = nameOf(part);
  const index = part.type === "ParameterExpansion" ? part.index?.value : undefined;
  const plain = part.type === "SimpleExpansion" || (part.operation === undefined && part.prefix === undefined);
  if (!plain) return undefined;
  if (name === "@" || name === "*") return state.positional ?? [hole("its arguments")];
  if (index !== "@" && index !== "*") return undefined;
  const value = state.variables.get(name)?.value;
  if (value === undefined) return [hole(`$${name}`)];
  return "elements" in value ? value.elements : [value];
}

function nameOf(part: SimpleExpansionPart | ParameterExpansionPart): string {
  return part.type === "SimpleExpansion" ? part.text.slice(1) : part.parameter;
}

/** The text of one parameter; a hole where it cannot be known. */
function parameterText(part: SimpleExpansionPart | ParameterExpansionPart, expansion: Expansion): Text {
  const name = nameOf(part);
  const unknown = hole(`$${name}`);
  const value = parameterValue(part, name, expansion);
  if (part.type === "SimpleExpansion") return value ?? unknown;
  if (part.prefix !== undefined) return unknown;
  const { operation } = part;
  switch (operation?.type) {
    case undefined:
      return value ?? unknown;
    case "Default":
      return withDefault(operation.operator, value, name, () => textOf(operation.operand, expansion), expansion);
    case "Remove":
      return removed(value ?? unknown, operation, (word) => textOf(word, expansion));
    case "Replace":
      return replaced(value ?? unknown, operation, (word) => textOf(word, expansion));
    case "CaseModification":
      return operation.operand === undefined ? changedCase(value ?? unknown, operation.operator) : unknown;
    default:
      return unknown;
  }
}

/** The value of a parameter; `undefined` where the text does not set it. */
function parameterValue(
  part: SimpleExpansionPart | ParameterExpansionPart,
  name: string,
  { state }: Expansion,
): Text | undefined {
  if (name === "@" || name === "*") {
    const words = state.positional;
    return words === undefined
      ? hole("its arguments")
      : joined(...words.flatMap((word, at) => (at === 0 ? [word] : [[" "], word])));
  }
  if (name !== "" && [...name].every((digit) => digit >= "0" && digit <= "9")) {
    if (name === "0") return hole("$0");
    return state.positional === undefined ? hole(`$${name}`) : (state.positional[Number(name) - 1] ?? EMPTY);
  }
  const variable = state.variables.get(name);
  if (variable === undefined) return ambientValue(name, state);
  const { value } = variable;
  if (!("elements" in value)) return value;
  const index = part.type === "ParameterExpansion" ? part.index?.value : "0";
  const number = index === undefined ? 0 : Number(index);
  return Number.isInteger(number) && number >= 0 ? (value.elements[number] ?? EMPTY) : hole(`$${name}`);
}

/** Variables that every login has. */
function ambientValue(name: string, state: ShellState): Text | undefined {
  if (name === "HOME") return state.home;
  if (name === "PWD") return state.directory;
  if (name === "USER" || name === "LOGNAME") return state.user === undefined ? hole(`$${name}`) : [state.user];
  return undefined;
}

/** Set by the machine itself: never taken for unset. */
const AMBIENT = [
  "HOSTNAME",
  "PATH",
  "SHELL",
  "LANG",
  "SUDO_USER",
  "UID",
  "EUID",
  "RANDOM",
  "OSTYPE",
  "HOSTTYPE",
  "SSH_CONNECTION",
];

function withDefault(
  operator: string,
  value: Text | undefined,
  name: string,
  operand: () => Text,
  { state }: Expansion,
): Text {
  const unset = value === undefined;
  if (unset && (state.inherits || AMBIENT.includes(name))) return hole(`$${name}`);
  const empty = operator.startsWith(":") && value !== undefined && value.length === 0;
  const usesOperand = unset || empty;
  switch (operator.replace(":", "")) {
    case "-":
      return usesOperand ? operand() : value;
    case "=": {
      if (!usesOperand) return value;
      const text = operand();
      state.variables.set(name, { value: text, exported: false });
      return text;
    }
    case "+":
      if (usesOperand) return EMPTY;
      return literalOf(value) === undefined && operator === ":+" ? hole(`$${name}`) : operand();
    default:
      return value ?? hole(`$${name}`);
  }
}

/** The fields of an unquoted expansion: cut at IFS, with the characters of patterns as holes. */
function split(text: Text, state: ShellState): readonly Text[] {
  const separators = separatorsOf(state);
  if (separators === undefined) return [hole("words that depend on $IFS")];
  const fields: Text[] = [];
  let current: Text[number][] = [];
  let open = false;
  const close = () => {
    if (open) fields.push(joined(current));
    current = [];
    open = false;
  };
  for (const piece of text) {
    if (typeof piece !== "string") {
      current.push(piece);
      open = true;
      continue;
    }
    let start = 0;
    for (let at = 0; at <= piece.length; at += 1) {
      const character = piece[at];
      const cuts = character !== undefined && separators.includes(character);
      const pattern = character !== undefined && "*?[".includes(character);
      if (character !== undefined && !cuts && !pattern) continue;
      if (at > start) {
        current.push(piece.slice(start, at));
        open = true;
      }
      if (pattern) {
        current.push({ why: "a shell pattern", ...(character === "[" ? {} : { pattern: character }) });
        open = true;
      }
      if (cuts) close();
      start = at + 1;
    }
  }
  close();
  return fields;
}

function separatorsOf(state: ShellState): string | undefined {
  const ifs = state.variables.get("IFS")?.value;
  if (ifs === undefined) return " \t\n";
  return "elements" in ifs ? undefined : literalOf(ifs);
}

/** Command substitution drops newlines at the end. */
function withoutLastNewlines(text: Text): Text {
  const last = text.at(-1);
  if (typeof last !== "string") return text;
  let end = last.length;
  while (end > 0 && last[end - 1] === "\n") end -= 1;
  return joined(text.slice(0, -1), [last.slice(0, end)]);
}

import type {
  HereDoc,
  ParameterCaseOperation,
  ParameterExpansionPart,
  ParameterRemoveOperation,
  ParameterReplaceOperation,
  ParsedScript,
  SimpleExpansionPart,
  Word,
  WordPart,
} from "unbash";
import { calculated } from "./builtins";
import { expandBraces } from "./expand-braces";
import { homeOf } from "./home-of";
import type { Limits } from "./limits";
import { changedCase, removed, replaced } from "./parameter-operations";
import { homeNow, type ShellState } from "./shell-state";
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
  const text = joined(...parts.map((part, index) => inOne(quotedPart(part, expansion, index === 0), " ")));
  expansion.limits.spend(lengthOf(text));
  return text;
}

/** Several texts as one. */
function inOne(texts: readonly Text[], separator: string): Text {
  return joined(...texts.flatMap((text, at) => (at === 0 ? [text] : [[separator], text])));
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
  if (body.parts === undefined) {
    const text = lines(body.text, true);
    return expansion.limits.textOf(document.delimiter?.quoted === false ? withoutBackslashes(text) : text);
  }
  const texts = body.parts.map((part, index) =>
    part.type === "Literal"
      ? expansion.limits.textOf(lines(part.value, index === 0))
      : joined(...quotedPart(part, expansion, false)),
  );
  const text = joined(...texts);
  expansion.limits.spend(lengthOf(text));
  return text;
}

/** A backslash takes the meaning of what may be expanded, and joins lines. */
function withoutBackslashes(text: string): string {
  return text.replace(/\\(\n|[\\$`])/g, (_, character) => (character === "\n" ? "" : character));
}

function lengthOf(text: Text): number {
  return text.reduce((sum, piece) => sum + (typeof piece === "string" ? piece.length : 1), 0) / 1024;
}

function fieldsOfOne(word: Word, expansion: Expansion): readonly Text[] {
  const { parts } = word;
  if (parts === undefined) return [literal(word.value, word.text, expansion)];
  // Put together at the end: a word may have a hundred thousand parts.
  const pieces: Text[number][][] = [];
  // An unquoted expansion that comes to nothing is not a word at all, and one that ends with a separator ends a word.
  let open = false;
  for (const [index, part] of parts.entries()) {
    const { fields: added, startsCut, endsCut } = partOf(part, expansion, index === 0);
    open = open && !startsCut;
    for (const text of added) {
      const last = pieces.at(-1);
      if (!open || last === undefined) pieces.push([...text]);
      else for (const piece of text) last.push(piece);
      open = false;
    }
    open = added.length > 0 ? !endsCut : open;
  }
  const fields = pieces.map((field) => joined(field));
  expansion.limits.spend(fields.reduce((sum, field) => sum + lengthOf(field), 0));
  return fields;
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
      const all = part.parts.map((child) => quotedFields(child, expansion));
      const [only] = all;
      if (only !== undefined && all.length === 1) return only;
      if (all.every((fields) => fields.length === 1)) return [joined(...all.flat())];
      // `"x$@y"`: the first element goes on with what is before it, and what follows with the last.
      return all.reduce(
        (done, [first = EMPTY, ...more]) => [...done.slice(0, -1), joined(done.at(-1) ?? EMPTY, first), ...more],
        [EMPTY],
      );
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
      calculated(expansion.state, part.expression);
      return [hole("arithmetic")];
    case "ProcessSubstitution":
      expansion.outputOf(part.script, hole("the output of a command"));
      return [["/dev/fd/63"]];
  }
}

/** The fields of a part within double quotes: `$@` and `${a[@]}` have several, or none. */
function quotedFields(part: WordPart, expansion: Expansion): readonly Text[] {
  const elements = isParameter(part) && !isTogether(part) ? elementsOf(part, expansion) : undefined;
  return elements ?? quotedPart(part, expansion, false);
}

/** `$*` and `${a[*]}`, which are one text within double quotes. */
function isTogether(part: SimpleExpansionPart | ParameterExpansionPart): boolean {
  return nameOf(part) === "*" || (part.type === "ParameterExpansion" && part.index?.value === "*");
}

/** The fields of a part of a word, and whether a separator stands before the first or after the last. */
interface Fields {
  readonly fields: readonly Text[];
  readonly startsCut: boolean;
  readonly endsCut: boolean;
}

function partOf(part: WordPart, expansion: Expansion, first: boolean): Fields {
  const { state } = expansion;
  if (isParameter(part)) {
    const elements = elementsOf(part, expansion) ?? [parameterText(part, expansion)];
    const all = elements.map((element) => split(element, state));
    return {
      fields: all.flatMap(({ fields }) => fields),
      startsCut: all[0]?.startsCut === true,
      endsCut: all.at(-1)?.endsCut === true,
    };
  }
  const fields = quotedPart(part, expansion, first);
  if (part.type === "CommandExpansion") return split(joined(...fields), state);
  return { fields, startsCut: false, endsCut: false };
}

/** A pattern that matches names; one with a class of characters (`[[:alpha:]]`) is not followed. */
function globText(pattern: string): Text {
  const plain = !pattern.includes("[:") && !pattern.includes("\\");
  return hole("a shell pattern", plain ? { pattern } : {});
}

function isParameter(part: WordPart): part is SimpleExpansionPart | ParameterExpansionPart {
  return part.type === "SimpleExpansion" || part.type === "ParameterExpansion";
}

/** A name as useradd(8) takes it; no other has a home. */
const LOGIN = /^[a-z_][a-z0-9_-]*\$?$/;

/** Literal text, with the home of a user for a tilde at its start. */
function literal(value: string, source: string, expansion: Expansion): Text {
  if (!source.startsWith("~")) return expansion.limits.textOf(value);
  const end = value.indexOf("/");
  const user = value.slice(1, end < 0 ? undefined : end);
  if (user !== "" && !LOGIN.test(user)) return expansion.limits.textOf(value);
  const home = user === "" ? homeNow(expansion.state) : homeOf(user);
  return joined(home, expansion.limits.textOf(end < 0 ? "" : value.slice(end)));
}

/** The fields of `$@`, `$*` and arrays as a whole, each changed as the expansion says; `undefined` for all other parameters. */
function elementsOf(
  part: SimpleExpansionPart | ParameterExpansionPart,
  expansion: Expansion,
): readonly Text[] | undefined {
  const elements = allOf(part, expansion.state);
  if (part.type === "SimpleExpansion") return elements;
  const { operation, prefix } = part;
  // Two stand for any number.
  const unknown = hole(`$${nameOf(part)}`);
  const several = [unknown, unknown];
  // `${1+"$@"}`
  if (operation?.type === "Default" && /\$\{?[@*]|\[[@*]\]/.test(operation.operand.text)) return several;
  if (elements === undefined || prefix === "#") return undefined;
  if (operation === undefined && prefix === undefined) return elements;
  switch (operation?.type) {
    case "Remove":
    case "Replace":
    case "CaseModification":
      return elements.map((element) => changed(element, operation, expansion));
    case "Default":
      if (elements.length < 2) return undefined;
  }
  return several;
}

function allOf(part: SimpleExpansionPart | ParameterExpansionPart, state: ShellState): readonly Text[] | undefined {
  const name = nameOf(part);
  const index = part.type === "ParameterExpansion" ? part.index?.value : undefined;
  if (name === "@" || name === "*") return state.positional ?? [hole("its arguments")];
  if (index !== "@" && index !== "*") return undefined;
  const value = state.variables.get(name)?.value;
  if (value === undefined) return [hole(`$${name}`)];
  return "elements" in value ? value.elements : [value];
}

type Change = ParameterRemoveOperation | ParameterReplaceOperation | ParameterCaseOperation;

function changed(text: Text, operation: Change, expansion: Expansion): Text {
  switch (operation.type) {
    case "Remove":
      return removed(text, operation, (word) => textOf(word, expansion));
    case "Replace":
      return replaced(text, operation, (word) => textOf(word, expansion));
    case "CaseModification":
      return operation.operand === undefined
        ? changedCase(text, operation.operator)
        : hole("a variable in other letters");
  }
}

function nameOf(part: SimpleExpansionPart | ParameterExpansionPart): string {
  return part.type === "SimpleExpansion" ? part.text.slice(1) : part.parameter;
}

/** The text of one parameter; a hole where it cannot be known. */
function parameterText(part: SimpleExpansionPart | ParameterExpansionPart, expansion: Expansion): Text {
  const name = nameOf(part);
  const unknown = hole(`$${name}`);
  const value = parameterValue(part, name, expansion);
  const text = value ?? (isUnset(name, expansion.state) ? EMPTY : unknown);
  if (part.type === "SimpleExpansion") return text;
  if (part.prefix !== undefined) return unknown;
  const { operation } = part;
  const elements = operation === undefined ? undefined : elementsOf(part, expansion);
  if (elements !== undefined) return together(elements, isTogether(part) ? "*" : "@", expansion.state) ?? EMPTY;
  switch (operation?.type) {
    case undefined:
      return text;
    case "Default":
      return withDefault(operation.operator, value, name, () => textOf(operation.operand, expansion), expansion);
    case "Remove":
    case "Replace":
    case "CaseModification":
      return changed(text, operation, expansion);
    default:
      return unknown;
  }
}

/** True for a parameter of which it is known that nothing has set it: an argument or an element beyond the last. */
function isUnset(name: string, { positional, variables }: ShellState): boolean {
  const isArgument = isPositional(name) || name === "@" || name === "*";
  return isArgument ? positional !== undefined && name !== "0" : variables.has(name);
}

function isPositional(name: string): boolean {
  return /^\d+$/.test(name);
}

/** The value of a parameter; `undefined` where the text does not set it. */
function parameterValue(
  part: SimpleExpansionPart | ParameterExpansionPart,
  name: string,
  { state }: Expansion,
): Text | undefined {
  if (name === "@" || name === "*") {
    return state.positional === undefined ? hole("its arguments") : together(state.positional, name, state);
  }
  if (isPositional(name))
    return state.positional === undefined || name === "0" ? hole(`$${name}`) : state.positional[Number(name) - 1];
  const variable = state.variables.get(name);
  if (variable === undefined) return ambientValue(name, state);
  const { value } = variable;
  if (!("elements" in value)) return value;
  const index = (part.type === "ParameterExpansion" ? part.index?.value : undefined) ?? "0";
  if (index === "@" || index === "*") return together(value.elements, index, state);
  return /^\d+$/.test(index) ? value.elements[Number(index)] : hole(`$${name}`);
}

/** The elements as one text, `undefined` for none: `*` puts the first separator between them, `@` a blank. */
function together(elements: readonly Text[], sign: "@" | "*", state: ShellState): Text | undefined {
  if (elements.length === 0) return undefined;
  const separators = sign === "@" ? " " : separatorsOf(state);
  return separators === undefined ? hole("words that depend on $IFS") : inOne(elements, separators.slice(0, 1));
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
  if (unset && !isUnset(name, state) && (state.inherits || AMBIENT.includes(name))) return hole(`$${name}`);
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
function split(text: Text, state: ShellState): Fields {
  const separators = separatorsOf(state);
  if (separators === undefined)
    return { fields: [hole("words that depend on $IFS")], startsCut: false, endsCut: false };
  const fields: Text[] = [];
  let current: Text[number][] = [];
  let open = false;
  let startsCut = false;
  // A blank ends a field, any other separator does even where the field is empty.
  let after: "blank" | "other" = "other";
  const cut = (separator: string) => {
    const isBlank = " \t\n".includes(separator);
    // What another separator ends at the start may go on with what is before.
    if (fields.length === 0 && !open) startsCut = isBlank;
    if (open || (!isBlank && after === "other")) fields.push(joined(current));
    if (open || !isBlank) after = isBlank ? "blank" : "other";
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
      if (cuts) cut(character);
      else if (pattern) {
        current.push({ why: "a shell pattern", ...(character === "[" ? {} : { pattern: character }) });
        open = true;
      }
      start = at + 1;
    }
  }
  const endsCut = !open && text.length > 0;
  if (open) fields.push(joined(current));
  return { fields, startsCut, endsCut };
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

import type { ParameterRemoveOperation, ParameterReplaceOperation, Word } from "unbash";
import { lastName } from "./path-patterns";
import { hole, literalOf, type Text } from "./text";

/** Longer values are not cut: trying every place takes the square of the length. */
const LONGEST_VALUE = 4096;
const UNKNOWN = hole("a part of a variable");

/** `${X#p}`, `${X##p}`, `${X%p}`, `${X%%p}` for patterns of literal text and `*`. */
export function removed(value: Text, operation: ParameterRemoveOperation, textOf: (word: Word) => Text): Text {
  const text = literalOf(value);
  const pattern = patternOf(textOf(operation.operand));
  // `${file##*/}` of a file that a pattern matches.
  if (operation.operator === "##" && pattern?.length === 2 && pattern[0] === "" && pattern[1] === "/")
    return lastName(value) ?? UNKNOWN;
  if (text === undefined || pattern === undefined || text.length > LONGEST_VALUE) return UNKNOWN;
  const cuts = Array.from({ length: text.length + 1 }, (_, at) => at);
  const fromEnd = operation.operator === "##" || operation.operator === "%";
  const atStart = operation.operator.startsWith("#");
  const cut = (fromEnd ? cuts.reverse() : cuts).find((at) =>
    matches(atStart ? text.slice(0, at) : text.slice(at), pattern),
  );
  if (cut === undefined) return value;
  return [atStart ? text.slice(cut) : text.slice(0, cut)];
}

/** `${X/a/b}` and `${X//a/b}` for literal text. */
export function replaced(value: Text, operation: ParameterReplaceOperation, textOf: (word: Word) => Text): Text {
  const [text, from, to] = [value, textOf(operation.pattern), textOf(operation.replacement)].map(literalOf);
  if (text === undefined || from === undefined || to === undefined || from === "" || text.length > LONGEST_VALUE)
    return UNKNOWN;
  // From bash 5.2 on it stands for what is replaced (patsub_replacement).
  if (to.includes("&")) return UNKNOWN;
  switch (operation.operator) {
    case "/":
      return [text.replace(from, () => to)];
    case "//":
      return [text.split(from).join(to)];
    default:
      return UNKNOWN;
  }
}

/** `${X^}`, `${X^^}`, `${X,}`, `${X,,}`. */
export function changedCase(value: Text, operator: string): Text {
  const text = literalOf(value);
  if (text === undefined) return UNKNOWN;
  const change = (part: string) => (operator.startsWith("^") ? part.toUpperCase() : part.toLowerCase());
  return operator.length === 2 ? [change(text)] : [change(text.slice(0, 1)) + text.slice(1)];
}

/** Literal pieces between stars; `undefined` for other patterns. */
export function patternOf(text: Text): readonly string[] | undefined {
  const pieces = [""];
  for (const piece of text) {
    if (typeof piece === "string") pieces[pieces.length - 1] = (pieces.at(-1) ?? "") + piece;
    else if (piece.pattern === "*") pieces.push("");
    else return undefined;
  }
  return pieces;
}

/** True if the text is these literal pieces with anything between them. */
export function matches(text: string, pieces: readonly string[]): boolean {
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

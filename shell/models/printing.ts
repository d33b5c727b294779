import { baseName, join, normalize, parent } from "../../machine/paths";
import type { Call, Outcome } from "../call";
import { absolute, nameOf } from "../file-operations";
import { readOptions } from "../options";
import { lastName } from "../path-patterns";
import { fileWords } from "../program-words";
import { EMPTY, hole, joined, literalOf, type Text } from "../text";

/** cat: the files one after the other, or standard input. */
export function cat(call: Call): Outcome {
  // All options but -u number lines, or make characters visible.
  const changes = call.args.some((arg) => /^-(?!$|-$|u$)/.test(literalOf(arg) ?? ""));
  if (changes) return { stdout: hole("the output of cat") };
  const { operands } = readOptions(call.args, {});
  if (operands.length === 0) return { stdout: call.stdin };
  return {
    stdout: joined(...operands.map((operand) => (literalOf(operand) === "-" ? call.stdin : contentAt(call, operand)))),
  };
}

/** The content of a file: what this text wrote there, else something that stands for it. */
function contentAt(call: Call, operand: Text): Text {
  const path = literalOf(absolute(operand, call.directory));
  if (path === undefined) return hole("the content of a file");
  if (path === "/dev/stdin") return call.stdin;
  if (path === "/dev/null") return EMPTY;
  const file = normalize(path);
  const known = call.textOf(file);
  return known === undefined ? hole(`the content of ${fileWords(file, "a file")}`, { file }) : [known];
}

/** echo, with `-n` and `-e`. Whether it reads backslashes without `-e` depends on the shell: then it is not known. */
export function echo(call: Call): Outcome {
  const flags = new Set<string>();
  let first = 0;
  for (const arg of call.args) {
    const text = literalOf(arg) ?? "";
    if (text.length < 2 || !text.startsWith("-") || ![...text.slice(1)].every((letter) => "neE".includes(letter)))
      break;
    for (const letter of text.slice(1)) flags.add(letter);
    first += 1;
  }
  const words = call.args.slice(first).flatMap((arg, index) => (index === 0 ? [arg] : [[" "], arg]));
  const text = joined(...words, flags.has("n") ? EMPTY : ["\n"]);
  const escapes = text.some((piece) => typeof piece === "string" && piece.includes("\\"));
  if (!escapes) return { stdout: text };
  return { stdout: flags.has("e") ? unescaped(text) : hole("what echo makes of backslashes") };
}

/** printf: `%s`, `%b` and escapes; other conversions are not followed. */
export function printf(call: Call): Outcome {
  const args = literalOf(call.args[0] ?? EMPTY) === "--" ? call.args.slice(1) : call.args;
  const [format = EMPTY, ...values] = args;
  const literal = literalOf(format);
  if (literal === undefined) return { stdout: hole("the output of printf") };
  const texts: Text[] = [];
  // The format is used again until all arguments are printed (POSIX printf).
  for (let used = 0, round = 0; round === 0 || used < values.length; round += 1) {
    const before = used;
    for (const piece of conversions(literal)) {
      if (piece === "%s" || piece === "%b") {
        const value = values[used] ?? EMPTY;
        texts.push(piece === "%b" ? unescaped(value) : value);
        used += 1;
      } else if (piece.startsWith("%") && piece !== "%%") return { stdout: hole("the output of printf") };
      else texts.push(piece === "%%" ? ["%"] : unescaped([piece]));
    }
    if (used === before) break;
  }
  return { stdout: joined(...texts) };
}

/** A printf format as literal pieces and conversions of two characters. */
function conversions(format: string): readonly string[] {
  const pieces: string[] = [];
  let rest = format;
  for (let at = rest.indexOf("%"); at >= 0; at = rest.indexOf("%")) {
    if (at > 0) pieces.push(rest.slice(0, at));
    pieces.push(rest.slice(at, at + 2));
    rest = rest.slice(at + 2);
  }
  return rest === "" ? pieces : [...pieces, rest];
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', "'": "'" };

/** The text with the common backslash escapes replaced; a hole where it has one that is not among them. */
function unescaped(text: Text): Text {
  const pieces = text.map((piece): Text => {
    if (typeof piece !== "string") return [piece];
    const [start = "", ...escaped] = piece.split("\\");
    if (escaped.includes("")) return hole("what is made of backslashes");
    const rest = escaped.map((part) => {
      const replacement = ESCAPES[part.charAt(0)];
      return replacement === undefined ? undefined : replacement + part.slice(1);
    });
    return rest.includes(undefined) ? hole("what is made of backslashes") : [start + rest.join("")];
  });
  return joined(...pieces);
}

/** base64: `-d` of a known text gives the text, where it is one. */
export function base64(call: Call): Outcome {
  const options = readOptions(call.args, { values: "wi", longValues: ["wrap"] });
  const input = options.operands[0] ?? options.value("i");
  const text = literalOf(input === undefined || literalOf(input) === "-" ? call.stdin : contentAt(call, input));
  const unknownUntilUpdate =
    input === undefined ? call.stdin.filter((piece) => typeof piece !== "string" && piece.unknownUntilUpdate) : EMPTY;
  if (text === undefined)
    return { stdout: unknownUntilUpdate.length > 0 ? unknownUntilUpdate : hole("the output of base64") };
  if (!options.has("d", "D", "decode")) return { stdout: hole("the output of base64") };
  const bytes = Buffer.from(text, "base64");
  const decoded = bytes.toString("utf8");
  return { stdout: Buffer.from(decoded, "utf8").equals(bytes) ? [decoded] : hole("the output of base64") };
}

/** basename PATH [SUFFIX] */
export function basename(call: Call): Outcome {
  const { operands, has } = readOptions(call.args, {});
  if (has("a", "multiple", "s", "suffix", "z", "zero")) return { stdout: hole("the output of basename") };
  const [path = EMPTY, suffix = EMPTY] = operands;
  const end = literalOf(suffix) ?? "";
  const matched = literalOf(path) === undefined ? lastName(path) : undefined;
  if (matched !== undefined && end === "") return { stdout: joined(matched, ["\n"]) };
  const name = nameOf(path);
  if (name === undefined) return { stdout: hole("the output of basename") };
  return { stdout: [`${end !== "" && name.endsWith(end) && name !== end ? name.slice(0, -end.length) : name}\n`] };
}

/** dirname PATH */
export function dirname(call: Call): Outcome {
  const [path, another] = readOptions(call.args, {}).operands;
  const literal = path === undefined || another !== undefined ? undefined : literalOf(path);
  return { stdout: literal === undefined ? hole("the output of dirname") : [`${folderOf(literal)}\n`] };
}

/** POSIX: without the name at the end and the slashes around it. */
function folderOf(path: string): string {
  const end = withoutSlashes(path, path.length);
  if (end === 0) return path === "" ? "." : "/";
  const slash = path.lastIndexOf("/", end - 1);
  if (slash < 0) return ".";
  return path.slice(0, withoutSlashes(path, slash)) || "/";
}

/** Where the slashes begin that a path has before a place. */
function withoutSlashes(path: string, before: number): number {
  let end = before;
  while (end > 0 && path.charAt(end - 1) === "/") end -= 1;
  return end;
}

/** seq: numbers that loops run through, as far as they are few. */
export function seq(call: Call): Outcome {
  const numbers = call.args.map((arg) => Number(literalOf(arg) ?? Number.NaN));
  const [first = 1, second, third] = numbers;
  const [from, step, to] =
    third !== undefined ? [first, second ?? 1, third] : second !== undefined ? [first, 1, second] : [1, 1, first];
  const count = Math.floor((to - from) / step) + 1;
  if (!Number.isInteger(from) || !Number.isInteger(step) || !(count >= 0 && count <= 1000))
    return { stdout: hole("the output of seq") };
  return { stdout: [Array.from({ length: count }, (_, index) => `${from + index * step}\n`).join("")] };
}

/** The folder where mktemp makes its names, and whatever name it chose. */
export function mktemp(call: Call): Outcome {
  const options = readOptions(call.args, { values: "p", longValues: ["tmpdir", "suffix"] });
  const [template = ["tmp.XXXXXXXXXX"]] = options.operands;
  const inside = options.operands.length === 0 || options.has("t", "p", "tmpdir");
  const given = options.value("p", "tmpdir") ?? EMPTY;
  const folder = given.length === 0 ? (call.valueOf("TMPDIR") ?? ["/tmp"]) : given;
  const path = absolute(template, inside ? absolute(folder, call.directory) : call.directory);
  const literal = literalOf(path);
  const stem = literal === undefined ? path : [join(parent(literal), baseName(literal).split("XXX")[0] ?? "")];
  return { stdout: joined(stem, hole("a name that mktemp chooses")) };
}

import { normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Next, Outcome } from "../call";
import { absolute } from "../file-operations";
import { readOptions } from "../options";
import { globOf } from "../path-patterns";
import { cutAt, EMPTY, hole, joined, literalOf, type Text } from "../text";

/** ls: the names that a pattern or a folder holds; with `-l` and its like more than names. */
export function ls(call: Call): Outcome {
  const options = readOptions(call.args, { values: "IwT" });
  const [only, another] = options.operands;
  const more = options.has("l", "a", "A", "R", "i", "s", "g", "o", "n", "p", "F", "d");
  if (only === undefined || another !== undefined || more) return { stdout: hole("the output of ls"), asks: true };
  const glob = globOf(absolute(only, call.directory));
  const names = glob === undefined ? [{ why: "a name that ls prints", pattern: "*" }] : only;
  return { stdout: joined(names, ["\n"]), asks: true };
}

/** cmp, diff: a yes means that both files are there. */
export function compare(call: Call): Outcome {
  const paths = readOptions(call.args, { values: "ni" }).operands.map((file) =>
    literalOf(absolute(file, call.directory)),
  );
  const known = paths.filter((path) => path !== undefined && path !== "/dev/stdin" && !path.endsWith("/-"));
  const asks = known.length === 2 && paths.length === 2;
  return {
    stdout: hole(`the output of ${call.name}`),
    asks: asks ? { paths: known.map((path) => normalize(path ?? "")), yesMeans: "exist", partial: true } : true,
  };
}

/** find: `-exec COMMAND` and `-delete` for the files below a folder whose names match; else it prints them. */
export function find(call: Call): Outcome {
  const first = call.args.findIndex((arg) => /^[-(!]/.test(literalOf(arg) ?? ""));
  const end = first < 0 ? call.args.length : first;
  const folders = call.args.slice(0, end);
  const { chosen, action } = testsOf(call.args.slice(end));
  const found = folders.length > 1 ? FOUND : foundBelow(absolute(folders[0] ?? EMPTY, call.directory), chosen);
  const pattern = globOf(found);
  const reason: Reason = { id: "conditional-step", data: { on: "files-of-find" } };
  const conditional = pattern === undefined ? { reason } : { reason, each: pattern };
  const [verb, ...words] = action;
  switch (literalOf(verb ?? EMPTY)) {
    case "-exec":
    case "-execdir":
    case "-ok":
    case "-okdir": {
      const stop = words.findIndex((word) => literalOf(word) === ";" || literalOf(word) === "+");
      const argv = words.slice(0, stop < 0 ? undefined : stop).map((word) => withFound(word, found));
      return { next: { run: { argv }, conditional } };
    }
    case "-delete": {
      const next: Next = { run: { argv: [["rm"], ["-r"], found] }, conditional };
      return { next };
    }
    default:
      return { stdout: joined(found, ["\n"]) };
  }
}

const FOUND: Text = hole("the file that find finds");

interface Chosen {
  readonly name: Text | undefined;
  readonly depth: string | undefined;
  /** True if other tests choose among the files. */
  readonly more: boolean;
}

/** The tests of an expression, up to its first action. */
function testsOf(expression: readonly Text[]): { readonly chosen: Chosen; readonly action: readonly Text[] } {
  let chosen: Chosen = { name: undefined, depth: undefined, more: false };
  for (let at = 0; at < expression.length; at += 1) {
    const word = literalOf(expression[at] ?? EMPTY) ?? "";
    const value = expression[at + 1] ?? EMPTY;
    if (ACTIONS.includes(word)) return { chosen, action: expression.slice(at) };
    if (word === "-name") chosen = { ...chosen, name: value, more: chosen.more || chosen.name !== undefined };
    else if (word === "-maxdepth") chosen = { ...chosen, depth: literalOf(value) };
    else if (word !== "-type" || literalOf(value) !== "f") {
      chosen = { ...chosen, more: true };
      continue;
    }
    at += 1;
  }
  return { chosen, action: [] };
}

const ACTIONS: readonly string[] = ["-exec", "-execdir", "-ok", "-okdir", "-delete", "-print", "-print0"];

/** The files that find finds, as a pattern where its tests are only about their names. */
function foundBelow(folder: Text, { name, depth, more }: Chosen): Text {
  const start = literalOf(folder);
  if (start === undefined || start === "") return FOUND;
  const given = name === undefined ? "*" : literalOf(name);
  const plain = given !== undefined && !given.includes("[") && !given.includes("\\") && !given.includes("?");
  const parts = plain ? given.split("*") : [];
  // A name that starts with a star may lie at any depth; `-name 'ca.pem'` could not be told from `my-ca.pem`.
  const followed = parts.length > 1 && parts[0] === "" && (depth === undefined || depth === "1") && !more;
  if (!followed) return joined([`${start}/`], FOUND);
  const [, ...rest] = parts;
  const star = { why: "the file that find finds", pattern: depth === "1" ? "*" : "**" };
  const others = rest.flatMap((text, index) => (index === 0 ? [text] : [{ ...star, pattern: "*" }, text]));
  return joined([`${start.endsWith("/") ? start.slice(0, -1) : start}/`], [star], others);
}

function withFound(arg: Text, found: Text): Text {
  const cut = cutAt(arg, "{}");
  return cut === undefined ? arg : joined(cut.before, found, withFound(cut.after, found));
}

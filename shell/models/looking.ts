import type { FileOperation } from "../../machine/file-operation";
import { normalize } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Next, Outcome } from "../call";
import { absolute, NOT_SHOWN, write } from "../file-operations";
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
  const args = call.args.slice(countOfOptions(call.args));
  const first = args.findIndex((arg) => /^[-(!,)]/.test(literalOf(arg) ?? ""));
  const end = first < 0 ? args.length : first;
  const folders = args.slice(0, end);
  const expression = args.slice(end);
  // These run in the folder of each file, or read what is to be searched from a file.
  if (expression.some((arg) => ["-execdir", "-okdir", "-files0-from"].includes(literalOf(arg) ?? "")))
    return { unread: { id: "option-not-known", data: { program: "find" } } };
  const next: Next[] = [];
  const { chosen, actions } = testsOf(expression);
  // Without a name the folder is among them, which matters to all but what takes it away.
  const isOfAll = chosen.name === undefined && !chosen.isFile && actions.some(({ verb }) => verb === "-exec");
  const found =
    folders.length > 1
      ? FOUND
      : foundBelow(absolute(folders[0] ?? EMPTY, call.directory), { ...chosen, more: chosen.more || isOfAll });
  const pattern = globOf(found);
  const reason: Reason = { id: "conditional-step", data: { on: "files-of-find" } };
  const conditional = pattern === undefined ? { reason } : { reason, each: pattern };
  const operations: FileOperation[] = [];
  for (const { verb, words } of actions) {
    if (verb === "-exec" || verb === "-ok")
      next.push({ run: { argv: words.map((word) => withFound(word, found)) }, conditional });
    else if (verb === "-delete") next.push({ run: { argv: [["rm"], ["-r"], found] }, conditional });
    else if (verb.startsWith("-f")) operations.push(...write(absolute(words[0] ?? EMPTY, call.directory), NOT_SHOWN));
  }
  const prints = next.length > 0 && actions.some(({ verb }) => verb.startsWith("-p") || verb === "-ls");
  const stdout = prints ? hole("the output of find") : joined(found, ["\n"]);
  return { operations, ...(next.length === 0 ? { stdout } : { next, ...(prints ? { stdout } : {}) }) };
}

/** `-H`, `-L`, `-P`, `-O3` and `-D exec` stand before the folders. */
function countOfOptions(args: readonly Text[]): number {
  let count = 0;
  for (let word = literalOf(args[0] ?? EMPTY) ?? ""; /^-(?:[HLP]|O\d|D)$/.test(word); ) {
    count += word === "-D" ? 2 : 1;
    word = literalOf(args[count] ?? EMPTY) ?? "";
  }
  return count;
}

const FOUND: Text = hole("the file that find finds");

interface Chosen {
  readonly name: Text | undefined;
  readonly depth: string | undefined;
  /** True if folders are not among them. */
  readonly isFile: boolean;
  /** True if other tests choose among the files. */
  readonly more: boolean;
}

interface Action {
  readonly verb: string;
  readonly words: readonly Text[];
}

/** The tests of an expression up to its first action, and its actions: what is tested between them chooses still fewer files. */
function testsOf(expression: readonly Text[]): { readonly chosen: Chosen; readonly actions: readonly Action[] } {
  let chosen: Chosen = { name: undefined, depth: undefined, isFile: false, more: false };
  const actions: Action[] = [];
  for (let at = 0; at < expression.length; at += 1) {
    const word = literalOf(expression[at] ?? EMPTY) ?? "";
    const value = expression[at + 1] ?? EMPTY;
    const length = wordsOfAction(word, expression.slice(at + 1));
    if (length !== undefined) {
      const all = expression.slice(at + 1, at + 1 + length);
      const runs = word === "-exec" || word === "-ok";
      actions.push({ verb: word, words: runs ? all.slice(0, -1) : all });
      at += length;
    } else if (word === "-name") {
      chosen = { ...chosen, name: value, more: chosen.more || chosen.name !== undefined || actions.length > 0 };
      at += 1;
    } else if (word === "-maxdepth") {
      chosen = { ...chosen, depth: literalOf(value) };
      at += 1;
    } else if (word === "-type" && literalOf(value) === "f") {
      chosen = { ...chosen, isFile: true };
      at += 1;
    } else chosen = { ...chosen, more: true };
  }
  return { chosen, actions };
}

/** How many words belong to an action; undefined for what is none. */
function wordsOfAction(verb: string, rest: readonly Text[]): number | undefined {
  if (verb === "-exec" || verb === "-ok") {
    const end = rest.findIndex(
      (word, index) =>
        literalOf(word) === ";" || (literalOf(word) === "+" && literalOf(rest[index - 1] ?? EMPTY) === "{}"),
    );
    return end < 0 ? rest.length : end + 1;
  }
  if (verb === "-fprint" || verb === "-fprint0" || verb === "-fls") return 1;
  if (verb === "-fprintf") return 2;
  return ["-delete", "-print", "-print0", "-ls", "-quit"].includes(verb) ? 0 : undefined;
}

/** The files that find finds, as a pattern where its tests are only about their names. */
function foundBelow(folder: Text, { name, depth, isFile, more }: Chosen): Text {
  const start = literalOf(folder);
  if (start === undefined || start === "") return FOUND;
  const given = name === undefined ? "*" : literalOf(name);
  const plain = given !== undefined && !given.includes("[") && !given.includes("\\") && !given.includes("?");
  const parts = plain ? given.split("*") : [];
  // A name that starts with a star may lie at any depth; `-name 'ca.pem'` could not be told from `my-ca.pem`.
  const followed = parts.length > 1 && parts[0] === "" && (depth === undefined || depth === "1") && !more;
  // The folder itself may be found as well.
  if (!followed) return joined([isFile ? `${start}/` : start], FOUND);
  const [, ...rest] = parts;
  const star = { why: "the file that find finds", pattern: depth === "1" ? "*" : "**" };
  const others = rest.flatMap((text, index) => (index === 0 ? [text] : [{ ...star, pattern: "*" }, text]));
  return joined([`${start.endsWith("/") ? start.slice(0, -1) : start}/`], [star], others);
}

function withFound(arg: Text, found: Text): Text {
  const cut = cutAt(arg, "{}");
  return cut === undefined ? arg : joined(cut.before, found, withFound(cut.after, found));
}

import type { FileOperation } from "../../machine/file-operation";
import { normalize } from "../../machine/paths";
import type { Call, Outcome } from "../call";
import { conditional } from "../conditional";
import { absolute, emptied, NOT_SHOWN, pathUnknown, write, writtenFilesUnknown } from "../file-operations";
import { modeOf, UNKNOWN_MODE } from "../mode-of";
import { globOf, scopePattern } from "../path-patterns";
import { fileWords } from "../program-words";
import { hole, joined, literalOf, type Text } from "../text";
import { withOptions } from "../with-options";

/** tee: puts its standard input in each file and hands it on. */
export const tee = withOptions(
  { switches: "aip", longSwitches: ["append", "ignore-interrupts", "output-error", "help", "version"] },
  (call, options) => {
    const text = options.has("a", "append") ? NOT_SHOWN : call.stdin;
    return {
      operations: options.operands.flatMap((file) => write(absolute(file, call.directory), text)),
      stdout: call.stdin,
    };
  },
);

/** touch: the file is there afterwards. What this text wrote there before stays known. */
export const touch = withOptions(
  {
    values: "drt",
    longValues: ["date", "reference", "time"],
    switches: "acfhm",
    longSwitches: ["no-create", "no-dereference", "help", "version"],
  },
  (call, options) => {
    if (options.has("c", "no-create", "h", "no-dereference")) return {};
    return {
      operations: options.operands.flatMap((file) => {
        const path = absolute(file, call.directory);
        const literal = literalOf(path);
        return literal !== undefined && call.textOf(normalize(literal)) !== undefined ? [] : write(path, NOT_SHOWN);
      }),
    };
  },
);

/** dd of=FILE, from if=FILE or standard input. */
export function dd(call: Call): Outcome {
  const operands = new Map<string, Text>();
  for (const arg of call.args) {
    const [first, ...rest] = arg;
    if (typeof first !== "string") continue;
    const cut = first.indexOf("=");
    if (cut > 0) operands.set(first.slice(0, cut), joined([first.slice(cut + 1)], rest));
  }
  const [from, to] = [operands.get("if"), operands.get("of")];
  const source = from === undefined ? undefined : literalOf(absolute(from, call.directory));
  const isWhole = [...operands].every(([name, value]) => isOfWhole(name, value));
  const text =
    from === undefined || source === "/dev/stdin"
      ? isWhole
        ? call.stdin
        : NOT_SHOWN
      : source === undefined || !isWhole || source.startsWith("/dev/")
        ? NOT_SHOWN
        : hole(`the content of ${fileWords(source, "a file")}`, { file: source });
  if (to === undefined) return { stdout: text };
  return { operations: write(absolute(to, call.directory), text) };
}

/** True for an operand of dd by which it copies all as it is. */
function isOfWhole(name: string, value: Text): boolean {
  const flags = (literalOf(value) ?? "?").split(",");
  if (name === "conv") return flags.every((flag) => ["fsync", "fdatasync", "noerror"].includes(flag));
  if (name === "oflag" || name === "iflag") return flags.every((flag) => ["sync", "dsync", "fullblock"].includes(flag));
  return name === "if" || name === "of" || name === "status";
}

/** chmod MODE FILE..., and all below a folder with `-R`. */
export function chmod(call: Call): Outcome {
  // `chmod -x FILE` and `chmod -rwx FILE` are modes, not options.
  const isOption = (arg: Text) => /^(?:-[Rvcf]+|--[a-z-]+(?:=.*)?|--)$/s.test(literalOf(arg) ?? "");
  const options = call.args.filter(isOption).map((arg) => literalOf(arg) ?? "");
  const recursive = options.some((option) => /^(?:-[vcf]*R|--rec)/.test(option));
  const isLike = options.some((option) => option.startsWith("--ref"));
  const words = call.args.filter((arg) => !isOption(arg));
  const files = isLike ? words : words.slice(1);
  const value = (isLike ? undefined : modeOf(words[0])) ?? UNKNOWN_MODE;
  const prints = options.some((option) => /^(?:-\w*[vc]|--verb|--ch)/.test(option));
  return {
    ...(prints ? { stdout: hole("the output of chmod") } : {}),
    operations: files.flatMap((file): readonly FileOperation[] => {
      const path = absolute(file, call.directory);
      const literal = literalOf(path);
      if (literal !== undefined)
        return [{ do: "set-mode", path: normalize(literal), mode: value, ...(recursive ? { recursive } : {}) }];
      const known = globOf(path);
      const pattern = known ?? scopePattern(path);
      const mode = known === undefined ? UNKNOWN_MODE : value;
      return pattern === undefined ? [] : [{ do: "for-each-match", pattern, step: { do: "set-mode", mode } }];
    }),
  };
}

/** rm, unlink: what is named, and what a pattern matches; `rm -r DIR/*` empties the folder. */
export const rm = withOptions(
  {
    switches: "dfiIrRv",
    longSwitches: [
      ...["force", "interactive", "one-file-system", "no-preserve-root", "preserve-root", "recursive", "dir"],
      ...["verbose", "help", "version"],
    ],
  },
  (call, options) => {
    const recursive = options.has("r", "R", "recursive");
    const removals = options.operands.flatMap((operand) => removal(absolute(operand, call.directory), recursive));
    const asksFirst = options.has("i", "I", "interactive") && !options.has("f", "force");
    return { operations: asksFirst ? conditional(removals, writtenFilesUnknown("rm -i")) : removals };
  },
);

/** The removal of a path, or of each file that a pattern matches. */
export function removal(path: Text, recursive: boolean): readonly FileOperation[] {
  const literal = literalOf(path);
  if (literal !== undefined) return [{ do: "remove", path: normalize(literal), recursive }];
  const [folder, last] = path;
  const all = path.length === 2 && typeof last === "object" && last.pattern === "*";
  if (all && typeof folder === "string" && folder.endsWith("/") && recursive) return emptied(normalize(folder));
  const glob = globOf(path);
  if (glob !== undefined) return [{ do: "for-each-match", pattern: glob, step: { do: "remove", recursive } }];
  // What is removed from a folder that is not known is taken to lie elsewhere: `rm -rf "$TMPDIR"`.
  const pattern = scopePattern(path);
  const reason = pathUnknown("remove", path);
  return pattern === undefined ? [] : [{ do: "might-remove", scope: { kind: "matching", pattern }, reason }];
}

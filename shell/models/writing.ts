import type { FileOperation } from "../../machine/file-operation";
import { normalize } from "../../machine/paths";
import type { Call, Outcome } from "../call";
import { absolute, emptied, NOT_SHOWN, pathUnknown, write } from "../file-operations";
import { modeOf } from "../mode-of";
import { readOptions } from "../options";
import { globOf, scopePattern } from "../path-patterns";
import { fileWords } from "../program-words";
import { hole, joined, literalOf, type Text } from "../text";

/** tee: puts its standard input in each file and hands it on. */
export function tee(call: Call): Outcome {
  const options = readOptions(call.args, {});
  const text = options.has("a", "append") ? NOT_SHOWN : call.stdin;
  return {
    operations: options.operands.flatMap((file) => write(absolute(file, call.directory), text)),
    stdout: call.stdin,
  };
}

/** touch: the file is there afterwards. What this text wrote there before stays known. */
export function touch(call: Call): Outcome {
  const options = readOptions(call.args, { values: "drt", longValues: ["date", "reference", "time"] });
  if (options.has("c", "no-create")) return {};
  return {
    operations: options.operands.flatMap((file) => {
      const path = absolute(file, call.directory);
      const literal = literalOf(path);
      return literal !== undefined && call.textOf(normalize(literal)) !== undefined ? [] : write(path, NOT_SHOWN);
    }),
  };
}

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
  const text =
    from === undefined || source === "/dev/stdin"
      ? call.stdin
      : source === undefined || operands.has("bs") || operands.has("count") || source.startsWith("/dev/")
        ? NOT_SHOWN
        : hole(`the content of ${fileWords(source, "a file")}`, { file: source });
  if (to === undefined) return { stdout: text };
  return { operations: write(absolute(to, call.directory), text) };
}

/** chmod MODE FILE... */
export function chmod(call: Call): Outcome {
  // `chmod -x FILE` and `chmod -rwx FILE` are modes, not options.
  const isOption = (arg: Text) =>
    ["-R", "-v", "-c", "-f", "-Rv", "-vR", "-Rf", "--recursive", "--"].includes(literalOf(arg) ?? "");
  const [mode, ...files] = call.args.filter((arg) => !isOption(arg));
  const value = modeOf(mode);
  if (value === undefined) return {};
  return {
    operations: files.flatMap((file): readonly FileOperation[] => {
      const path = absolute(file, call.directory);
      const literal = literalOf(path);
      if (literal !== undefined) return [{ do: "set-mode", path: normalize(literal), mode: value }];
      const pattern = globOf(path);
      return pattern === undefined ? [] : [{ do: "for-each-match", pattern, step: { do: "set-mode", mode: value } }];
    }),
  };
}

/** rm, unlink: what is named, and what a pattern matches; `rm -r DIR/*` empties the folder. */
export function rm(call: Call): Outcome {
  const options = readOptions(call.args, {});
  const recursive = options.has("r", "R", "recursive");
  return { operations: options.operands.flatMap((operand) => removal(absolute(operand, call.directory), recursive)) };
}

function removal(path: Text, recursive: boolean): readonly FileOperation[] {
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

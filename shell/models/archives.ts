import type { FileOperation } from "../../machine/file-operation";
import { normalize, parent } from "../../machine/paths";
import type { Reason } from "../../reasons/reason";
import type { Call, Outcome } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write, writtenFilesUnknown } from "../file-operations";
import { readOptions } from "../options";
import { fileWords } from "../program-words";
import { EMPTY, hole, literalOf } from "../text";

/** tar: unpacking might write anything below `-C DIR`; packing writes the archive. */
export function tar(call: Call): Outcome {
  const [first = EMPTY, ...rest] = call.args;
  // `tar xzf FILE`: the old form, options without a dash.
  const old = literalOf(first) ?? "-";
  const args = old.startsWith("-") ? call.args : [[`-${old}`], ...rest];
  const options = readOptions(args, {
    values: "CfTXbgIK",
    longValues: [
      "directory",
      "file",
      "strip-components",
      "transform",
      "exclude",
      "mode",
      "owner",
      "group",
      "files-from",
    ],
  });
  const file = options.value("f", "file") ?? EMPTY;
  if (options.has("c", "create", "r", "append", "u", "update")) {
    const stdout = literalOf(file) === "-" || file.length === 0;
    return stdout
      ? { stdout: hole("the output of tar") }
      : { operations: write(absolute(file, call.directory), NOT_SHOWN) };
  }
  if (!options.has("x", "extract", "get") || options.has("O", "to-stdout"))
    return { stdout: hole("the output of tar") };
  const archive = literalOf(file);
  const reason = unpacked(archive);
  if (options.has("P", "absolute-names"))
    return { operations: [{ do: "might-write", scope: { kind: "anywhere" }, reason }] };
  return { operations: [mightWrite(absolute(options.value("C", "directory") ?? EMPTY, call.directory), reason)] };
}

function unpacked(archive: string | undefined): Reason {
  const words = archive === undefined ? "" : fileWords(archive, "");
  return { id: "archive-unpacked", data: { archive: words === "" ? null : words } };
}

/** unzip: anything below `-d DIR`, unless it lists or prints. */
export function unzip(call: Call): Outcome {
  const options = readOptions(call.args, { values: "dxP" });
  if (options.has("l", "p", "t", "Z", "v")) return { stdout: hole("the output of unzip") };
  const reason = unpacked(literalOf(options.operands[0] ?? EMPTY));
  return { operations: [mightWrite(absolute(options.value("d") ?? EMPTY, call.directory), reason)] };
}

/** gzip, gunzip and their like put the result beside the file, or print it. */
export function compress(call: Call): Outcome {
  const options = readOptions(call.args, { values: "S", longValues: ["suffix"] });
  const prints = options.has("c", "stdout", "to-stdout") || options.operands.length === 0 || call.name.endsWith("cat");
  if (prints) return { stdout: hole(`the output of ${call.name}`) };
  return {
    operations: options.operands.map((file): FileOperation => {
      const path = literalOf(absolute(file, call.directory));
      const reason = writtenFilesUnknown(call.name);
      return path === undefined
        ? mightWrite(absolute(file, call.directory), reason)
        : { do: "might-write", scope: { kind: "below", path: parent(normalize(path)) }, reason };
    }),
  };
}

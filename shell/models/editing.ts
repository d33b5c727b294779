import type { FileOperation } from "../../machine/file-operation";
import { parent } from "../../machine/paths";
import type { Call, Outcome } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write, writtenFilesUnknown } from "../file-operations";
import { readOptions } from "../options";
import { hole, joined, literalOf, type Text } from "../text";
import { withOptions } from "../with-options";

/** sed: with `-i` each file stays where it is, with other content; else it only prints. Its command `w` writes files. */
export const sed = withOptions(
  {
    values: "efl",
    attached: "i",
    longValues: ["expression", "file", "line-length"],
    switches: "nErsuz",
    longSwitches: [
      ...["quiet", "silent", "debug", "follow-symlinks", "in-place", "posix", "regexp-extended", "separate"],
      ...["sandbox", "unbuffered", "null-data", "help", "version"],
    ],
  },
  (call, options) => {
    const scripted = options.has("e", "f", "expression", "file");
    const scripts = scripted ? options.values("e", "expression") : options.operands.slice(0, 1);
    const written = scripts.flatMap((script) => filesOf(call, literalOf(script) ?? ""));
    if (!options.has("i", "in-place")) return { operations: written, stdout: hole("the output of sed") };
    const suffix = options.value("i", "in-place") ?? [];
    return {
      operations: [
        ...written,
        ...options.operands.slice(scripted ? 0 : 1).flatMap((file) => {
          const path = absolute(file, call.directory);
          if (literalOf(path) === undefined) return [];
          // The old content stays beside it, or in another folder.
          const old = suffix.length === 0 ? [] : [mightWrite(oldName(path, suffix), writtenFilesUnknown("sed -i"))];
          return [...old, ...write(path, NOT_SHOWN)];
        }),
      ],
    };
  },
);

function oldName(path: Text, suffix: Text): Text {
  const isPlain = suffix.every((piece) => typeof piece === "string" && !/[*/]/.test(piece));
  return isPlain ? joined(path, suffix) : [parent(literalOf(path) ?? "/")];
}

/** The files that the command `w`, or the flag of `s`, writes. */
function filesOf(call: Call, script: string): readonly FileOperation[] {
  const names = [...script.matchAll(/(?:^|[\s;{}!$\d/|#,])w[ \t]+([^\s;}]+)/g)].flatMap(([, name]) => name ?? []);
  return names.map((name) => mightWrite(absolute([name], call.directory), writtenFilesUnknown("sed")));
}

/** awk prints; a program that writes files or runs commands itself is not read. */
export function awk(call: Call): Outcome {
  const writes = ['> "', '>"', '| "', '|"', "system("];
  const hidden = call.args.some((arg) => {
    const text = literalOf(arg);
    return text === undefined || writes.some((one) => text.includes(one));
  });
  return hidden
    ? { unread: { id: "program-not-modeled", data: { program: "an awk program that may write files" } } }
    : { stdout: hole("the output of awk") };
}

/** mount: another disk's files appear below the mount point. */
export function mount(call: Call): Outcome {
  const { operands } = readOptions(call.args, {
    values: "toLUO",
    longValues: ["types", "options", "source", "target"],
  });
  const point = operands.at(-1);
  if (point === undefined || operands.length < 2) return {};
  return { operations: [mightWrite(absolute(point, call.directory), { id: "disk-mounted", data: {} })] };
}

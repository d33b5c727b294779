import type { Call, Outcome } from "../call";
import { absolute, mightWrite, NOT_SHOWN, write } from "../file-operations";
import { readOptions } from "../options";
import { hole, literalOf, type Text } from "../text";

/** sed: with `-i` each file stays where it is, with other content; else it only prints. */
export function sed(call: Call): Outcome {
  const options = readOptions(call.args.map(attachedSuffix), { values: "efls", longValues: ["expression", "file"] });
  if (!options.has("i", "in-place")) return { stdout: hole("the output of sed") };
  const scripted = options.has("e", "f", "expression", "file");
  return {
    operations: options.operands.slice(scripted ? 0 : 1).flatMap((file) => {
      const path = absolute(file, call.directory);
      return literalOf(path) === undefined ? [] : write(path, NOT_SHOWN);
    }),
  };
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

/** `-i.bak` and `-i''` carry their suffix with them: what follows is not a cluster of options. */
function attachedSuffix(arg: Text): Text {
  const literal = literalOf(arg);
  return literal?.startsWith("-i") ? ["-i"] : arg;
}

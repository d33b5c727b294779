import { createRequire } from "node:module";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";

/**
 * Runs the built program in this process: a run of its own each would take longer than kubeadm. `input` is its standard input.
 * Gives `{code, output, complaints}`.
 */
export async function ourProgram(args, { folder, input = "" }) {
  const { main } = createRequire(import.meta.url)(join(projectFolder, "dist/cli/main.js"));
  let [output, complaints] = ["", ""];
  const terminal = {
    folder,
    now: new Date(),
    isInteractive: input === "",
    author: () => undefined,
    readInput: async () => Buffer.from(input),
    write: (text) => {
      output += text;
    },
    complain: (text) => {
      complaints += text;
    },
  };
  const code = await main(args, terminal);
  return { code, output, complaints };
}

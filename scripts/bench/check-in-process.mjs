/** Runs `kubeadm-guard ARGS` in this process and tells what that cost, without the start of Node. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";
import { tellCost } from "./cost.mjs";

const { main } = createRequire(import.meta.url)(join(projectFolder, "dist/cli/main.js"));
const terminal = {
  folder: process.cwd(),
  now: new Date(),
  isInteractive: false,
  readInput: async () => Buffer.alloc(0),
  write: () => {},
  complain: (text) => process.stderr.write(text),
};
await tellCost(async () => {
  const code = await main(process.argv.slice(2), terminal);
  if (code > 2) throw new Error(`check could not be run: ${code}`);
});

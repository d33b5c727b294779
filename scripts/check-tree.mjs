#!/usr/bin/env node
/** Part of `npm run lint`: git tracks no file that .gitignore names, and none that is too large to be text of this project. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "./lib/project-folder.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

/** In bytes. The largest file today is a table of kubeadm's answers. */
const LARGEST = 512 * 1024;

await runScript(async () => {
  const ignored = await tracked("--ignored", "--exclude-standard");
  const large = (await Promise.all((await tracked()).map(sized))).filter(({ size }) => size > LARGEST);
  const faults = [
    ...ignored.map((file) => `${file}: .gitignore names it`),
    ...large.map(({ file, size }) => `${file}: ${size} bytes, and ${LARGEST} are allowed`),
  ];
  if (faults.length > 0) throw new UserError(`git tracks what is not part of the project:\n${faults.join("\n")}`);
});

async function tracked(...options) {
  const { code, output } = await run("git", ["ls-files", "-z", "--cached", ...options]);
  if (code !== 0) throw new UserError(`git ls-files failed: ${output}`);
  return output.split("\0").filter((file) => file !== "");
}

/** A file that is deleted and not yet committed has no size. */
async function sized(file) {
  return {
    file,
    size: await stat(join(projectFolder, file)).then(
      ({ size }) => size,
      () => 0,
    ),
  };
}

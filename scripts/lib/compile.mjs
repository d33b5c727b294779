import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "./project-folder.mjs";
import { run } from "./run.mjs";
import { UserError } from "./user-error.mjs";

const dist = join(projectFolder, "dist");

/**
 * Compiles the pack into dist/, and checks the types of the tests as well if asked to with `tests`. What has not changed is
 * not compiled again; what has lost its source is removed.
 */
export async function compile({ tests = false } = {}) {
  const projects = tests ? [".", "tsconfig.test.json"] : ["."];
  const { code } = await run("npx", ["--no-install", "tsc", "-b", ...projects], { show: "stderr" });
  if (code !== 0) throw new UserError("the sources do not compile");
  const outputs = await readdir(dist, { recursive: true });
  await Promise.all(outputs.filter(hasLostItsSource).map((output) => rm(join(dist, output))));
}

function hasLostItsSource(output) {
  const [, source] = /^(.+?)(\.js|\.js\.map|\.d\.ts)$/.exec(output) ?? [];
  return source !== undefined && !existsSync(join(projectFolder, `${source}.ts`));
}

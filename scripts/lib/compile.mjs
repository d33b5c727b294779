import { existsSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { bundle, bundledPackages } from "./bundle.mjs";
import { projectFolder } from "./project-folder.mjs";
import { run } from "./run.mjs";
import { thirdPartyLicenses } from "./third-party-licenses.mjs";
import { UserError } from "./user-error.mjs";

const dist = join(projectFolder, "dist");
const LICENSES = "THIRD-PARTY-LICENSES.txt";

/**
 * Builds the package into dist/: type declarations by tsc, and bundles of what runs. Checks the types of the tests as well if
 * asked to with `tests`. What was left by an older build is removed.
 */
export async function compile({ tests = false } = {}) {
  const projects = tests ? [".", "tsconfig.test.json"] : ["."];
  const { code } = await run("npx", ["--no-install", "tsc", "-b", ...projects], { show: "stderr" });
  if (code !== 0) throw new UserError("the sources do not compile");
  const { outputs, inputs } = await bundle();
  await writeFile(join(dist, LICENSES), await thirdPartyLicenses(await bundledPackages(inputs)));
  const bundles = new Set(outputs.map((output) => relative(dist, join(projectFolder, output))));
  const found = await readdir(dist, { recursive: true });
  await Promise.all(found.filter((file) => isStale(file, bundles)).map((file) => rm(join(dist, file))));
}

function isStale(file, bundles) {
  if (/\.js(\.map)?$/.test(file)) return !bundles.has(file);
  const [, source] = /^(.+)\.d\.ts$/.exec(file) ?? [];
  return source !== undefined && !existsSync(join(projectFolder, `${source}.ts`));
}

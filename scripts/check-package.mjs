#!/usr/bin/env node
/**
 * `npm run package`: packs the package as npm would, and has publint and are-the-types-wrong look at it. Nothing of it runs when it is
 * installed from a registry, and all that is installed with it has a license that it may be used with.
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "./lib/compile.mjs";
import { projectFolder } from "./lib/project-folder.mjs";
import { refusedLicenses } from "./lib/refused-licenses.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

/** npm runs these on the machines of those who install a package. */
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall"];

await runScript(async () => {
  const { scripts } = await json("package.json");
  const atInstall = INSTALL_SCRIPTS.filter((name) => scripts[name] !== undefined);
  if (atInstall.length > 0)
    throw new UserError(`package.json has scripts that run on install: ${atInstall.join(", ")}`);
  const refused = refusedLicenses(await json("package-lock.json"));
  if (refused.length > 0) throw new UserError(`licenses that nobody has agreed to:\n${refused.join("\n")}`);
  await compile();
  const folder = await mkdtemp(join(tmpdir(), "kubeadm-guard-package-"));
  try {
    const { code, output } = await run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder]);
    if (code !== 0) throw new UserError(`npm pack failed:\n${output}`);
    const [tarball] = await readdir(folder);
    await check("publint", ["run", "--strict", join(folder, tarball)]);
    await check("attw", ["--format", "ascii", "--no-color", "--no-emoji", join(folder, tarball)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function json(file) {
  return JSON.parse(await readFile(join(projectFolder, file), "utf8"));
}

/** What a check says matters only where it fails. */
async function check(program, args) {
  const { code, output } = await run("npx", ["--no-install", program, ...args]);
  if (code !== 0) throw new UserError(`${program} found faults in the package:\n${output}`);
}

#!/usr/bin/env node
/** `npm run package`: packs the package as npm would, and has publint and are-the-types-wrong look at it. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "./lib/compile.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

await runScript(async () => {
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

/** What a check says matters only where it fails. */
async function check(program, args) {
  const { code, output } = await run("npx", ["--no-install", program, ...args]);
  if (code !== 0) throw new UserError(`${program} found faults in the package:\n${output}`);
}

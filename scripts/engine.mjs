#!/usr/bin/env node
/**
 * `npm run --silent engine` prints one line: the folder that holds `pulumi` and the Node language host, and nothing else.
 * `npm run --silent engine -- --stand-ins` prints the folder with the stand-ins for provider plugins.
 *
 * For the project's own scripts and tests:
 * `--pack-folders` prints the folder of an engine that can start a pack from its folder (see scripts/engine/get-engine.mjs);
 * `--providers` prints the folder to put on PATH for programs with Kubernetes, command, tls and cloud resources.
 */
import { getEngine, getEngineForPackFolders } from "./engine/get-engine.mjs";
import { getProviders, getStandIns } from "./engine/get-providers.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

await runScript(async () => {
  process.stdout.write(`${await folderFor(process.argv.slice(2))}\n`);
});

async function folderFor(options) {
  const option = options.length > 1 ? options.join(" ") : options[0];
  if (option === undefined) return getEngine();
  if (option === "--stand-ins") return getStandIns();
  if (option === "--pack-folders") return getEngineForPackFolders();
  if (option === "--providers") return (await getProviders(await getEngine())).folder;
  throw new UserError(`unknown option ${option}; there are --stand-ins, --pack-folders and --providers`);
}

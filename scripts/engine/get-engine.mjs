import { existsSync } from "node:fs";
import { chmod, cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { progress } from "../lib/progress.mjs";
import { run } from "../lib/run.mjs";
import { UserError } from "../lib/user-error.mjs";
import { buildFromModules } from "./build-from-modules.mjs";
import { downloadRelease } from "./download-release.mjs";
import { findInstalled } from "./find-installed.mjs";
import { engineRoot, placeFolder } from "./place-folder.mjs";
import { ENGINE, ENGINE_FOR_PACK_FOLDERS } from "./versions.mjs";

/**
 * The folder that holds `pulumi` and `pulumi-language-nodejs` and nothing else.
 *
 * The Pulumi of this machine comes first, then what was got before, the official download, and a build from Go modules.
 */
export async function getEngine() {
  const installed = await findInstalled();
  if (installed.folder !== undefined) return installed.folder;
  for (const origin of ["downloaded", "built"]) {
    const folder = join(engineRoot, `${origin}-${ENGINE}`);
    if (existsSync(folder)) return folder;
  }
  progress(`getting the Pulumi engine: ${installed.why}`);
  const downloaded = await downloadRelease(ENGINE);
  if (downloaded !== undefined) return downloaded;
  if (!(await hasGo())) throw new UserError(NO_ENGINE);
  return buildFromModules(ENGINE);
}

/**
 * The folder of an engine that starts a pack from its folder. A release does. The language host that can be built does
 * not, so an older engine is built for that one test, which starts a pack through `pulumi-analyzer-policy`.
 */
export async function getEngineForPackFolders() {
  const engine = await getEngine();
  if (await startsPackFolders(engine)) return engine;
  const built = await buildFromModules(ENGINE_FOR_PACK_FOLDERS);
  return placeFolder(`starts-pack-folders-${ENGINE_FOR_PACK_FOLDERS}`, async (folder) => {
    await cp(built, folder, { recursive: true });
    const analyzer = join(folder, "pulumi-analyzer-policy");
    await writeFile(analyzer, ANALYZER);
    await chmod(analyzer, 0o755);
  });
}

/** As in the releases of that time: the SDK may be installed above the pack, as it is for one in node_modules. */
const ANALYZER = `#!/bin/sh
script=$(node -e "console.log(require.resolve('@pulumi/pulumi/cmd/run-policy-pack'))") && exec node "$script" "$@"
`;

const NO_ENGINE = `there is no Pulumi engine, and none can be downloaded or built. Do one of these and run the command again:
  - install Pulumi, so that \`pulumi version\` works: https://www.pulumi.com/docs/iac/download-install/
  - install Go 1.25.11 or newer, so that \`go version\` works: the engine is then built from Go modules`;

/** Since 3.221 the language host starts packs, through the SDK's PolicyProxy: Go keeps the names of its source files. */
async function startsPackFolders(folder) {
  const host = await readFile(join(folder, "pulumi-language-nodejs"));
  return host.includes("policy_proxy.go");
}

async function hasGo() {
  const { code } = await run("go", ["version"], { timeoutMs: 30_000 });
  return code === 0;
}

import { npm } from "./npm.mjs";
import { run } from "./run.mjs";

/** `npm ci`, unless everything that the lock file names is installed already. */
export async function installDependencies() {
  const { code } = await run("npm", ["ls", "--all", "--silent"]);
  if (code !== 0) await npm(["ci", "--no-audit", "--no-fund"], "installing dependencies");
}

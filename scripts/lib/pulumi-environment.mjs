import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "./project-folder.mjs";

/**
 * The environment for a run of `pulumi` that touches nothing of the user's: no account, no backend, no cluster, no
 * settings from PULUMI_* variables. State goes to the folder `backend`.
 */
export async function pulumiEnvironment({ path, backend }) {
  await mkdir(backend, { recursive: true });
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_") && name !== "KUBECONFIG");
  return {
    ...Object.fromEntries(own),
    KUBECONFIG: join(projectFolder, ".engine/no-cluster"),
    PATH: [...path, process.env.PATH ?? ""].join(delimiter),
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_HOME: await pulumiHome(),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** A home of our own, which shares the user's plugins if there are any. */
export async function pulumiHome() {
  const home = join(projectFolder, ".engine/home");
  const usersPlugins = join(process.env.PULUMI_HOME || join(homedir(), ".pulumi"), "plugins");
  await mkdir(home, { recursive: true });
  if (!existsSync(join(home, "plugins")) && existsSync(usersPlugins)) {
    await symlink(usersPlugins, join(home, "plugins")).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  return home;
}

import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getEngine, getEngineForPackFolders } from "../../../scripts/engine/get-engine.mjs";
import { getProviders, getStandIns } from "../../../scripts/engine/get-providers.mjs";
import { pulumiEnvironment } from "../../../scripts/lib/pulumi-environment.mjs";

/** Gets what the engine tests need once, before all of them: the pack compiled, engines, provider plugins, a backend. */
export default async function engineSetup(project) {
  const build = spawnSync("npm", ["run", "--silent", "build"], { encoding: "utf8" });
  if (build.status !== 0) throw new Error(`the pack does not compile:\n${build.stdout}${build.stderr}`);
  const engine = await getEngine();
  const providers = await getProviders(engine);
  const standIns = await getStandIns();
  const backend = await mkdtemp(join(tmpdir(), "kubeadm-guard-state-"));
  project.provide("engine", {
    forPreviews: await pulumiEnvironment({ path: [engine, providers.folder], backend }),
    // An update with the real providers would want machines and a cluster.
    forUpdates: await pulumiEnvironment({ path: [engine, standIns], backend }),
    forPackFolders: await pulumiEnvironment({ path: [await getEngineForPackFolders(), providers.folder], backend }),
  });
  return () => rm(backend, { recursive: true, force: true });
}

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getEngine, getEngineForPackFolders } from "../../../scripts/engine/get-engine.mjs";
import { getProviders, getStandIns } from "../../../scripts/engine/get-providers.mjs";
import { compile } from "../../../scripts/lib/compile.mjs";
import { pulumiEnvironment } from "../../../scripts/lib/pulumi-environment.mjs";
import { run } from "../../../scripts/lib/run.mjs";

/** Gets what the engine tests need once, before all of them: the pack compiled, engines, provider plugins, an empty stack. */
export default async function engineSetup(project) {
  await compile();
  const engine = await getEngine();
  const providers = await getProviders(engine);
  const standIns = await getStandIns();
  const folder = await mkdtemp(join(tmpdir(), "kubeadm-guard-stacks-"));
  const backend = join(folder, "backend");
  const forPreviews = await pulumiEnvironment({ path: [engine, providers.folder], backend });
  project.provide("engine", {
    forPreviews,
    // An update with the real providers would need machines and a cluster.
    forUpdates: await pulumiEnvironment({ path: [engine, standIns], backend }),
    forPackFolders: await pulumiEnvironment({ path: [await getEngineForPackFolders(), providers.folder], backend }),
    emptyStack: await emptyStack(folder, backend, forPreviews),
  });
  return () => rm(folder, { recursive: true, force: true });
}

/** The state of a stack without resources and what its configuration needs; a copy of it is a new stack. */
async function emptyStack(folder, backend, env) {
  const project = join(folder, "project");
  await mkdir(project);
  await writeFile(join(project, "Pulumi.yaml"), "name: program\nruntime: nodejs\n");
  const { code, output } = await run("pulumi", ["stack", "init", "dev", "--non-interactive"], { cwd: project, env });
  if (code !== 0) throw new Error(`no stack could be made:\n${output}`);
  const [, encryptionSalt] = /^encryptionsalt: (.+)$/m.exec(await readFile(join(project, "Pulumi.dev.yaml"), "utf8"));
  return { project: "program", name: "dev", backend, encryptionSalt };
}

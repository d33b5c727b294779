#!/usr/bin/env node
/**
 * `npm run demo [-- --masters N]`: shows, with the real Pulumi engine, that the cluster of kubernetes-sigs/kubespray#11500 is refused
 * and its two remedies are accepted. Needs no account and no cluster; ends with 0 only if all went as it should.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stackConfig } from "./demo/stack-config.mjs";
import { getEngine } from "./engine/get-engine.mjs";
import { getProviders } from "./engine/get-providers.mjs";
import { installDependencies } from "./lib/install-dependencies.mjs";
import { npm } from "./lib/npm.mjs";
import { progress } from "./lib/progress.mjs";
import { projectFolder } from "./lib/project-folder.mjs";
import { pulumiEnvironment } from "./lib/pulumi-environment.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

const POLICY = "external-etcd-files-on-every-control-plane-node";
const demoFolder = join(projectFolder, ".demo");

await runScript(async () => {
  const masters = masterCount();
  // A single master is the last one too: it has what the shared configuration names.
  const variants = [
    { variant: "broken", shouldBe: masters > 1 ? "refused" : "accepted" },
    { variant: "fixed", shouldBe: "accepted" },
    { variant: "symlinks", shouldBe: "accepted" },
  ];
  await installDependencies();
  await npm(["run", "--silent", "build"], "building the pack");
  const engine = await getEngine();
  const providers = await getProviders(engine);
  const env = await pulumiEnvironment({ path: [engine, providers.folder], backend: join(demoFolder, "state") });
  const results = [];
  for (const { variant, shouldBe } of variants) {
    results.push({ variant, shouldBe, was: await preview(variant, masters, env) });
  }
  progress("");
  for (const { variant, shouldBe, was } of results) {
    progress(
      `${was === shouldBe ? "✔" : "✘"} ${variant}: ${was}${was === shouldBe ? "" : `, but should be ${shouldBe}`}`,
    );
  }
  if (results.some(({ shouldBe, was }) => was !== shouldBe)) process.exitCode = 1;
});

function masterCount() {
  const { values } = parseArgs({ options: { masters: { type: "string", default: "3" } } });
  const masters = Number(values.masters);
  if (!Number.isInteger(masters) || masters < 1) throw new UserError("--masters must be a whole number from 1");
  return masters;
}

/** Refused counts only if it was our policy that refused; a preview that breaks for another reason is "broken off". */
async function preview(variant, masters, env) {
  await run("pulumi", ["-C", await stacksFolder(), "stack", "init", variant, "--non-interactive"], { env });
  const config = await configFile(variant, masters);
  // Absolute: with `main` in Pulumi.yaml the engine would look for a relative path in the program's folder.
  const pack = join(projectFolder, "bin/kubeadm-guard-pack");
  const args = ["preview", "--stack", variant, "--config-file", config, "--policy-pack", pack, "--suppress-progress"];
  progress(`\n$ pulumi ${args.join(" ")}`);
  const { code, output } = await run("pulumi", [...args, "--non-interactive"], { env, show: "both" });
  progress(`exit code ${code}`);
  const refused = new RegExp(`\\[mandatory\\].*\\b${POLICY}\\b`).test(output);
  if (code === 0 && !refused) return "accepted";
  return code !== 0 && refused ? "refused" : "broken off";
}

/** Where stacks are made: `stack init` writes to the stack configuration beside Pulumi.yaml, and the committed ones stay clean. */
async function stacksFolder() {
  const folder = join(demoFolder, "stacks");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "Pulumi.yaml"), "name: kubeadm-guard-demo\nruntime: nodejs\n");
  return folder;
}

/** A copy of the committed stack configuration, which is for three masters, or one made for another number. */
async function configFile(variant, masters) {
  const file = join(demoFolder, `Pulumi.${variant}-${masters}.yaml`);
  const committed = join(projectFolder, `Pulumi.${variant}.yaml`);
  await writeFile(file, masters === 3 ? await readFile(committed, "utf8") : stackConfig(variant, masters));
  return file;
}

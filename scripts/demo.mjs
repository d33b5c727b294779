#!/usr/bin/env node
/**
 * `npm run demo [-- --masters N]`: shows, with the real Pulumi engine, that the cluster of kubespray issue 11500 is refused
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
const VARIANTS = [
  { variant: "broken", shouldBe: "refused" },
  { variant: "fixed", shouldBe: "accepted" },
  { variant: "symlinks", shouldBe: "accepted" },
];
const demoFolder = join(projectFolder, ".demo");

await runScript(async () => {
  const masters = masterCount();
  await installDependencies();
  await npm(["run", "--silent", "build"], "building the pack");
  const engine = await getEngine();
  const providers = await getProviders(engine);
  const env = await pulumiEnvironment({ path: [engine, providers.folder], backend: join(demoFolder, "state") });
  const results = [];
  for (const { variant, shouldBe } of VARIANTS) {
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
  const config = await configFile(variant, masters);
  await run("pulumi", ["stack", "init", variant, "--non-interactive"], { env });
  const args = ["preview", "--stack", variant, "--config-file", config, "--policy-pack", "bin/kubeadm-guard-pack"];
  progress(`\n$ pulumi ${args.join(" ")}`);
  const { code, output } = await run("pulumi", [...args, "--non-interactive", "--diff=false", "--suppress-progress"], {
    env,
    show: "both",
  });
  progress(`exit code ${code}`);
  const refused = new RegExp(`\\[mandatory\\].*\\b${POLICY}\\b`).test(output);
  if (code === 0 && !refused) return "accepted";
  return code !== 0 && refused ? "refused" : "broken off";
}

/** The committed stack configuration is for three masters; others are written for this run. */
async function configFile(variant, masters) {
  const committed = `Pulumi.${variant}.yaml`;
  const text = stackConfig(variant, masters);
  if ((await readFile(join(projectFolder, committed), "utf8")) === text) return committed;
  await mkdir(demoFolder, { recursive: true });
  const file = join(".demo", `Pulumi.${variant}-${masters}.yaml`);
  await writeFile(join(projectFolder, file), text);
  return file;
}

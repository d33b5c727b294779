#!/usr/bin/env node
/**
 * `npm run conformance -- [--configurations N] [--seed S]`: compares our judgement of configurations with that of the real
 * kubeadm of three releases (`kubeadm config validate`), on N seeded mutants each. Builds kubeadm once, from Go modules.
 *
 * Ends with one line of totals and the seed. Each disagreement is written to a file and fails the run. Every kubeadm runs
 * in mount and network namespaces of its own; where these are refused, it says so and exits 2.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { getKubeadm } from "./conformance/get-kubeadm.mjs";
import { mutateConfiguration } from "./conformance/mutate-configuration.mjs";
import { progress } from "./lib/progress.mjs";
import { projectFolder } from "./lib/project-folder.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";

const RELEASES = [
  { version: "1.30.14", minor: 30, patch: 14, apiVersion: "v1beta3" },
  { version: "1.34.2", minor: 34, patch: 2, apiVersion: "v1beta4" },
  { version: "1.37.2", minor: 37, patch: 2, apiVersion: "v1beta4" },
];
const FOLDER = join(projectFolder, ".conformance");
const NAMESPACES = ["-m", "-n"];

await runScript(async () => {
  const { values } = parseArgs({
    options: { configurations: { type: "string", default: "500" }, seed: { type: "string", default: "1" } },
  });
  const [count, seed] = [Number(values.configurations), Number(values.seed)];
  if ((await run("unshare", [...NAMESPACES, "true"])).code !== 0) {
    console.error(
      "conformance: this machine refuses private mount and network namespaces (unshare -m -n); nothing was compared.",
    );
    process.exitCode = 2;
    return;
  }
  await run("npm", ["run", "--silent", "build"], { show: "both" });
  const { validateKubeadmConfig } = createRequire(import.meta.url)(
    join(projectFolder, "dist/cluster/configuration/validate-configuration.js"),
  );
  const totals = [];
  let disagreements = 0;
  for (const release of RELEASES) {
    const kubeadm = await getKubeadm(release, FOLDER);
    progress(`comparing ${count} configurations with kubeadm ${release.version} ...`);
    const different = await compare(release, kubeadm, validateKubeadmConfig, count, seed);
    disagreements += different;
    totals.push(`kubeadm ${release.version}: ${count - different} of ${count} equal`);
  }
  console.log(`conformance: ${totals.join("; ")} (seed ${seed})`);
  if (disagreements > 0) process.exitCode = 1;
});

/** How many verdicts differ; each such text is kept as a file. */
async function compare(release, kubeadm, validate, count, seed) {
  const scratch = await mkdtemp(join(tmpdir(), "kubeadm-guard-conformance-"));
  let different = 0;
  for (let index = 0; index < count; index += 1) {
    const text = mutateConfiguration({ ...release, seed: seed + index });
    const file = join(scratch, "config.yaml");
    await writeFile(file, text);
    const { code } = await run("unshare", [...NAMESPACES, kubeadm, "config", "validate", "--config", file]);
    const ours = validate(text, { minor: release.minor, patch: release.patch }).length === 0;
    if (ours === (code === 0)) continue;
    different += 1;
    await mkdir(FOLDER, { recursive: true });
    const kept = join(FOLDER, `disagreement-${release.version}-${seed + index}.yaml`);
    await writeFile(kept, text);
    console.error(`kubeadm ${release.version} says ${code === 0 ? "ok" : "no"}, we say ${ours ? "ok" : "no"}: ${kept}`);
  }
  await rm(scratch, { recursive: true, force: true });
  return different;
}

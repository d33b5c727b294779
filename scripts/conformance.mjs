#!/usr/bin/env node
/**
 * `npm run conformance -- [--random N] [--configurations N] [--seed S] [--only-built]`: compares what we say with what the
 * real kubeadm says. docs/conformance.md says what is compared and how.
 *
 * Ends with one line of totals and the seed. Exit code 1 if anything differs: each disagreement is kept as a case file.
 * Exit code 2, and nothing compared, where this machine refuses private mount and network namespaces, in which every
 * kubeadm runs. `--only-built` builds no binaries: where one is missing it says so and compares nothing.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { binary, missingBinaries } from "./conformance/binaries.mjs";
import { compareClusters } from "./conformance/compare-clusters.mjs";
import { compareConfigurations } from "./conformance/compare-configurations.mjs";
import { compareLiveClusters } from "./conformance/compare-live-clusters.mjs";
import { compareRecords } from "./conformance/compare-records.mjs";
import { hasNamespaces, inNamespaces } from "./conformance/namespaces.mjs";
import { progress } from "./lib/progress.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

/** Set in the process that does the work, in namespaces of its own. */
const INSIDE = "KUBEADM_GUARD_IN_NAMESPACES";

await runScript(async () => {
  const options = optionsFrom(process.argv.slice(2));
  if (process.env[INSIDE] === undefined) process.exitCode = await outside(options);
  else await inside(options);
});

function optionsFrom(args) {
  const { values } = parseArgs({
    args,
    options: {
      random: { type: "string", default: "20" },
      configurations: { type: "string", default: "500" },
      seed: { type: "string", default: "1" },
      "only-built": { type: "boolean", default: false },
    },
  });
  const number = (name) => {
    if (!/^\d{1,9}$/.test(values[name])) throw new UserError(`--${name} takes a whole number, not ${values[name]}.`);
    return Number(values[name]);
  };
  return {
    random: number("random"),
    configurations: number("configurations"),
    seed: number("seed"),
    onlyBuilt: values["only-built"],
  };
}

/** Builds what is needed, and runs this script once more in namespaces of its own. Gives the exit code. */
async function outside({ onlyBuilt }) {
  if (!(await hasNamespaces())) {
    console.error(
      "conformance: this machine refuses private mount and network namespaces (unshare -m -n); nothing was compared.",
    );
    return 2;
  }
  const missing = missingBinaries();
  if (onlyBuilt && missing.length > 0) {
    console.log(`conformance: not run, because ${missing.join(", ")} are not built; npm run conformance builds them.`);
    return 0;
  }
  for (const name of missing) await binary(name);
  const { code } = await run("npm", ["run", "--silent", "build"], { show: "stderr" });
  if (code !== 0) throw new UserError("npm run build failed");
  const [command, ...args] = inNamespaces([process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
  return (await run(command, args, { env: { ...process.env, [INSIDE]: "yes" }, show: "both" })).code;
}

async function inside({ random, configurations, seed }) {
  const folder = await mkdtemp(join(tmpdir(), "kubeadm-guard-conformance-"));
  try {
    progress(`comparing the recorded clusters and ${random} random clusters ...`);
    const { clusters, fixed } = await compareClusters({ count: random, seed, folder });
    progress("checking live clusters with kubectl ...");
    const live = await compareLiveClusters({ folder });
    const records = await compareRecords({ count: random, seed, folder });
    const files = await compareConfigurations({ count: configurations, seed, folder });
    const parts = [
      ...clusters.map(({ name, nodes, equal }) => `${name}: ${equal} of ${nodes} nodes`),
      ...fixed.map(({ name, scripts, equal }) => `${name}: ${equal} of ${scripts}`),
      ...live.map(({ name, states, equal }) => `${name}: ${equal} of ${states} states`),
      ...records.map(({ name, configurations: count, equal }) => `${name}: ${equal} of ${count} configurations`),
      ...files.map(({ name, files: count, equal }) => `${name}: ${equal} of ${count} files`),
    ];
    console.log(`conformance: equal in ${parts.join("; ")} (seed ${seed})`);
    const isEqual = [...clusters, ...fixed, ...live, ...records, ...files].every(
      ({ equal, nodes, scripts, states, configurations: recorded, files: count }) =>
        equal === (nodes ?? scripts ?? states ?? recorded ?? count),
    );
    if (!isEqual) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

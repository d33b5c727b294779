#!/usr/bin/env node
/**
 * `npm run bench -- [--runs N] [--only start,stack,resources,previews,nodes,files,listing,million,x509,check,peers]`: how long what we do takes, beside an empty
 * policy pack on the same SDK, in turn, as Markdown. Of busy machines too: CPU times and ratios of pairs. Needs Linux and bash.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchmarks } from "./bench/benchmarks.mjs";
import { compile } from "./lib/compile.mjs";
import { progress } from "./lib/progress.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "5" },
      only: { type: "string", default: Object.keys(benchmarks).join() },
    },
  });
  const names = values.only.split(",");
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0) throw new UserError(`there is no benchmark ${unknown.join(", ")}`);
  await compile();
  console.log(`${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.versions.node}\n`);
  console.log("| What | Median of the CPU time | Peak memory | Beside it | Ratio of pairs, median (least to most) |");
  console.log("| --- | --- | --- | --- | --- |");
  const folder = await mkdtemp(join(tmpdir(), "kubeadm-guard-bench-"));
  try {
    for (const name of names) {
      progress(`measuring ${name} ...`);
      const own = join(folder, name);
      await mkdir(own);
      for (const row of await benchmarks[name]({ folder: own, runs: Number(values.runs) })) console.log(row);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

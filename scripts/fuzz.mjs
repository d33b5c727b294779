#!/usr/bin/env node
/**
 * `npm run fuzz [-- --minutes N --seed S]`: runs the fuzzer of test/fuzz/ with one seed after the other until the time is over or
 * an input fails. Says how many inputs were tried; the seed of a failure and its smallest input are in what the test prints.
 */
import { parseArgs } from "node:util";
import { progress } from "./lib/progress.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

/** Inputs of one seed. */
const INPUTS = 20_000;

await runScript(async () => {
  const { values } = parseArgs({
    options: { minutes: { type: "string", default: "5" }, seed: { type: "string", default: String(Date.now() % 1e6) } },
  });
  const [minutes, first] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0)) throw new UserError(`--minutes is a number above 0, not ${values.minutes}`);
  if (!Number.isInteger(first)) throw new UserError(`--seed is an integer, not ${values.seed}`);
  const end = Date.now() + minutes * 60_000;
  let seed = first;
  for (; Date.now() < end; seed += 1) {
    const env = { ...process.env, FUZZ_SEED: String(seed), FUZZ_INPUTS: String(INPUTS) };
    const { code, output } = await run("npx", ["--no-install", "vitest", "run", "--project=fuzz", "test/fuzz"], {
      env,
    });
    if (code !== 0)
      throw new UserError(`${output}\nseed ${seed} failed after ${(seed - first) * INPUTS} inputs without a failure`);
    progress(`seed ${seed}: ${INPUTS} inputs, 0 failures`);
  }
  progress(`${(seed - first) * INPUTS} inputs, 0 failures (seeds ${first} to ${seed - 1})`);
});

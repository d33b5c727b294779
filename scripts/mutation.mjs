#!/usr/bin/env node
/**
 * `npm run mutation -- FOLDER|GLOB... [--tests PATH,PATH]`: changes the code in one place after the other (Stryker) and says which changes no
 * unit test notices. docs/mutation-testing.md has what came of it.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { progress } from "./lib/progress.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

/** The tests that speak about each folder. More tests would kill more, and take longer. */
const TESTS_OF = {
  policies: ["test/policies"],
  // Those of policies and evidence that reach more of it. The others reach nearly everything as well, for the sake of something else.
  cluster: [
    "test/cluster",
    ...[
      "acceptances-current",
      "completeness",
      "control-plane-nodes-known",
      "environments-agree",
      "known-faults",
      "kubeadm-config-matches-record",
      "kubeadm-config-rendered",
      "outcomes",
    ].map((name) => `test/policies/${name}.test.ts`),
    ...["components", "match-settings", "other-stack", "reach", "with-inventories"].map(
      (name) => `test/evidence/${name}.test.ts`,
    ),
  ],
  // Without those that run bash or are about hostile texts: they reach nearly everything, and take minutes for each survivor.
  shell: [
    ...[
      "effects",
      "kubeadm",
      "other-machines",
      "other-programs",
      "progress",
      "read-shell-text",
      "services",
      "surroundings",
    ].map((name) => `test/shell/${name}.test.ts`),
  ],
  evidence: ["test/evidence", "test/cluster", "test/settings"],
};

await runScript(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { tests: { type: "string" } } });
  if (positionals.length === 0)
    throw new UserError(`which folders? (${Object.keys(TESTS_OF).join(", ")}, or globs of files in them)`);
  const tests = values.tests?.split(",") ?? positionals.flatMap(testsOf);
  const name = positionals[0].replaceAll(/[^a-z-]+/gi, "-").replaceAll(/^-|-ts$|-$/g, "");
  const incrementalFile = `.cache/mutation/${name}.incremental.json`;
  forgetSurvivors(incrementalFile);
  // Read by scripts/mutation/mutation-tests.mjs, in a process that Stryker starts.
  process.env.MUTATION_TESTS = JSON.stringify([...new Set(tests)]);
  const results = await new Stryker({
    mutate: positionals.map((path) => (path.includes("*") || path.endsWith(".ts") ? path : `${path}/**/*.ts`)),
    testRunner: "kubeadm-guard",
    plugins: ["./scripts/mutation/mutation-tests.mjs"],
    checkers: [],
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    concurrency: 1,
    // For machines that are busy with something else; endless loops are counted, not timed, wherever that is possible.
    timeoutMS: 60_000,
    timeoutFactor: 1,
    dryRunTimeoutMinutes: 60,
    incremental: true,
    incrementalFile,
    tempDirName: ".cache/stryker",
    ignorePatterns: [".cache", ".conformance", ".engine", "dist"],
    reporters: ["progress-append-only", "clear-text", "html", "json"],
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false },
    jsonReporter: { fileName: `.cache/mutation/${name}.json` },
    htmlReporter: { fileName: `.cache/mutation/${name}.html` },
  }).runMutationTest();
  progress(`${scoreOf(results)} The mutants in their places: .cache/mutation/${name}.html`);
});

/** What an earlier run killed stays so while code and test do; what survived is tried again: a kept result in a file may kill it now. */
function forgetSurvivors(file) {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, "utf8"));
  for (const one of Object.values(report.files))
    one.mutants = one.mutants.filter(({ status }) => status === "Killed" || status === "Timeout");
  writeFileSync(file, JSON.stringify(report));
}

function testsOf(path) {
  const tests = TESTS_OF[path.split("/")[0]];
  if (tests === undefined) throw new UserError(`which tests speak about ${path}? Say it with --tests`);
  return tests;
}

function scoreOf(results) {
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const killed = count("Killed", "Timeout");
  const all = killed + count("Survived", "NoCoverage");
  return `${killed} of ${all} mutants killed: ${((100 * killed) / all).toFixed(1)} % (${count("Ignored")} left out).`;
}

#!/usr/bin/env node
/**
 * `npm test`: installs what is needed and runs everything, also in a fresh clone. Ends with the line `N passed, N failed`,
 * where a step that failed as a whole (type-check, lint, package) counts as one.
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { getEngine, getEngineForPackFolders } from "./engine/get-engine.mjs";
import { engineRoot } from "./engine/place-folder.mjs";
import { findChromium } from "./lib/find-chromium.mjs";
import { installDependencies } from "./lib/install-dependencies.mjs";
import { progress } from "./lib/progress.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";

const resultFile = join(engineRoot, "test-results.json");

await runScript(async () => {
  await installDependencies();
  const failedSteps = [await step("typecheck"), await step("lint"), await step("package")].filter(
    (code) => code !== 0,
  ).length;
  await getEngine();
  await getEngineForPackFolders();
  const { passed, failed, leftOut, code } = await runTests();
  const failures = failed + failedSteps + (code !== 0 && failed === 0 ? 1 : 0);
  for (const { name, why } of leftOut) console.log(`left out: ${name}${why}`);
  console.log(`${passed} passed, ${failures} failed`);
  if (failures > 0 || passed === 0) process.exitCode = 1;
});

async function step(script) {
  progress(`\n$ npm run ${script}`);
  const { code } = await run("npm", ["run", "--silent", script], { show: "both" });
  return code;
}

async function runTests() {
  await mkdir(engineRoot, { recursive: true });
  await rm(resultFile, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${resultFile}`];
  const projects = ["unit", "programs", "fuzz", "browser", "engine"].map((name) => `--project=${name}`);
  progress(`\n$ vitest run ${projects.join(" ")}`);
  const { code } = await run("npx", ["--no-install", "vitest", "run", ...projects, ...reporters], { show: "both" });
  const nothing = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  const results = await readFile(resultFile, "utf8").then(JSON.parse, () => nothing);
  return { passed: results.numPassedTests, failed: results.numFailedTests, leftOut: leftOutOf(results), code };
}

/** Tests that were skipped, with the reason where it is known: a run never leaves anything out in silence. */
function leftOutOf({ testResults }) {
  const without = findChromium() === undefined ? " (no Chromium: CHROME_PATH, PATH)" : "";
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "skipped" || status === "pending" || status === "todo")
      .map(({ fullName }) => ({ name: fullName, why: file.includes("/test/browser/") ? without : "" })),
  );
}

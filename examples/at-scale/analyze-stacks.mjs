#!/usr/bin/env node
/**
 * Checks stacks as they stand with `pulumi policy analyze`, and makes one page of their reports:
 *   node analyze-stacks.mjs --out reports [--jobs 4] [--settings settings.json] [STACK ...]
 * Without names it takes all stacks that `pulumi stack ls --all` lists. Nothing is changed; no program is run. settings.json is
 * what --policy-pack-config would get: Pulumi hands over no stack configuration here. Ends with 1 if a stack is refused, with 3 if one
 * could not be checked.
 */
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";

const runFile = promisify(execFile);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: "reports" },
    jobs: { type: "string", default: "4" },
    settings: { type: "string" },
    package: { type: "string", default: installedPackage() },
  },
});
const out = resolve(values.out);
const settings = values.settings === undefined ? {} : JSON.parse(await readFile(values.settings, "utf8"));
const stacks = positionals.length > 0 ? positionals : await allStacks();

await mkdir(out, { recursive: true });
const results = await inParallel(stacks, Number(values.jobs), analyze);
const reports = results.filter(({ result }) => result !== "not checked").map(({ report }) => report);
if (reports.length > 0) {
  const program = join(values.package, "bin/kubeadm-guard.js");
  await runFile(process.execPath, [program, "report", ...reports, "--out", join(out, "index.html")]);
}
for (const result of ["passed", "refused", "not checked"]) {
  const names = results.filter((one) => one.result === result).map(({ stack }) => stack);
  console.log(`${result}: ${names.length}${result === "passed" || names.length === 0 ? "" : ` (${names.join(", ")})`}`);
}
process.exitCode = exitCode();

/** The package that this folder's project has installed. */
function installedPackage() {
  try {
    return dirname(createRequire(join(process.cwd(), "package.json")).resolve("kubeadm-guard/package.json"));
  } catch {
    return join(process.cwd(), "node_modules/kubeadm-guard");
  }
}

async function allStacks() {
  const { stdout } = await runFile("pulumi", ["stack", "ls", "--all", "--json"], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout).map(({ name }) => name);
}

/** The report says whether it was checked: the exit code is the same for a refusal and for a stack that cannot be read. */
async function analyze(stack) {
  const base = join(out, stack.replaceAll("/", "_"));
  const report = `${base}.json`;
  const carrier = { ...settings["control-plane-nodes-known"], reports: [report] };
  await rm(report, { force: true });
  await writeFile(`${base}.settings`, JSON.stringify({ ...settings, "control-plane-nodes-known": carrier }));
  const pack = [
    "--policy-pack",
    join(values.package, "bin/kubeadm-guard-pack"),
    "--policy-pack-config",
    `${base}.settings`,
  ];
  try {
    await runFile("pulumi", ["policy", "analyze", "--stack", stack, ...pack], { maxBuffer: 2 ** 28 });
    return { stack, report, result: (await exists(report)) ? "passed" : "not checked" };
  } catch (error) {
    if (await exists(report)) return { stack, report, result: "refused" };
    console.error(`${stack}: ${error.stderr || error.message}`);
    return { stack, report, result: "not checked" };
  } finally {
    await rm(`${base}.settings`, { force: true });
  }
}

function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** In the order of the items, `jobs` at a time. */
async function inParallel(items, jobs, work) {
  const results = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
  return results;
}

function exitCode() {
  if (results.some(({ result }) => result === "not checked")) return 3;
  return results.some(({ result }) => result === "refused") ? 1 : 0;
}

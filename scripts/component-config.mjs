#!/usr/bin/env node
/**
 * `node scripts/component-config.mjs`: makes kubeadm/config/schema/component-config-fields.json, the fields of
 * KubeletConfiguration and KubeProxyConfiguration in all releases of Kubernetes that component-config/ pins, by reflection
 * on their Go types. Needs Go. For another release add a `1.N.mod` with its requirements, then `go mod tidy -modfile=1.N.mod`.
 */
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { progress } from "./lib/progress.mjs";
import { projectFolder } from "./lib/project-folder.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

const folder = join(projectFolder, "scripts/component-config");
const file = join(projectFolder, "kubeadm/config/schema/component-config-fields.json");

await runScript(async () => {
  const releases = [];
  for (const minor of await pinnedMinors()) releases.push({ minor, types: await typesOf(minor) });
  const merged = releases.reduce(withRelease, new Map());
  const sorted = Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(file, JSON.stringify(sorted));
  await run("npx", ["--no-install", "biome", "format", "--write", file]);
  progress(`${file}: ${merged.size} types in ${releases.length} releases`);
});

async function pinnedMinors() {
  const minors = (await readdir(folder)).flatMap((name) => /^1\.(\d+)\.mod$/.exec(name)?.[1] ?? []).map(Number);
  return minors.sort((a, b) => a - b);
}

/** `{TYPE: [{name, type}]}` of one release, as main.go prints it. */
async function typesOf(minor) {
  const title = `reading the Go types of 1.${minor}`;
  const { code, output } = await run("go", ["run", `-modfile=1.${minor}.mod`, "."], { cwd: folder, title });
  if (code !== 0) throw new UserError(`go run failed for 1.${minor}:\n${output}`);
  return JSON.parse(output.slice(output.indexOf("{")));
}

/** Fields keep the order of the oldest release; those of later ones follow, with the release since which they exist. */
function withRelease(merged, { minor, types }, index) {
  for (const [type, fields] of Object.entries(types)) {
    const known = merged.get(type) ?? [];
    const isNewType = !merged.has(type);
    const added = fields.filter(({ name }) => !known.some((field) => field.name === name));
    // A type that is new is known from the field that holds it.
    const since = index === 0 || isNewType ? {} : { since: minor };
    merged.set(type, [...known, ...added.map((field) => ({ ...field, ...since }))]);
  }
  return merged;
}

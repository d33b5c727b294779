#!/usr/bin/env node
/** `npm run docs`: writes what the docs repeat of the policies, which is README's table and the index of their pages. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { policyIndex, policyTable } from "./lib/policy-index.mjs";
import { projectFolder } from "./lib/project-folder.mjs";
import { runScript } from "./lib/run-script.mjs";

await runScript(async () => {
  const policies = await readPolicies();
  const pageFile = (id) => join(projectFolder, "docs", "policies", `${id}.md`);
  const pages = new Map(await Promise.all(policies.map(async ({ id }) => [id, await readFile(pageFile(id), "utf8")])));
  await writeFile(pageFile("README"), policyIndex(policies, pages));
  const readme = join(projectFolder, "README.md");
  const text = await readFile(readme, "utf8");
  const table = policyTable(policies, "docs/policies/").join("\n");
  await writeFile(
    readme,
    text.replace(/(<!-- policies -->\n)[\s\S]*(\n<!-- \/policies -->)/, (_, before, after) => before + table + after),
  );
});

/** The policies, which are TypeScript. */
async function readPolicies() {
  const folder = await mkdtemp(join(tmpdir(), "kubeadm-guard-docs-"));
  const outfile = join(folder, "policies.mjs");
  try {
    await build({
      absWorkingDir: projectFolder,
      entryPoints: ["policies/index.ts"],
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
      outfile,
    });
    return (await import(pathToFileURL(outfile).href)).policies;
  } finally {
    await rm(folder, { recursive: true });
  }
}

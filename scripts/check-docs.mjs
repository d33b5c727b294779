#!/usr/bin/env node
/**
 * Part of `npm run lint`: what the docs point to is there. Links to files and headings of the repository, files named in
 * `backticks`, and `npm run` scripts. Links to the web are not followed: whether they answer does not depend on a change.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { projectFolder } from "./lib/project-folder.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

/** Files that CONTRIBUTING.md has its reader write. */
const EXAMPLES = new Set([
  "docs/policies/cluster-named.md",
  "evidence/host-file.ts",
  "policies/cluster-named.ts",
  "test/evidence/host-file.test.ts",
  "test/policies/cluster-named.test.ts",
]);

await runScript(async () => {
  const { scripts } = JSON.parse(await readFile(join(projectFolder, "package.json"), "utf8"));
  const pages = new Map(
    await Promise.all((await pageFiles()).map(async (file) => [file, await readFile(file, "utf8")])),
  );
  const faults = [...pages].flatMap(([file, text]) =>
    [
      ...brokenLinks(file, text, pages),
      ...missingFiles(text),
      ...[...text.matchAll(/\bnpm run (?:--silent )?([a-z:]+)/g)]
        .filter(([, script]) => scripts[script] === undefined)
        .map(([command]) => `there is no \`${command}\``),
    ].map((fault) => `${relative(projectFolder, file)}: ${fault}`),
  );
  if (faults.length > 0) throw new UserError(`the docs point to what is not there:\n${faults.join("\n")}`);
});

async function pageFiles() {
  const folders = [
    projectFolder,
    ...["docs", "docs/policies", "test/fixtures/clusters", "test/fixtures/clusters-with-etcd"].map((folder) =>
      join(projectFolder, folder),
    ),
  ];
  const lists = await Promise.all(
    folders.filter(existsSync).map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  return lists.flat().filter((file) => file.endsWith(".md"));
}

function brokenLinks(file, text, pages) {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .flatMap((target) => {
      const [path, anchor] = target.split("#");
      const to = path === "" ? file : join(dirname(file), path);
      if (!existsSync(to)) return [`${target} does not exist`];
      const page = pages.get(to);
      return anchor === undefined || page === undefined || anchorsOf(page).has(anchor)
        ? []
        : [`${target} names no heading of that page`];
    });
}

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(page) {
  return new Set(
    [...withoutCode(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/** Files of the repository that a text names, unless a part of the name stands for something (`policies/ID.ts`). */
function missingFiles(text) {
  return [...text.matchAll(/`((?:[a-z][\w.-]*\/)+[\w.-]+\.(?:ts|mjs|cjs|json|md))`/g)]
    .map(([, path]) => path)
    .filter((path) => existsSync(join(projectFolder, path.split("/")[0])) && !/[A-Z]{2}/.test(path))
    .filter((path) => !existsSync(join(projectFolder, path)) && !EXAMPLES.has(path))
    .map((path) => `${path} is not there`);
}

function withoutCode(text) {
  return text.replaceAll(/^```[\s\S]*?^```/gm, "");
}

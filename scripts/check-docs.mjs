#!/usr/bin/env node
/**
 * Part of `npm run lint`: what the docs and comments point to is there. Links to files and headings of the repository, files named
 * in `backticks`, `npm run` scripts, and pages with their headings that comments of the sources name. Links to the web are not followed: whether they answer does not depend on a change.
 */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { projectFolder } from "./lib/project-folder.mjs";
import { run } from "./lib/run.mjs";
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
  const inSources = (await sources()).flatMap(({ file, text }) =>
    namedPages(text)
      .filter(({ page, heading }) => !hasHeading(pages.get(join(projectFolder, page)), heading))
      .map(({ page, heading }) => `${file}: ${page}${heading === undefined ? "" : ` has no heading "${heading}"`}`),
  );
  faults.push(...inSources);
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

async function sources() {
  const { output } = await run("git", ["ls-files", "-z", "*.ts", "*.mjs"]);
  const files = output.split("\0").filter((file) => file !== "" && existsSync(join(projectFolder, file)));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(projectFolder, file), "utf8") })));
}

/** `docs/engine.md, "Secrets" and "Providers"` in comments, which may break the line anywhere. */
function namedPages(text) {
  const comments = [...text.matchAll(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm)].map(([comment]) =>
    comment.replaceAll(/\n\s*\* ?/g, " "),
  );
  return comments.flatMap((comment) =>
    [...comment.matchAll(/\b(docs\/(?:policies\/)?[a-z-]+\.md)((?:,? (?:and )?"[^"]+")*)/g)].flatMap(
      ([, page, headings]) => {
        const named = [...headings.matchAll(/"([^"]+)"/g)].map(([, heading]) => ({ page, heading }));
        return named.length > 0 ? named : [{ page, heading: undefined }];
      },
    ),
  );
}

function hasHeading(page, heading) {
  return page !== undefined && (heading === undefined || anchorsOf(page).has(anchorOf(heading)));
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
  return new Set([...withoutCode(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading)));
}

function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
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

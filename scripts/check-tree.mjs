#!/usr/bin/env node
/**
 * Part of `npm run lint`: git tracks no file that .gitignore names, none that is too large to be text of this project, and none with
 * the marks of a merge that was not finished; a source file has the name of something that it exports.
 */
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { projectFolder } from "./lib/project-folder.mjs";
import { run } from "./lib/run.mjs";
import { runScript } from "./lib/run-script.mjs";
import { UserError } from "./lib/user-error.mjs";

/** In bytes. The largest file today is a table of kubeadm's answers. */
const LARGEST = 512 * 1024;

const SOURCE =
  /^(?:cli|cluster|components|evidence|kubeadm|machine|pack|policies|reasons|reports|settings|shell)\/.*\.ts$/;

/** Several small functions or rows about one thing, such as the models of programs; entry points. */
const NAMED_FOR_WHAT_THEY_HOLD = /\/index\.ts$|^shell\/(?:models\/|programs)/;

/** The first and the last line of a conflict, as git writes them. The middle one may underline a title. */
const CONFLICT = /^(?:<{7}|>{7}) /m;

await runScript(async () => {
  const ignored = await tracked("--ignored", "--exclude-standard");
  const files = await tracked();
  const large = (await Promise.all(files.map(sized))).filter(({ size }) => size > LARGEST);
  const faults = [
    ...ignored.map((file) => `${file}: .gitignore names it`),
    ...large.map(({ file, size }) => `${file}: ${size} bytes, and ${LARGEST} are allowed`),
  ];
  faults.push(...(await Promise.all(files.map(conflicting))).flat());
  const sources = files.filter((file) => SOURCE.test(file) && !NAMED_FOR_WHAT_THEY_HOLD.test(file));
  faults.push(...(await Promise.all(sources.map(namedOtherwise))).flat());
  if (faults.length > 0) throw new UserError(`git tracks what is not part of the project:\n${faults.join("\n")}`);
});

/** A file with one exported function, class or constant is named for it, or for the type that it exports beside it. */
async function namedOtherwise(file) {
  const text = await readFile(join(projectFolder, file), "utf8").catch(() => "");
  const exported = [...text.matchAll(/^export (?:async )?(function|const|class|interface|type) (\w+)/gm)];
  const values = exported.filter(([, kind]) => kind !== "interface" && kind !== "type");
  const plain = (name) => name.replaceAll(/[-_]/g, "").toLowerCase();
  const name = plain(basename(file, ".ts"));
  return values.length !== 1 || exported.some(([, , one]) => plain(one) === name)
    ? []
    : [`${file}: it exports ${values[0][2]}, and is named otherwise`];
}

async function conflicting(file) {
  const text = await readFile(join(projectFolder, file), "utf8").catch(() => "");
  return CONFLICT.test(text) ? [`${file}: the marks of a merge that was not finished`] : [];
}

async function tracked(...options) {
  const { code, output } = await run("git", ["ls-files", "-z", "--cached", ...options]);
  if (code !== 0) throw new UserError(`git ls-files failed: ${output}`);
  return output.split("\0").filter((file) => file !== "");
}

/** A file that is deleted and not yet committed has no size. */
async function sized(file) {
  return {
    file,
    size: await stat(join(projectFolder, file)).then(
      ({ size }) => size,
      () => 0,
    ),
  };
}

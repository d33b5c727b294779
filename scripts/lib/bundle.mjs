import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { projectFolder } from "./project-folder.mjs";

const EXECUTABLE = "pack/executable.ts";

/** What programs and packs of others import: it works on their own copy of the SDK, as does a pack folder. */
const LIBRARIES = ["pack/index.ts", "pack/testing.ts", "components/index.ts"];

/** Neither names nor whitespace are shortened: a stack trace can be read without a source map. */
const OPTIONS = {
  absWorkingDir: projectFolder,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  legalComments: "none",
  metafile: true,
  logLevel: "error",
  write: false,
  outbase: projectFolder,
  outdir: join(projectFolder, "dist"),
};

/** Bundles everything that the package runs into dist/, and names the files written there and read, relative to the project. */
export async function bundle({ write = true } = {}) {
  const built = await Promise.all([
    build({ ...OPTIONS, entryPoints: LIBRARIES, external: ["@pulumi/*"] }),
    // A pack folder runs what a team's own pack imports.
    build({ ...OPTIONS, entryPoints: ["index.ts"], external: ["@pulumi/*", "./pack/index"] }),
    build({ ...OPTIONS, entryPoints: ["cli/main.ts"] }),
    build({ ...OPTIONS, entryPoints: [EXECUTABLE], plugins: [withoutFunctionsOfPrograms] }),
  ]);
  if (write) {
    for (const { path, text } of built.flatMap(({ outputFiles }) => outputFiles)) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, inAscii(text));
    }
  }
  return {
    outputs: built.flatMap(({ metafile }) => Object.keys(metafile.outputs)),
    inputs: [...new Set(built.flatMap(({ metafile }) => Object.keys(metafile.inputs)))],
  };
}

/**
 * V8 keeps a text in one byte a character where it can. esbuild escapes all but comments, and one dash in one of them would
 * double what the text takes and slow its reading.
 */
function inAscii(text) {
  return text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The text of the executable pack; `entry` is the file that it starts with. */
export async function bundleOfExecutable(entry = EXECUTABLE) {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: [entry],
    plugins: [withoutFunctionsOfPrograms],
  });
  return outputFiles[0].text;
}

/** One source file as a module of its own, for scripts that want a part of the program: its exports. */
export async function loadSource(file) {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [file] });
  const { default: Module } = await import("node:module");
  const name = join(projectFolder, file);
  const loaded = new Module(name);
  loaded.filename = name;
  loaded.paths = Module._nodeModulePaths(dirname(name));
  loaded._compile(outputFiles[0].text, name);
  return loaded.exports;
}

/**
 * Leaves out of the SDK what a pack never uses: serializing the functions of a program, for which the SDK brings TypeScript,
 * npm's arborist and a session of V8's inspector, and the Automation API. Together two thirds of its loading time.
 */
const withoutFunctionsOfPrograms = {
  name: "without-functions-of-programs",
  setup(builder) {
    const left = { filter: /\/closure\/|\/automation$|typescript-shim$|^(@npmcli\/arborist|typescript|ts-node)$/ };
    builder.onResolve(left, ({ path, importer }) =>
      importer.includes("/@pulumi/pulumi/") ? { path, namespace: "left-out" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** The packages whose code is in the bundles, each once: its folder, name, version and license. */
export async function bundledPackages(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const packages = await Promise.all(
    [...folders].map(async (folder) => {
      const path = join(projectFolder, folder);
      const { name, version, license } = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
      return { folder: path, name, version, license };
    }),
  );
  const byName = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

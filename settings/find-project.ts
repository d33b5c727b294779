import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { load } from "js-yaml";
import { readRegularFile } from "./read-regular-file";

/** Where a Pulumi project lies. */
export interface Project {
  /** The folder of its project file. */
  readonly folder: string;
  /** The folder in which its program runs, and at which the program's own relative paths start. */
  readonly programFolder: string;
}

/**
 * The project of this name whose Pulumi.yaml is nearest, at or above the folder `from`; `undefined` where there is none. The
 * pack cannot ask the engine for it: its own working folder is the pack's (docs/engine.md, "Settings").
 */
export function findProject(from: string, name: string | undefined): Project | undefined {
  if (name === undefined) return undefined;
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = projectFile(folder);
    if (file?.name === name) return { folder, programFolder: programFolder(folder, file.main) };
    if (dirname(folder) === folder) return undefined;
  }
}

interface ProjectFile {
  readonly name: string;
  readonly main: string | undefined;
}

function projectFile(folder: string): ProjectFile | undefined {
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].map((name) => join(folder, name)).find(existsSync);
  if (file === undefined) return undefined;
  try {
    const reading = readRegularFile(file);
    if (reading.kind === "unfit") return undefined;
    const document: unknown = load(reading.bytes.toString("utf8"));
    if (typeof document !== "object" || document === null || !("name" in document)) return undefined;
    const main = "main" in document && typeof document.main === "string" ? document.main : undefined;
    return { name: String(document.name), main };
  } catch {
    // A project file that cannot be read names no project; the engine itself complains about it.
    return undefined;
  }
}

/** As the engine has it: the folder that `main` names, or the folder of the file that it names (pkg/engine/project.go, GetPwdMain). */
function programFolder(folder: string, main: string | undefined): string {
  if (main === undefined) return folder;
  const path = resolve(folder, main);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { load } from "js-yaml";

/**
 * The folder at which relative paths in settings start: the nearest one at or above `from` whose Pulumi.yaml names this
 * project, else `from`. The pack cannot ask the engine for it: its own working folder is the pack's (facts/pulumi.md 9).
 */
export function settingsFolder(from: string, project: string | undefined): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (project !== undefined && projectName(folder) === project) return folder;
    if (dirname(folder) === folder) return resolve(from);
  }
}

function projectName(folder: string): string | undefined {
  for (const name of ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]) {
    const file = join(folder, name);
    if (!existsSync(file)) continue;
    try {
      const document: unknown = load(readFileSync(file, "utf8"));
      if (typeof document === "object" && document !== null && "name" in document) return String(document.name);
    } catch {
      // A project file that cannot be read names no project; the engine itself complains about it.
      return undefined;
    }
  }
  return undefined;
}

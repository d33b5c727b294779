import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The root of the repository that a folder is in: the nearest folder with `.git`; undefined outside of any. */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

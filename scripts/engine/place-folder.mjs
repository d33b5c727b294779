import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";

/** Where everything that the scripts get or make is kept; not committed. */
export const engineRoot = join(projectFolder, ".engine");

/**
 * The folder `.engine/NAME`, filled by `fill(folder)` if it is not there yet. It appears in one step, when it is complete:
 * a second process that fills it at the same time loses nothing but its own work.
 */
export async function placeFolder(name, fill) {
  const folder = join(engineRoot, name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(join(engineRoot, "unfinished-"));
  try {
    await fill(unfinished);
    await rename(unfinished, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "../lib/project-folder.mjs";

/** The recorded clusters of a folder of test/fixtures, as `[{name, cluster}]` in the order of their files; `name` is the folder's. */
export async function recordedClusters(name) {
  const folder = join(projectFolder, "test", "fixtures", name);
  const files = await readdir(folder);
  return await Promise.all(
    files
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map(async (file) => ({ name, cluster: JSON.parse(await readFile(join(folder, file), "utf8")) })),
  );
}

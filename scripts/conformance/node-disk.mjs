import { chmod, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * A folder that holds the files of a node as a case lists them, `[{path, link, mode, content}]`, at their paths below it;
 * a path with others below it is a folder. For `onDisk`, which shows `/etc` and `/opt` of it only.
 */
export async function nodeDisk(files, parent) {
  const root = await mkdtemp(join(parent, "disk-"));
  await mkdir(join(root, "etc"));
  await mkdir(join(root, "opt"));
  const paths = files.map(({ path }) => path);
  for (const { path, link, mode, content } of files) {
    if (!/^\/(etc|opt)\//.test(path)) throw new Error(`${path} of a case is neither below /etc nor below /opt`);
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    if (link !== null) await symlink(link, file);
    else if (paths.some((other) => other.startsWith(`${path}/`))) await mkdir(file, { recursive: true });
    else {
      await writeFile(file, content ?? "");
      await chmod(file, Number.parseInt(mode, 8));
    }
  }
  return root;
}

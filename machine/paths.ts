/** Text rules for absolute POSIX paths. They know nothing of links: NodeFiles does. */

/** Most paths, which are left as they are. */
const NORMAL = /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/;

/** The path without double slashes, `.` and a slash at its end. `..` is shortened as text, so only for paths that tools wrote. */
export function normalize(path: string): string {
  if (NORMAL.test(path)) return path;
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === "..") names.pop();
    else names.push(name);
  }
  return `/${names.join("/")}`;
}

export function join(folder: string, name: string): string {
  return normalize(`${folder}/${name}`);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** True for the folder itself and all below it. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}

/** The folders above a path, from `/` down, without the path itself. */
export function ancestors(path: string): readonly string[] {
  const folders: string[] = ["/"];
  for (let cut = path.indexOf("/", 1); cut > 0; cut = path.indexOf("/", cut + 1)) folders.push(path.slice(0, cut));
  return path === "/" ? [] : folders;
}

/** The folders above any of the paths; of those that many share, each is looked at once. */
export function foldersAbove(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    let [below, folder] = [path, parent(path)];
    while (below !== folder && !folders.has(folder)) {
      folders.add(folder);
      [below, folder] = [folder, parent(folder)];
    }
  }
  return folders;
}

/** The folder that holds the path. */
export function parent(path: string): string {
  const cut = path.lastIndexOf("/");
  return cut <= 0 ? "/" : path.slice(0, cut);
}

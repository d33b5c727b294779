import { relative, resolve, sep } from "node:path";

/** A path as reports show it: relative to `folder` where it lies below it, with `/` between names; absolute where it does not. */
export function shownPath(folder: string, path: string): string {
  const file = resolve(folder, path);
  const shown = relative(folder, file).split(sep).join("/");
  return shown.startsWith("../") || shown === ".." ? file : shown;
}

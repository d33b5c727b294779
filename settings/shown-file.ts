import { resolve } from "node:path";
import { repositoryRoot } from "./repository-root";
import { shownPath } from "./shown-path";

/** A file under all its names. */
export interface ShownFile {
  readonly absolutePath: string;
  /** As reports list it: relative to the folder of the run where it lies in it. */
  readonly file: string;
  /** As the file of a place: relative to the root of the repository where it lies in it. */
  readonly shownAs: string;
}

/** Names files for a run in this folder. */
export function shownFile(folder: string): (path: string) => ShownFile {
  const root = repositoryRoot(folder) ?? folder;
  return (path) => {
    const absolutePath = resolve(folder, path);
    return { absolutePath, file: shownPath(folder, path), shownAs: shownPath(root, absolutePath) };
  };
}

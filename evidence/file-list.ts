import type { Content } from "../machine/content";
import type { FileOperation } from "../machine/file-operation";
import { foldersAbove, normalize } from "../machine/paths";

/** One entry of a node's list. */
export type ListedFile =
  | { readonly kind: "file"; readonly path: string; readonly content: Content; readonly mode?: string }
  | { readonly kind: "link"; readonly path: string; readonly target: string }
  /** Something is there; what, is not understood. */
  | { readonly kind: "unclear"; readonly path: string };

/** The files of one node as operations on an empty disk. */
export interface FileList {
  readonly operations: readonly FileOperation[];
  /** False where something on that list was not understood, so that what it does not name may still be there. */
  readonly whole: boolean;
  readonly twice: readonly string[];
}

export const NOT_UNDERSTOOD: FileList = { operations: [], whole: false, twice: [] };

/** Plays a node's list, from the listing of this title: nothing is lost if folders are listed, or files below a link to their folder. */
export function fileList(listing: string, items: readonly (ListedFile | undefined)[]): FileList {
  const files = new Map<string, ListedFile>();
  const twice: string[] = [];
  for (const item of items) {
    if (item === undefined) continue;
    const path = normalize(item.path);
    if (files.has(path)) twice.push(path);
    else files.set(path, item);
  }
  const folders = foldersAbove(files.keys());
  const entries = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  // Links first, from the top down: what is listed below a link to a folder then lies where it leads.
  const links = entries.filter(([, file]) => file.kind === "link");
  const rest = entries.filter(([, file]) => file.kind !== "link");
  const operations = [...links, ...rest].map(([path, file]) => operationFor(listing, path, file, folders.has(path)));
  return { operations, whole: items.every((item) => item !== undefined), twice };
}

function operationFor(listing: string, path: string, file: ListedFile, isFolder: boolean): FileOperation {
  switch (file.kind) {
    case "link":
      return { do: "link", to: { kind: "file", path }, target: file.target, replace: true };
    case "unclear":
      return {
        do: "might-write",
        scope: { kind: "below", path },
        reason: { id: "listing-entry-unclear", data: { listing, node: null } },
      };
    case "file":
      if (isFolder || file.path.endsWith("/")) return { do: "make-directory", path };
      return {
        do: "put",
        to: { kind: "file", path },
        content: file.content,
        ...(file.mode === undefined ? {} : { mode: file.mode }),
      };
  }
}

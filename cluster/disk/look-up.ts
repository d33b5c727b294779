import { join, parent } from "../../machine/paths";
import type { Entries, Entry } from "./entries";

/** Linux follows at most 40 links in one look-up (fs/namei.c, MAXSYMLINKS). */
const MOST_LINKS = 40;

/** One name of a path on the way from the root, before a link there is followed. */
export interface Step {
  readonly folder: string;
  readonly name: string;
  /** Where it lies: the folder, then the name. */
  readonly path: string;
  readonly entry: Entry | undefined;
  /** The names that follow. */
  readonly rest: readonly string[];
  /** True where the path says by a slash at its end that it is a folder. */
  readonly mustBeFolder: boolean;
}

/**
 * Linux's look-up of a path: name by name, `..` from where a link led, at most 40 links (path_resolution(7)). `visit` sees
 * each name and ends the look-up by giving an answer; without one it goes on, through what is not known as well. A link at
 * the end of the path is followed or kept. Gives the answer, or where the path leads, `undefined` after too many links.
 */
export function lookUp<Answer extends object>(
  entries: Entries,
  path: string,
  last: "follow" | "keep",
  visit: (step: Step) => Answer | undefined,
): Answer | string | undefined {
  const rest = namesOf(path);
  let mustBeFolder = path.endsWith("/") || path.endsWith("/.");
  let folder = "/";
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === "..") {
      folder = parent(folder);
      continue;
    }
    const next = join(folder, name);
    const entry = rest.length > 0 ? entries.folderAt(next) : entries.at(next);
    const answer = visit({ folder, name, path: next, entry, rest, mustBeFolder });
    if (answer !== undefined) return answer;
    if (entry?.kind !== "link" || (rest.length === 0 && last === "keep")) {
      folder = next;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) return undefined;
    if (rest.length === 0 && entry.target.endsWith("/")) mustBeFolder = true;
    rest.unshift(...namesOf(entry.target));
    if (entry.target.startsWith("/")) folder = "/";
  }
  return folder;
}

/** Where something really lies that is written at a path: links above its last name are followed, the last one if asked. */
export function realPath(entries: Entries, path: string, last: "follow" | "keep" = "keep"): string {
  return lookUp<never>(entries, path, last, goOn) ?? join("/", path);
}

function goOn(): undefined {
  return undefined;
}

function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

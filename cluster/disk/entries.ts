import { matchesPattern } from "../../machine/path-pattern";
import { ancestors, isAtOrBelow } from "../../machine/paths";
import type { Source } from "../../machine/source";
import type { PresentFile } from "../presence";

export type FileEntry = { readonly kind: "file"; readonly at: number } & PresentFile;

export interface Gone {
  readonly kind: "gone";
  readonly at: number;
  readonly source: Source;
}

/** What lies at one path. `at` is the step that put it there. */
export type Entry =
  | FileEntry
  | { readonly kind: "link"; readonly at: number; readonly target: string; readonly source: Source }
  /** `emptiedBy`: whatever else lay in it was removed. */
  | { readonly kind: "folder"; readonly at: number; readonly emptiedBy?: Source }
  | Gone;

/** A removal by a pattern: it also removed what no source was seen to put there. Without `recursive` only files. */
interface Sweep {
  readonly pattern: string;
  readonly recursive: boolean;
  readonly at: number;
  readonly source: Source;
}

/** What is known to lie on a disk, by path; no path here leads over a link. */
export class Entries {
  private readonly known = new Map<string, Entry>();
  private readonly sweeps: Sweep[] = [];

  get size(): number {
    return this.known.size;
  }

  [Symbol.iterator](): Iterator<[string, Entry]> {
    return this.known[Symbol.iterator]();
  }

  /** What an operation left there; what a pattern took away is not among it. */
  left(path: string): Entry | undefined {
    return this.known.get(path);
  }

  /** What is known to be at a path, or to be gone from there. */
  at(path: string): Entry | undefined {
    return this.known.get(path) ?? this.swept(path, () => true);
  }

  /** The same for a folder on the way to something: a removal by a pattern may have taken files only. */
  folderAt(path: string): Entry | undefined {
    return this.known.get(path) ?? this.swept(path, ({ recursive }) => recursive);
  }

  /** The removal of the path or of a folder above it, where those in between are not known to be there at all. */
  removalOf(path: string): Gone | undefined {
    const entry = [this.at(path), ...ancestors(path).map((folder) => this.folderAt(folder))].find(
      (one) => one?.kind === "gone",
    );
    return entry?.kind === "gone" ? entry : undefined;
  }

  set(path: string, entry: Entry): void {
    this.known.set(path, entry);
  }

  remove(path: string, at: number, source: Source): void {
    for (const below of [...this.known.keys()])
      if (below !== path && isAtOrBelow(below, path)) this.known.delete(below);
    this.known.set(path, { kind: "gone", at, source });
  }

  sweep(sweep: Sweep): void {
    this.sweeps.push(sweep);
  }

  /** Makes a folder and those above it, as mkdir -p does. */
  makeFolders(path: string, at: number): void {
    for (const folder of [...ancestors(path), path]) {
      const entry = this.folderAt(folder);
      if (entry === undefined) this.known.set(folder, { kind: "folder", at });
      else if (entry.kind === "gone") this.known.set(folder, { kind: "folder", at, emptiedBy: entry.source });
    }
  }

  private swept(path: string, counts: (sweep: Sweep) => boolean): Gone | undefined {
    const sweep = this.sweeps.findLast((one) => counts(one) && matchesPattern(path, one.pattern));
    return sweep === undefined ? undefined : { kind: "gone", at: sweep.at, source: sweep.source };
  }
}

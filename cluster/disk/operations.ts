import type { Content } from "../../machine/content";
import { candidates } from "../../machine/destinations";
import type { Destination, FileOperation } from "../../machine/file-operation";
import { ancestors, baseName, isAtOrBelow, join, normalize, parent } from "../../machine/paths";
import type { Source } from "../../machine/source";
import type { Reason } from "../../reasons/reason";
import { type DiskState, mightWriteAt, ranBefore } from "./disk-state";
import { isStandardFolder } from "./is-standard-folder";
import { realPath } from "./look-up";
import { presenceOf } from "./presence-of";
import { unorderedRemoval } from "./unordered-removal";
import { unorderedWritersOf } from "./unordered-writers";

/** What is written to a file. */
export interface Written {
  readonly content: Content;
  /** The mode it gets in any case. */
  readonly mode?: string;
  /** The mode it gets where no file was there before. */
  readonly newMode?: string | undefined;
  /** It takes the place of what is there, also of a link, instead of being written through it. */
  readonly replaces?: true;
  readonly origin?: Source;
}

/** A moment after a step and before the next. */
const AFTER = 0.5;

export function write(disk: DiskState, to: Destination, source: Source, file: Written): void {
  const { entries, clock } = disk;
  const landing = landingOf(disk, to, "file", source);
  if (landing.kind === "undecided") return mightWriteAt(disk, landing.paths, { reason: landing.reason, source });
  // Writing follows a link that is already there, as open(2) does: kubeadm download-certs, sftp, cp and tee alike.
  const path = realPath(entries, landing.path, file.replaces ? "keep" : "follow");
  const remover = mayBeRemovedAfterwards(disk, path, source);
  if (remover !== undefined)
    disk.undecided.addRemoval(
      { kind: "below", path },
      { reason: unorderedRemoval(path, source, "surely"), source: remover },
      clock + AFTER,
    );
  entries.makeFolders(parent(path), clock);
  const old = entries.left(path);
  // `touch FOLDER` leaves the folder a folder, and nothing else can write onto one.
  if (old === undefined ? isStandardFolder(path) : old.kind === "folder") return;
  // A file that is written again keeps its mode; so does one that may have been there.
  const isNew = old?.kind !== "file" && !disk.undecided.mayReplace(path, disk.interest, old?.at ?? 0);
  const mode = file.mode ?? (old?.kind === "file" && !file.replaces ? old.mode : isNew ? file.newMode : undefined);
  entries.set(path, {
    kind: "file",
    at: clock,
    content: file.content,
    source,
    ...(mode === undefined ? {} : { mode }),
    ...(file.origin === undefined ? {} : { origin: file.origin }),
  });
}

export function link(disk: DiskState, to: Destination, target: string, replace: boolean, source: Source): void {
  const { entries, clock } = disk;
  const landing = landingOf(disk, to, "link", source);
  if (landing.kind === "undecided") return mightWriteAt(disk, landing.paths, { reason: landing.reason, source });
  const given = realPath(entries, landing.path);
  // `ln -sfn` takes the place of a link to a folder, and goes into a real one.
  const path = entries.left(given)?.kind === "folder" ? join(given, baseName(target)) : given;
  const old = entries.left(path);
  if (!replace && old !== undefined && old.kind !== "gone") return;
  entries.makeFolders(parent(path), clock);
  entries.set(path, { kind: "link", at: clock, target, source });
}

export function move(disk: DiskState, from: string, to: Destination, source: Source): void {
  copy(disk, from, to, source, { recursive: true, replaces: true, preserves: true, links: "kept" });
  remove(disk, from, source);
}

/** Removes what is at a path or below it; what may as well be put there afterwards may have been removed. */
export function remove(disk: DiskState, path: string, source: Source): void {
  const { entries, undecided, clock } = disk;
  const real = realPath(entries, path);
  const here = [...entries].flatMap(([one, entry]) =>
    (entry.kind === "file" || entry.kind === "link") && isAtOrBelow(one, real) ? [{ one, writer: entry.source }] : [],
  );
  if (here.every(({ writer }) => ranBefore(disk, writer, source))) return entries.remove(real, clock, source);
  for (const { one, writer } of here) {
    if (ranBefore(disk, writer, source)) entries.remove(one, clock, source);
    else
      undecided.addRemoval(
        { kind: "below", path: one },
        { reason: unorderedRemoval(one, writer, "surely"), source },
        clock,
      );
  }
}

/** What was removed before, by a source that may as well run afterwards. */
function mayBeRemovedAfterwards(disk: DiskState, path: string, source: Source): Source | undefined {
  const emptied = ancestors(path).map((folder) => disk.entries.left(folder));
  return [
    disk.entries.removalOf(path)?.source,
    ...emptied.map((entry) => (entry?.kind === "folder" ? entry.emptiedBy : undefined)),
  ].find((remover) => remover !== undefined && !ranBefore(disk, remover, source));
}

export function setMode({ entries }: DiskState, path: string, mode: string, recursive = false): void {
  const entry = entries.left(path);
  if (entry?.kind === "file") entries.set(path, { ...entry, mode });
  if (!recursive) return;
  for (const [below, file] of [...entries])
    if (file.kind === "file" && below !== path && isAtOrBelow(below, path)) entries.set(below, { ...file, mode });
}

/** How something is copied. */
export type Copying = Pick<
  Extract<FileOperation, { readonly do: "copy" }>,
  "mode" | "newMode" | "umask" | "replaces" | "preserves" | "recursive" | "links"
>;

export function copy(disk: DiskState, from: string, to: Destination, source: Source, how: Copying): void {
  const { recursive, preserves, replaces } = how;
  const entry = disk.entries.left(realPath(disk.entries, from));
  if (how.links === "kept" && entry?.kind === "link") {
    if (ranBefore(disk, entry.source, source)) return link(disk, to, entry.target, true, source);
    return mightWriteAt(disk, candidates(to), { reason: unordered(from, entry.source), source });
  }
  const found = presenceOf(disk, from);
  if (found.kind === "present") {
    if (ranBefore(disk, found.file.source, source)) {
      const mode = how.mode ?? (preserves ? found.file.mode : undefined);
      return write(disk, to, source, {
        content: found.file.content,
        ...(mode === undefined ? {} : { mode }),
        newMode: "newMode" in how ? how.newMode : withoutRights(found.file.mode, how.umask),
        ...(replaces === undefined ? {} : { replaces }),
        origin: found.file.source,
      });
    }
    return mightWriteAt(disk, candidates(to), { reason: unordered(from, found.file.source), source });
  }
  if (found.kind === "missing" && found.error === "is a directory" && recursive)
    return copyFolder(disk, from, to, source, how.links === "followed");
  for (const reason of whyNotThere(disk, from, recursive === true, source))
    mightWriteAt(disk, candidates(to), { reason, source });
}

/** Why what is copied may not be there: nothing certain brings it, or something that need not have run. */
function whyNotThere(disk: DiskState, from: string, below: boolean, source: Source): readonly Reason[] {
  const writers = unorderedWritersOf(disk, from, { below }, source);
  if (writers.length === 0) return [{ id: "copied-file-unknown", data: { copied: from, isPattern: false } }];
  return writers.map(({ writer }) => ({
    id: "unordered-operations",
    data: { copied: from, isPattern: false, writer: writer.name, path: from },
  }));
}

function unordered(copied: string, writer: Source): Reason {
  return { id: "unordered-operations", data: { copied, isPattern: false, writer: writer.name, path: copied } };
}

function copyFolder(disk: DiskState, from: string, to: Destination, source: Source, followsLinks: boolean): void {
  const { entries, clock } = disk;
  const root = realPath(entries, from, "follow");
  const landing = landingOf(disk, to, "tree", source);
  if (landing.kind === "undecided") return mightWriteAt(disk, landing.paths, { reason: landing.reason, source });
  const goal = realPath(entries, landing.path, "follow");
  entries.makeFolders(goal, clock);
  for (const [path, entry] of [...entries]) {
    if (!isAtOrBelow(path, root) || path === root) continue;
    const target = join(goal, path.slice(root.length));
    if (entry.kind === "file" && ranBefore(disk, entry.source, source)) {
      entries.makeFolders(parent(target), clock);
      entries.set(target, { ...entry, at: clock, source, origin: entry.source });
    } else if (entry.kind === "link" && followsLinks) {
      copy(disk, path, { kind: "file", path: target }, source, { recursive: false });
    } else if (entry.kind === "link") {
      entries.makeFolders(parent(target), clock);
      entries.set(target, { ...entry, at: clock });
    } else if (entry.kind === "file") {
      const data = { copied: from, isPattern: false, writer: entry.source.name, path: null };
      mightWriteAt(disk, [target], { reason: { id: "unordered-operations", data }, source });
    }
  }
  for (const { reason, source: from = source } of disk.undecided.aboutFolder(root))
    mightWriteAt(disk, [goal], { reason, source: from });
}

type Landing =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "undecided"; readonly paths: readonly string[]; readonly reason: Reason };

/** Where a destination lies: exactly, or one of several places. */
function landingOf(disk: DiskState, to: Destination, what: "file" | "link" | "tree", source: Source): Landing {
  if (to.kind === "file") return { kind: "path", path: to.path };
  if (to.kind === "into") return { kind: "path", path: join(to.directory, to.name) };
  const path = normalize(to.path);
  const real = realPath(disk.entries, path, "follow");
  const entry = disk.entries.left(real);
  // What was taken away is not a folder, unless something has made it again.
  if (
    entry?.kind === "gone" &&
    ranBefore(disk, entry.source, source) &&
    !disk.undecided.mayBeThereAgain(real, disk.interest, entry.at)
  )
    return { kind: "path", path };
  // Where something lands below it later, a file cannot have been put there; a link or a tree can.
  const isFolder = what === "file" ? isFolderByThen(disk, path) : entry?.kind === "folder" || isStandardFolder(real);
  if (isFolder) return { kind: "path", path: join(path, to.name) };
  const asked = disk.interest.some((other) =>
    [path, real].some((place) => other !== place && isAtOrBelow(normalize(other), place)),
  );
  if (entry?.kind === "file" || !asked) return { kind: "path", path };
  const { completeness } = disk;
  // Where the whole disk is described, a folder that nothing makes is not there for the link to go into.
  if (what === "link" && completeness.kind === "complete" && completeness.because.by !== "certificates")
    return { kind: "path", path };
  return {
    kind: "undecided",
    // A file in the folder's place holds nothing below it; a link or a tree may.
    paths: what === "file" ? [join(path, to.name)] : candidates(to),
    reason: { id: "folder-or-file", data: { name: to.name, path } },
  };
}

/** Whether something copied to this path lands inside a folder. */
export function isFolderByThen({ entries, folders }: DiskState, path: string): boolean {
  const real = realPath(entries, path, "follow");
  return entries.left(real)?.kind === "folder" || folders.has(real) || isStandardFolder(real);
}

/** The mode without the rights that a umask takes away. */
function withoutRights(mode: string | undefined, umask: number | undefined): string | undefined {
  // `go-r` and a mode that is not known any more are not numbers.
  if (mode === undefined || umask === undefined || !/^[0-7]+$/.test(mode)) return mode;
  return (Number.parseInt(mode, 8) & ~umask).toString(8).padStart(4, "0");
}

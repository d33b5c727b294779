import type { OpenError } from "../../kubeadm/predict/open-error";
import { join, normalize } from "../../machine/paths";
import type { Source } from "../../machine/source";
import type { Reason } from "../../reasons/reason";
import type { Completeness } from "../completeness";
import type { Presence, PresentFile, UndecidedReason } from "../presence";
import { allUndecided, type DiskState, isSearched, ranBefore } from "./disk-state";
import type { FileEntry } from "./entries";
import { isStandardFolder } from "./is-standard-folder";
import { lookUp, type Step } from "./look-up";
import { unorderedRemoval } from "./unordered-removal";
import { unorderedWritersOf } from "./unordered-writers";

/** In bytes: NAME_MAX of the usual file systems, and PATH_MAX without its final NUL (limits.h). */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4095;
/** kubeadm is run by root; a relative path starts at root's home (the cases were recorded so). */
const WORKING_FOLDER = "/root";

/** Whether a path can be opened, as far as was played until now. */
export function presenceOf(disk: DiskState, path: string): Presence {
  const unusable = unusablePath(path);
  if (unusable !== undefined) return { kind: "missing", error: unusable, links: [] };
  const links: Source[] = [];
  const removals: UndecidedReason[] = [];
  const found = lookUp<Found>(
    disk.entries,
    path.startsWith("/") ? path : join(WORKING_FOLDER, path),
    "follow",
    (step) => {
      if (Buffer.byteLength(step.name) > LONGEST_NAME) return { kind: "error", error: "file name too long" };
      removals.push(...removalsOf(disk, step));
      if (step.entry?.kind === "link") links.push(step.entry.source);
      return answerAt(disk, step);
    },
  );
  if (found === undefined) return { kind: "missing", error: "too many levels of symbolic links", links };
  if (typeof found === "object" && found.kind === "undecided") return found;
  // What may have been taken away makes nothing appear.
  if (typeof found === "object" && found.kind === "error") {
    const { error, removedBy } = found;
    return { kind: "missing", error, ...(removedBy === undefined ? {} : { removedBy }), links };
  }
  if (removals.length > 0) return { kind: "undecided", reasons: removals };
  if (typeof found === "string") return { kind: "missing", error: "is a directory", links };
  return { kind: "present", realPath: found.path, file: asKnown(disk, [path, found.path], found.entry), links };
}

/** What may have taken away what is known to be there: later, or by a source that may as well run afterwards. */
function removalsOf(disk: DiskState, { path, entry }: Step): readonly UndecidedReason[] {
  const writer = entry?.kind === "file" || entry?.kind === "link" ? entry.source : undefined;
  return allUndecided(disk)
    .flatMap((one) => one.aboutRemoval(path))
    .flatMap((removal): readonly UndecidedReason[] => {
      const { source, at } = removal;
      if (at > (entry?.at ?? -1)) return [removal];
      if (writer === undefined || source === undefined || ranBefore(disk, source, writer)) return [];
      return [{ reason: unorderedRemoval(path, writer, "may"), source }];
    });
}

type Found =
  | { readonly kind: "file"; readonly path: string; readonly entry: FileEntry }
  | { readonly kind: "error"; readonly error: OpenError; readonly removedBy?: Source }
  | { readonly kind: "undecided"; readonly reasons: readonly UndecidedReason[] };

/** What one name of the path decides; nothing where the look-up goes on below it. */
function answerAt(disk: DiskState, step: Step): Found | undefined {
  const { entry, path, rest, mustBeFolder } = step;
  switch (entry?.kind) {
    case "link":
    case "folder":
      return undefined;
    case "file":
      return rest.length > 0 || mustBeFolder
        ? { kind: "error", error: "not a directory" }
        : { kind: "file", path, entry };
    default:
      return whereNothingIs(disk, step);
  }
}

/** What it means that no evidence puts anything here. */
function whereNothingIs(disk: DiskState, { path, folder, entry: gone, rest }: Step): Found | undefined {
  const full = rest.length === 0 ? path : join(path, rest.filter((one) => one !== "..").join("/"));
  const above = disk.entries.left(folder);
  const emptied = above?.kind === "folder" && above.emptiedBy !== undefined ? above : undefined;
  const removed = gone?.kind === "gone" ? gone : disk.entries.removalOf(full);
  const isGoneLast = gone?.kind === "gone" && gone.at > (emptied?.at ?? 0);
  const emptiedBy = isGoneLast ? gone.source : emptied?.emptiedBy;
  const since = Math.max(removed?.at ?? 0, emptied?.at ?? 0);
  const reasons = allUndecided(disk).flatMap((one) => one.about(path, full, disk.interest, since));
  if (reasons.length > 0) return { kind: "undecided", reasons: withoutEchoes(reasons) };
  if (emptiedBy !== undefined) return { kind: "error", error: "no such file or directory", removedBy: emptiedBy };
  if (path !== full && isStandardFolder(path)) return undefined;
  if (removed !== undefined) return { kind: "error", error: "no such file or directory", removedBy: removed.source };
  const { completeness } = disk;
  if (completeness.kind === "complete" || isSearched(disk, full))
    return { kind: "error", error: "no such file or directory" };
  return { kind: "undecided", reasons: [{ reason: reasonOf(completeness) }] };
}

/** Without what says that a source may reach a node on which it runs anyway: a script that gets the name of its own node. */
function withoutEchoes(reasons: readonly UndecidedReason[]): readonly UndecidedReason[] {
  const given = new Set(reasons.map(({ reason, source }) => keyOf(reason, source)));
  return reasons.filter(
    ({ reason, source }) => reason.id !== "may-reach-node" || !given.has(keyOf(reason.data.because, source)),
  );
}

function keyOf(reason: Reason, source: Source | undefined): string {
  return JSON.stringify([reason, source?.urn ?? source?.name]);
}

/** Why a file may be there that no evidence puts there. */
function reasonOf(completeness: Exclude<Completeness, { readonly kind: "complete" }>): Reason {
  return completeness.kind === "unknown"
    ? completeness.reason
    : { id: "outside-known-folders", data: { known: completeness.known } };
}

/** The file with what is known of it: what may have been written there since, or as well in another order, leaves its content open. */
function asKnown(disk: DiskState, places: readonly string[], entry: FileEntry): PresentFile {
  const written = places.some(
    (place) =>
      allUndecided(disk).some((one) => one.mayReplace(normalize(place), disk.interest, entry.at)) ||
      unorderedWritersOf(disk, place, { below: false }, entry.source).length > 0,
  );
  return written ? { ...entry, content: { kind: "not-shown" } } : entry;
}

/** What Go (a NUL, syscall.ByteSliceFromString) or Linux (PATH_MAX) says to a path before it looks at any folder. */
function unusablePath(path: string): OpenError | undefined {
  if (path.includes("\0")) return "invalid argument";
  return Buffer.byteLength(path) > LONGEST_PATH ? "file name too long" : undefined;
}

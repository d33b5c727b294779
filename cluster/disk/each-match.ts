import { matchScope } from "../../machine/destinations";
import type { Destination, MatchDestination, MatchStep } from "../../machine/file-operation";
import { cutPattern, literalPattern, matchesPattern } from "../../machine/path-pattern";
import { baseName, isAtOrBelow, join } from "../../machine/paths";
import type { Source } from "../../machine/source";
import type { Reason } from "../../reasons/reason";
import { allUndecided, type DiskState, isSearched, mightWriteAt } from "./disk-state";
import { realPath } from "./look-up";
import { copy, isFolderByThen, link, move, remove, setMode } from "./operations";
import type { MatchReason } from "./undecided-places";
import { unorderedWritersAmong } from "./unordered-writers";

/** Files that patterns match, in all: a bound on the work. Comparing so many names counts as one. */
export const MOST_MATCHES = 50_000;
const ENTRIES_PER_MATCH = 50;

/** Does a step with each path that a pattern matches by now. */
export function forEachMatch(disk: DiskState, given: string, step: MatchStep, source: Source): void {
  const { entries, clock } = disk;
  disk.matchesLeft -= entries.size / ENTRIES_PER_MATCH;
  if (disk.matchesLeft < 0) {
    const reason: Reason = { id: "too-many-matches", data: {} };
    return disk.undecided.addOperation({ do: "for-each-match", pattern: given, step }, { reason, source }, clock);
  }
  const cut = cutPattern(given);
  const folder = realPath(entries, cut.folder, "follow");
  const pattern = `${literalPattern(folder === "/" ? "" : folder)}/${cut.rest}`;
  const known = [...entries]
    .filter(([path, entry]) => entry.kind !== "gone" && isAtOrBelow(path, folder) && matchesPattern(path, pattern))
    .map(([path, entry]) => ({ path, isFolder: entry.kind === "folder" }));
  disk.matchesLeft -= known.length;
  const files = known.filter(({ isFolder }) => !isFolder).map(({ path }) => path);
  switch (step.do) {
    case "set-mode":
      for (const path of files) setMode(disk, realPath(entries, path, "follow"), step.mode);
      return;
    case "remove":
      for (const path of step.recursive ? known.map((one) => one.path) : files) remove(disk, path, source);
      return entries.sweep({ pattern, recursive: step.recursive, at: clock, source });
    case "copy":
    case "link":
    case "move":
      // Without -r cp stops at a folder.
      bring(disk, step, source, {
        pattern,
        folder,
        taken: step.do === "copy" && !step.recursive ? files : known.map((one) => one.path),
      });
      if (step.do === "move") entries.sweep({ pattern, recursive: true, at: clock, source });
  }
}

type Bringing = Extract<MatchStep, { readonly do: "copy" | "link" | "move" }>;

interface Matches {
  readonly pattern: string;
  readonly folder: string;
  /** Those that are known to be there. */
  readonly taken: readonly string[];
}

/** Puts each match at its target, and says what may come there besides. */
function bring(disk: DiskState, step: Bringing, source: Source, matches: Matches): void {
  const { pattern, taken } = matches;
  const others = otherMatches(disk, matches, source);
  const into = step.to.kind === "into" || taken.length > 1 || isFolderByThen(disk, step.to.path);
  const target = step.to.kind === "into" ? step.to.directory : step.to.path;
  const to: MatchDestination = into ? { kind: "into", directory: target } : step.to;
  for (const path of taken) bringOne(disk, path, step, { ...to, name: baseName(path) }, source);
  const scope = matchScope(pattern, to);
  for (const { path, reason, source: from = source } of others) {
    if (path !== undefined && into) mightWriteAt(disk, [join(target, baseName(path))], { reason, source: from });
    else disk.undecided.add(scope, { reason, source: from }, disk.clock);
  }
}

function bringOne(disk: DiskState, path: string, step: Bringing, to: Destination, source: Source): void {
  if (step.do === "link") return link(disk, to, path, step.replace, source);
  if (step.do === "move") return move(disk, path, to, source);
  copy(disk, path, to, source, step);
}

/** Why the pattern may match more than these paths: which, where that is known. */
function otherMatches(disk: DiskState, { pattern, folder, taken }: Matches, source: Source): readonly MatchReason[] {
  const above = disk.entries.at(folder);
  const since = above?.kind === "folder" && above.emptiedBy !== undefined ? above.at : 0;
  const reasons = allUndecided(disk).flatMap((one) => one.aboutMatches(pattern, since));
  const found = [...reasons, ...unorderedMatches(disk, pattern, source)].filter(
    ({ path }) => path === undefined || !taken.includes(path),
  );
  if (taken.length === 0)
    return [...found, { reason: { id: "copied-file-unknown", data: { copied: pattern, isPattern: true } } }];
  if (disk.completeness.kind === "complete" || isSearched(disk, folder)) return found;
  return [...found, { reason: { id: "more-matches-possible", data: { pattern } } }];
}

/** What sources put there that may run before or after. */
function unorderedMatches(disk: DiskState, pattern: string, source: Source): readonly MatchReason[] {
  const matches = (path: string) => matchesPattern(path, pattern);
  return unorderedWritersAmong(disk, matches, source).map(({ path, writer }) => ({
    path,
    reason: {
      id: "unordered-operations",
      data: { copied: pattern, isPattern: true, writer: writer.name, path },
    },
  }));
}

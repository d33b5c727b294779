import type { Scope } from "../../machine/file-operation";
import { isAtOrBelow, normalize } from "../../machine/paths";
import type { Source } from "../../machine/source";
import type { Completeness } from "../completeness";
import type { Evidence } from "../evidence";
import type { Doubt, Precedes } from "../presence";
import type { Doubts } from "./doubts";
import type { Entries } from "./entries";
import { realPath } from "./look-up";

/** What is given of a node before its evidence is played. */
export interface DiskContext {
  readonly completeness: Completeness;
  /** All that will be played: a source that need not wait may run at any moment. */
  readonly evidence: readonly Evidence[];
  /** Folders that have to be there for the evidence to succeed, whatever the order. */
  readonly folders: ReadonlySet<string>;
  /** The paths that somebody will ask for. */
  readonly interest: readonly string[];
  readonly precedes: Precedes;
  /** Doubts that this node shares with others; they may concern any moment. */
  readonly shared: readonly Doubts[];
}

/** One node's disk while evidence is played on it. Mutable; nodeFiles() alone sees it. */
export interface DiskState extends DiskContext {
  readonly entries: Entries;
  readonly doubts: Doubts;
  /** The step that is played. */
  clock: number;
  /** How many more files patterns may match. */
  matchesLeft: number;
}

export function allDoubts({ doubts, shared }: DiskState): readonly Doubts[] {
  return [doubts, ...shared];
}

export function ranBefore({ precedes }: DiskState, first: Source, second: Source): boolean {
  return first === second || (first.urn !== undefined && first.urn === second.urn) || precedes(first, second);
}

/** True where a listing or a layout says all there is. */
export function isSearched({ completeness }: DiskState, path: string): boolean {
  return (
    completeness.kind === "complete-below" &&
    completeness.known.some(({ folders }) => folders.some((one) => isAtOrBelow(path, normalize(one))))
  );
}

/** Something may be written within a scope: also through a link that is there. */
export function mightWrite(disk: DiskState, scope: Scope, doubt: Doubt): void {
  disk.doubts.add(scope, doubt, disk.clock);
  if (scope.kind !== "below") return;
  const real = realPath(disk.entries, scope.path, "follow");
  if (real !== normalize(scope.path)) disk.doubts.add({ kind: "below", path: real }, doubt, disk.clock);
}

export function mightWriteAt(disk: DiskState, paths: readonly string[], doubt: Doubt): void {
  for (const path of paths) mightWrite(disk, { kind: "below", path }, doubt);
}

import type { Scope } from "../../machine/file-operation";
import { isAtOrBelow, normalize } from "../../machine/paths";
import type { Source } from "../../machine/source";
import type { Completeness } from "../completeness";
import type { Evidence } from "../evidence";
import type { Precedes, UndecidedReason } from "../presence";
import type { Entries } from "./entries";
import { realPath } from "./look-up";
import type { UndecidedPlaces } from "./undecided-places";

/** What is given of a node before its evidence is played. */
export interface DiskContext {
  readonly completeness: Completeness;
  /** All that will be played: a source that need not wait may run at any moment. */
  readonly evidence: readonly Evidence[];
  /** Folders that have to be there for the evidence to succeed, whatever the order. */
  readonly folders: ReadonlySet<string>;
  /** The paths that will be asked for. */
  readonly interest: readonly string[];
  readonly precedes: Precedes;
  /** What is undecided of this node and others, at any moment. */
  readonly shared: readonly UndecidedPlaces[];
}

/** One node's disk while evidence is played on it. Mutable; nodeFiles() alone sees it. */
export interface DiskState extends DiskContext {
  readonly entries: Entries;
  readonly undecided: UndecidedPlaces;
  /** The step that is played. */
  clock: number;
  /** How many more files patterns may match. */
  matchesLeft: number;
  /** The paths that evidence names, for this disk worked out once. */
  readonly namedPlaces: (evidence: readonly Evidence[]) => ReadonlyMap<string, readonly Source[]>;
}

export function allUndecided({ undecided, shared }: DiskState): readonly UndecidedPlaces[] {
  return [undecided, ...shared];
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
export function mightWrite(disk: DiskState, scope: Scope, reason: UndecidedReason): void {
  disk.undecided.add(scope, reason, disk.clock);
  if (scope.kind !== "below") return;
  const real = realPath(disk.entries, scope.path, "follow");
  if (real !== normalize(scope.path)) disk.undecided.add({ kind: "below", path: real }, reason, disk.clock);
}

export function mightWriteAt(disk: DiskState, paths: readonly string[], reason: UndecidedReason): void {
  for (const path of paths) mightWrite(disk, { kind: "below", path }, reason);
}

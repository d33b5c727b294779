import { cutPattern, matchesPattern } from "../../machine/path-pattern";
import { isAtOrBelow } from "../../machine/paths";
import type { UndecidedReason } from "../presence";

/** So many reasons are kept for one place; more would say nothing new. */
const MOST_AT_ONE_PLACE = 20;

export interface DatedReason extends UndecidedReason {
  /** The step at which it arose; what was removed later is still gone. */
  readonly at: number;
}

/** What is undecided of all paths that a pattern matches, found by the folder above its matches. */
export class UndecidedPatterns {
  private readonly folders = new Map<string, Map<string, DatedReason[]>>();

  add(pattern: string, reason: DatedReason): void {
    const { folder } = cutPattern(pattern);
    const patterns = this.folders.get(folder) ?? new Map<string, DatedReason[]>();
    this.folders.set(folder, patterns);
    keepAt(patterns, pattern, reason);
  }

  isEmpty(): boolean {
    return this.folders.size === 0;
  }

  /** What is undecided by a pattern that matches one of these places, a path and folders above it. */
  about(places: readonly string[]): readonly DatedReason[] {
    if (this.isEmpty()) return [];
    return places
      .flatMap((place) => [...(this.folders.get(place) ?? [])])
      .filter(([pattern]) => places.some((place) => matchesPattern(place, pattern)))
      .flatMap(([, reasons]) => reasons);
  }

  /** What is undecided of what may lie in a folder or below it. */
  below(folder: string): readonly DatedReason[] {
    return this.where((one) => isAtOrBelow(one, folder));
  }

  /** What is undecided of what may lie above a folder, in it or below it. */
  around(folder: string): readonly DatedReason[] {
    return this.where((one) => isAtOrBelow(one, folder) || isAtOrBelow(folder, one));
  }

  private where(chosen: (folder: string) => boolean): readonly DatedReason[] {
    return [...this.folders]
      .filter(([folder]) => chosen(folder))
      .flatMap(([, patterns]) => [...patterns.values()])
      .flat();
  }
}

export function keepAt(map: Map<string, DatedReason[]>, key: string, reason: DatedReason): void {
  const list = map.get(key) ?? [];
  keep(list, reason);
  map.set(key, list);
}

/** The youngest is always kept: it is the one that a removal does not undo. */
export function keep(list: DatedReason[], reason: DatedReason): void {
  if (list.length === MOST_AT_ONE_PLACE) list.pop();
  list.push(reason);
}

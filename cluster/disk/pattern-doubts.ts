import { cutPattern, matchesPattern } from "../../machine/path-pattern";
import { isAtOrBelow } from "../../machine/paths";
import type { Doubt } from "../presence";

/** So many doubts about one place are kept; more would say nothing new. */
const MOST_AT_ONE_PLACE = 20;

export interface DatedDoubt extends Doubt {
  /** The step at which it arose; what was removed later is gone all the same. */
  readonly at: number;
}

/** Doubts about all paths that a pattern matches, found by the folder above its matches. */
export class PatternDoubts {
  private readonly folders = new Map<string, Map<string, DatedDoubt[]>>();

  add(pattern: string, doubt: DatedDoubt): void {
    const { folder } = cutPattern(pattern);
    const patterns = this.folders.get(folder) ?? new Map<string, DatedDoubt[]>();
    this.folders.set(folder, patterns);
    keepAt(patterns, pattern, doubt);
  }

  isEmpty(): boolean {
    return this.folders.size === 0;
  }

  /** The doubts whose pattern matches one of these places, a path and folders above it. */
  about(places: readonly string[]): readonly DatedDoubt[] {
    if (this.isEmpty()) return [];
    return places
      .flatMap((place) => [...(this.folders.get(place) ?? [])])
      .filter(([pattern]) => places.some((place) => matchesPattern(place, pattern)))
      .flatMap(([, doubts]) => doubts);
  }

  /** The doubts about what may lie in a folder or below it. */
  below(folder: string): readonly DatedDoubt[] {
    return this.where((one) => isAtOrBelow(one, folder));
  }

  /** The doubts about what may lie above a folder, in it or below it. */
  around(folder: string): readonly DatedDoubt[] {
    return this.where((one) => isAtOrBelow(one, folder) || isAtOrBelow(folder, one));
  }

  private where(chosen: (folder: string) => boolean): readonly DatedDoubt[] {
    return [...this.folders]
      .filter(([folder]) => chosen(folder))
      .flatMap(([, patterns]) => [...patterns.values()])
      .flat();
  }
}

export function keepAt(map: Map<string, DatedDoubt[]>, key: string, doubt: DatedDoubt): void {
  const list = map.get(key) ?? [];
  keep(list, doubt);
  map.set(key, list);
}

/** The youngest is always kept: it is the one that a removal does not undo. */
export function keep(list: DatedDoubt[], doubt: DatedDoubt): void {
  if (list.length === MOST_AT_ONE_PLACE) list.pop();
  list.push(doubt);
}

import type { FileOperation, RemovalScope, Scope } from "../../machine/file-operation";
import { footprintOf } from "../../machine/footprint";
import { cutPattern, matchesPattern } from "../../machine/path-pattern";
import { ancestors, baseName, isAtOrBelow, join, normalize } from "../../machine/paths";
import type { Doubt } from "../presence";
import { type DatedDoubt, keep, keepAt, PatternDoubts } from "./pattern-doubts";

/** A doubt about the paths that a pattern matches: about this one, or about any. */
export interface MatchDoubt extends Doubt {
  readonly path?: string;
}

/** What may have been written or removed, by place: looked up by path, so that many nodes can share many doubts. */
export class Doubts {
  private readonly below = new Map<string, DatedDoubt[]>();
  private readonly named = new Map<string, DatedDoubt[]>();
  private readonly anywhere: DatedDoubt[] = [];
  private readonly etcdFiles: DatedDoubt[] = [];
  private readonly matching = new PatternDoubts();
  private readonly removals = new Map<string, DatedDoubt[]>();
  private readonly removalsMatching = new PatternDoubts();

  /** A source may write within `scope`. */
  add(scope: Scope, doubt: Doubt, at: number): void {
    const dated = { ...doubt, at };
    switch (scope.kind) {
      case "anywhere":
        return keep(this.anywhere, dated);
      case "external-etcd-files":
        return keep(this.etcdFiles, dated);
      case "named":
        return keepAt(this.named, scope.name, dated);
      case "below":
        return keepAt(this.below, normalize(scope.path), dated);
      case "matching":
        return this.matching.add(scope.pattern, dated);
    }
  }

  /** A source may take away what lies within `scope`. */
  addRemoval(scope: RemovalScope, doubt: Doubt, at: number): void {
    const dated = { ...doubt, at };
    if (scope.kind === "below") keepAt(this.removals, normalize(scope.path), dated);
    else this.removalsMatching.add(scope.pattern, dated);
  }

  /** A whole operation that may or may not have happened: it takes certainty away and gives none. */
  addOperation(operation: FileOperation, doubt: Doubt, at: number): void {
    const { writes, removes } = footprintOf(operation);
    for (const scope of removes) this.addRemoval(scope, doubt, at);
    for (const scope of writes) this.add(scope, doubt, at);
  }

  /** Doubts, younger than `since`, about whether `path` is there, while `full` is looked for; `interest` are etcd's files. */
  about(path: string, full: string, interest: readonly string[], since: number): readonly Doubt[] {
    const places = new Set([
      path,
      ...ancestors(path),
      full,
      ...ancestors(full).filter((one) => isAtOrBelow(one, path)),
    ]);
    const found = [
      ...this.anywhere,
      ...(interest.some((one) => normalize(one) === full) ? this.etcdFiles : []),
      ...(this.named.get(baseName(full)) ?? []),
      ...[...places].flatMap((place) => this.below.get(place) ?? []),
      ...this.matching.about([...places]),
    ];
    return found.filter((doubt) => doubt.at > since);
  }

  /**
   * True if something younger than `since` may have put another file at `path`. What might write anywhere is left out: what
   * came before an unknown program keeps its evidence.
   */
  mayReplace(path: string, interest: readonly string[], since: number): boolean {
    const places = [path, ...ancestors(path)];
    const found = [
      ...(interest.some((one) => normalize(one) === path) ? this.etcdFiles : []),
      ...(this.named.get(baseName(path)) ?? []),
      ...places.flatMap((place) => this.below.get(place) ?? []),
      ...this.matching.about(places),
    ];
    return found.some((doubt) => doubt.at > since);
  }

  /** Doubts, younger than `since`, about whether what was at `path` is still there. */
  aboutRemoval(path: string, since: number): readonly Doubt[] {
    if (this.removals.size === 0 && this.removalsMatching.isEmpty()) return [];
    const places = [path, ...ancestors(path)];
    return [...places.flatMap((one) => this.removals.get(one) ?? []), ...this.removalsMatching.about(places)].filter(
      (doubt) => doubt.at > since,
    );
  }

  /** Doubts, younger than `since`, about whether there is more that the pattern matches. */
  aboutMatches(pattern: string, since: number): readonly MatchDoubt[] {
    const { folder } = cutPattern(pattern);
    const found: (DatedDoubt & MatchDoubt)[] = [...this.anywhere];
    for (const [place, doubts] of this.below) {
      // Anything may lie below a place above the matches, or among them.
      if (isAtOrBelow(folder, place) || (isAtOrBelow(place, folder) && reachesBelow(pattern, place)))
        found.push(...doubts);
      else if (matchesPattern(place, pattern)) found.push(...doubts.map((doubt) => ({ ...doubt, path: place })));
    }
    for (const [name, doubts] of this.named) {
      const path = join(folder, name);
      if (matchesPattern(path, pattern)) found.push(...doubts.map((doubt) => ({ ...doubt, path })));
    }
    found.push(...this.matching.around(folder));
    return found.filter((doubt) => doubt.at > since);
  }

  /** The doubts about a whole folder: copying it copies them. */
  aboutFolder(folder: string): readonly Doubt[] {
    const inside = [...this.below].filter(([path]) => isAtOrBelow(path, folder)).flatMap(([, doubts]) => doubts);
    return [...this.anywhere, ...inside, ...this.matching.below(folder)];
  }
}

/** True if a pattern can match something below a place. */
function reachesBelow(pattern: string, place: string): boolean {
  return pattern.includes("**") || pattern.split("/").length > place.split("/").length;
}

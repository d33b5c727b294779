import type { FileOperation, RemovalScope, Scope } from "../../machine/file-operation";
import { footprintOf } from "../../machine/footprint";
import { cutPattern, matchesPattern } from "../../machine/path-pattern";
import { ancestors, baseName, isAtOrBelow, join, normalize } from "../../machine/paths";
import type { UndecidedReason } from "../presence";
import { type DatedReason, keep, keepAt, UndecidedPatterns } from "./undecided-patterns";

/** What is undecided of the paths that a pattern matches: of this one, or of any. */
export interface MatchReason extends UndecidedReason {
  readonly path?: string;
}

/** What may have been written or removed, by place: looked up by path, so that many nodes can share much that is undecided. */
export class UndecidedPlaces {
  private readonly below = new Map<string, DatedReason[]>();
  private readonly named = new Map<string, DatedReason[]>();
  private readonly anywhere: DatedReason[] = [];
  private readonly etcdFiles: DatedReason[] = [];
  private readonly matching = new UndecidedPatterns();
  private readonly removals = new Map<string, DatedReason[]>();
  private readonly removalsMatching = new UndecidedPatterns();

  /** A source may write within `scope`. */
  add(scope: Scope, reason: UndecidedReason, at: number): void {
    const dated = { ...reason, at };
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
  addRemoval(scope: RemovalScope, reason: UndecidedReason, at: number): void {
    const dated = { ...reason, at };
    if (scope.kind === "below") keepAt(this.removals, normalize(scope.path), dated);
    else this.removalsMatching.add(scope.pattern, dated);
  }

  /** A whole operation that may or may not have happened: it takes certainty away and gives none. */
  addOperation(operation: FileOperation, reason: UndecidedReason, at: number): void {
    const { writes, removes } = footprintOf(operation);
    for (const scope of removes) this.addRemoval(scope, reason, at);
    for (const scope of writes) this.add(scope, reason, at);
  }

  /** What is undecided, younger than `since`, about whether `path` is there, while `full` is looked for; `interest` are etcd's files. */
  about(path: string, full: string, interest: readonly string[], since: number): readonly UndecidedReason[] {
    const places = new Set([
      path,
      ...ancestors(path),
      full,
      ...ancestors(full).filter((one) => isAtOrBelow(one, path)),
    ]);
    const found = [
      ...this.anywhere,
      ...this.ofEtcdFiles(full, interest),
      ...(this.named.get(baseName(full)) ?? []),
      ...[...places].flatMap((place) => this.below.get(place) ?? []),
      ...this.matching.about([...places]),
    ];
    return found.filter((reason) => reason.at > since);
  }

  /**
   * True if something younger than `since` may have put another file at `path`. What might write anywhere is left out: what
   * came before an unknown program keeps its evidence.
   */
  mayReplace(path: string, interest: readonly string[], since: number): boolean {
    const places = [path, ...ancestors(path)];
    const found = [
      ...this.ofEtcdFiles(path, interest),
      ...(this.named.get(baseName(path)) ?? []),
      ...places.flatMap((place) => this.below.get(place) ?? []),
      ...this.matching.about(places),
    ];
    return found.some((reason) => reason.at > since);
  }

  /** Asked for every name on the way to every file of every node: nothing is compared where nothing is undecided. */
  private ofEtcdFiles(path: string, interest: readonly string[]): readonly DatedReason[] {
    const concerned = this.etcdFiles.length > 0 && interest.some((one) => normalize(one) === path);
    return concerned ? this.etcdFiles : [];
  }

  /** What is undecided, at any moment, about whether what is put at `path` stays there. */
  aboutRemoval(path: string): readonly DatedReason[] {
    if (this.removals.size === 0 && this.removalsMatching.isEmpty()) return [];
    const places = [path, ...ancestors(path)];
    return [...places.flatMap((one) => this.removals.get(one) ?? []), ...this.removalsMatching.about(places)];
  }

  /** What is undecided, younger than `since`, about whether there is more that the pattern matches. */
  aboutMatches(pattern: string, since: number): readonly MatchReason[] {
    const { folder } = cutPattern(pattern);
    const found: (DatedReason & MatchReason)[] = [...this.anywhere];
    for (const [place, reasons] of this.below) {
      // Anything may lie below a place above the matches, or among them.
      if (isAtOrBelow(folder, place) || (isAtOrBelow(place, folder) && reachesBelow(pattern, place)))
        found.push(...reasons);
      else if (matchesPattern(place, pattern)) found.push(...reasons.map((reason) => ({ ...reason, path: place })));
    }
    for (const [name, reasons] of this.named) {
      const path = join(folder, name);
      if (matchesPattern(path, pattern)) found.push(...reasons.map((reason) => ({ ...reason, path })));
    }
    found.push(...this.matching.around(folder));
    return found.filter((reason) => reason.at > since);
  }

  /** What is undecided of a whole folder: a copy of it is as undecided. */
  aboutFolder(folder: string): readonly UndecidedReason[] {
    return [...this.anywhere, ...this.within(folder)];
  }

  /** True if something younger than `since` may have put something at a path, or below it where that is a folder again. */
  mayBeThereAgain(path: string, interest: readonly string[], since: number): boolean {
    return this.mayReplace(path, interest, since) || this.within(path).some((reason) => reason.at > since);
  }

  private within(folder: string): readonly DatedReason[] {
    const inside = [...this.below].filter(([path]) => isAtOrBelow(path, folder)).flatMap(([, reasons]) => reasons);
    return [...inside, ...this.matching.below(folder)];
  }
}

/** True if a pattern can match something below a place. */
function reachesBelow(pattern: string, place: string): boolean {
  return pattern.includes("**") || pattern.split("/").length > place.split("/").length;
}

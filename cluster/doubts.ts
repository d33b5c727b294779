import type { Destination, FileOperation, Scope } from "./evidence";
import type { Doubt } from "./node-files";
import { ancestors, baseName, isAtOrBelow, join, normalize } from "./paths";

/** So many doubts about one place are kept; more would say nothing new. */
const MOST_AT_ONE_PLACE = 20;

interface DatedDoubt extends Doubt {
  /** The step at which it arose; what was removed later is gone all the same. */
  readonly at: number;
}

/** What may have been written or removed, by place: looked up by path, so that many nodes can share many doubts. */
export class Doubts {
  private readonly below = new Map<string, DatedDoubt[]>();
  private readonly named = new Map<string, DatedDoubt[]>();
  private readonly anywhere: DatedDoubt[] = [];
  private readonly etcdFiles: DatedDoubt[] = [];
  private readonly removals = new Map<string, DatedDoubt[]>();

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
    }
  }

  /** A whole operation that may or may not have happened: it takes certainty away and gives none. */
  addOperation(operation: FileOperation, doubt: Doubt, at: number): void {
    switch (operation.do) {
      case "put":
      case "link":
      case "copy":
        return this.addPaths(candidates(operation.to), doubt, at);
      case "move":
        this.addRemoval(operation.from, doubt, at);
        return this.addPaths(candidates(operation.to), doubt, at);
      case "remove":
        return this.addRemoval(operation.path, doubt, at);
      case "might-write":
        return this.add(operation.scope, doubt, at);
      case "make-directory":
      case "set-mode":
        return;
    }
  }

  addPaths(paths: readonly string[], doubt: Doubt, at: number): void {
    for (const path of paths) this.add({ kind: "below", path }, doubt, at);
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
    ];
    return found.filter((doubt) => doubt.at > since);
  }

  /** Doubts, younger than `since`, about whether what was at `path` is still there. */
  aboutRemoval(path: string, since: number): readonly Doubt[] {
    if (this.removals.size === 0) return [];
    return [path, ...ancestors(path)]
      .flatMap((one) => this.removals.get(one) ?? [])
      .filter((doubt) => doubt.at > since);
  }

  /** The doubts about a whole folder: copying it copies them. */
  aboutFolder(folder: string): readonly Doubt[] {
    const inside = [...this.below].filter(([path]) => isAtOrBelow(path, folder)).flatMap(([, doubts]) => doubts);
    return [...this.anywhere, ...inside];
  }

  private addRemoval(path: string, doubt: Doubt, at: number): void {
    keepAt(this.removals, normalize(path), { ...doubt, at });
  }
}

/** All places where a destination may lie. */
export function candidates(to: Destination): readonly string[] {
  if (to.kind === "file") return [to.path];
  if (to.kind === "into") return [join(to.directory, to.name)];
  return [to.path, join(to.path, to.name)];
}

function keepAt(map: Map<string, DatedDoubt[]>, key: string, doubt: DatedDoubt): void {
  const list = map.get(key) ?? [];
  keep(list, doubt);
  map.set(key, list);
}

/** The youngest is always kept: it is the one that a removal does not undo. */
function keep(list: DatedDoubt[], doubt: DatedDoubt): void {
  if (list.length === MOST_AT_ONE_PLACE) list.pop();
  list.push(doubt);
}

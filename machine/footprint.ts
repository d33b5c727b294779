import { matchScope } from "./destinations";
import type { Destination, FileOperation, RemovalScope, Scope } from "./file-operation";
import { join } from "./paths";

/**
 * What an operation does to a disk, apart from how: all that asks about operations in general asks this. Only Disk, which
 * performs them, and what puts one into words distinguish them.
 */
export interface Footprint {
  /** Where it surely leaves something: a file, a link, a folder with what is in it. */
  readonly leaves?: Destination;
  /** The folder that surely is there afterwards. */
  readonly makesFolder?: string;
  /** All places that it may write. */
  readonly writes: readonly Scope[];
  /** All that it takes contents from. */
  readonly reads: readonly RemovalScope[];
  /** All that it may take away. */
  readonly removes: readonly RemovalScope[];
  /** All whose mode it may change and nothing else. */
  readonly changesMode: readonly RemovalScope[];
}

const NONE: readonly never[] = [];
const NOTHING: Footprint = { writes: NONE, reads: NONE, removes: NONE, changesMode: NONE };

export function footprintOf(operation: FileOperation): Footprint {
  switch (operation.do) {
    case "put":
    case "link":
      // A listing has a million of these: without copying NOTHING.
      return { leaves: operation.to, writes: [scopeOf(operation.to)], reads: NONE, removes: NONE, changesMode: NONE };
    case "copy":
      return { ...NOTHING, leaves: operation.to, writes: [scopeOf(operation.to)], reads: [below(operation.from)] };
    case "move":
      return {
        ...NOTHING,
        leaves: operation.to,
        writes: [scopeOf(operation.to)],
        reads: [below(operation.from)],
        removes: [below(operation.from)],
      };
    case "make-directory":
      return { ...NOTHING, makesFolder: operation.path };
    case "set-mode":
      return { ...NOTHING, changesMode: [below(operation.path)] };
    case "upload-config":
      return operation.path === undefined ? NOTHING : { ...NOTHING, reads: [below(operation.path)] };
    case "remove":
      return { ...NOTHING, removes: [below(operation.path)] };
    case "might-write":
      return { ...NOTHING, writes: [operation.scope] };
    case "might-remove":
      return { ...NOTHING, removes: [operation.scope] };
    case "for-each-match":
      return footprintOfEach(operation);
  }
}

function footprintOfEach({ pattern, step }: Extract<FileOperation, { readonly do: "for-each-match" }>): Footprint {
  const matches: readonly RemovalScope[] = [{ kind: "matching", pattern }];
  const writes = "to" in step ? [matchScope(pattern, step.to)] : [];
  const into = "to" in step && step.to.kind === "into" ? { makesFolder: step.to.directory } : {};
  switch (step.do) {
    case "copy":
      return { ...NOTHING, ...into, writes, reads: matches };
    case "move":
      return { ...NOTHING, ...into, writes, reads: matches, removes: matches };
    case "link":
      return { ...NOTHING, ...into, writes };
    case "remove":
      return { ...NOTHING, removes: matches };
    case "set-mode":
      return { ...NOTHING, changesMode: matches };
  }
}

function below(path: string): RemovalScope {
  return { kind: "below", path };
}

/** All places at which something may lie that goes to a destination. */
function scopeOf(to: Destination): Scope {
  return below(to.kind === "into" ? join(to.directory, to.name) : to.path);
}

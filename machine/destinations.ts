import type { Destination, MatchDestination, Scope } from "./file-operation";
import { literalPattern } from "./path-pattern";
import { join, normalize } from "./paths";

/** Where the matches of a pattern may land. */
export function matchScope(pattern: string, to: MatchDestination): Scope {
  if (to.kind === "file-or-into") return { kind: "below", path: to.path };
  const name = pattern.slice(pattern.lastIndexOf("/") + 1);
  return { kind: "matching", pattern: `${literalPattern(normalize(to.directory))}/${name}` };
}

/** All places where a destination may lie. */
export function candidates(to: Destination): readonly string[] {
  if (to.kind === "file") return [to.path];
  if (to.kind === "into") return [join(to.directory, to.name)];
  return [to.path, join(to.path, to.name)];
}

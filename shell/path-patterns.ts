import { cutPattern, literalPattern } from "../machine/path-pattern";
import { normalize } from "../machine/paths";
import { endsWith, joined, startsWith, type Text } from "./text";

/** Paths are no longer (PATH_MAX); what grows beyond is not followed. */
const LONGEST_PATTERN = 4096;

/** The path as a pattern (cluster/path-pattern.ts) where all that is not literal in it is a shell pattern. */
export function globOf(path: Text): string | undefined {
  const known = path.every((piece) => typeof piece === "string" || piece.pattern !== undefined);
  const isGlob = known && path.some((piece) => typeof piece !== "string");
  // `/tmp/*/` matches folders only.
  return isGlob && !endsWith(path, "/") ? patternFrom(path) : undefined;
}

/** The path as a pattern with any text in place of what is not known; `undefined` where no folder above it is known. */
export function scopePattern(path: Text): string | undefined {
  const [first] = path;
  if (typeof first !== "string" || normalize(first.slice(0, first.lastIndexOf("/") + 1)) === "/") return undefined;
  return patternFrom(path);
}

/** The folder in which the target has the names that the pattern matches: `/etc/ssl/*.pem` beside `/tmp/*.pem`. */
export function folderOfNames(target: Text, pattern: string): string | undefined {
  const goal = globOf(target);
  if (goal === undefined) return undefined;
  const { folder, rest } = cutPattern(goal);
  return rest === pattern.slice(pattern.lastIndexOf("/") + 1) ? folder : undefined;
}

/** What follows the last slash, shell patterns and all; `undefined` where that is not known. */
export function lastName(path: Text): Text | undefined {
  if (path.some((piece) => typeof piece !== "string" && piece.pattern === undefined)) return undefined;
  const last = path.findLastIndex((piece) => typeof piece === "string" && piece.includes("/"));
  const piece = path[last];
  if (typeof piece !== "string") return path;
  return joined([piece.slice(piece.lastIndexOf("/") + 1)], path.slice(last + 1));
}

function patternFrom(path: Text): string | undefined {
  if (!startsWith(path, "/")) return undefined;
  const pieces = path.map((piece) => (typeof piece === "string" ? literalPattern(piece) : (piece.pattern ?? "**")));
  const pattern = normalize(pieces.join(""));
  return pattern.length > LONGEST_PATTERN ? undefined : pattern;
}

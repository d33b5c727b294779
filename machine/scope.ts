import type { Scope } from "./file-operation";
import { cutPattern, matchesPattern } from "./path-pattern";
import { ancestors, baseName, isAtOrBelow, normalize } from "./paths";

/**
 * True if a path lies within a scope. Where the files of etcd.external are is for the configuration to say: `etcdFiles`,
 * or any path without it.
 */
export function covers(scope: Scope, path: string, etcdFiles?: readonly string[]): boolean {
  switch (scope.kind) {
    case "anywhere":
      return true;
    case "external-etcd-files":
      return etcdFiles === undefined || etcdFiles.some((one) => normalize(one) === path);
    case "named":
      return baseName(path) === scope.name;
    case "below":
      return isAtOrBelow(path, normalize(scope.path));
    case "matching":
      return [path, ...ancestors(path)].some((one) => matchesPattern(one, scope.pattern));
  }
}

/** The folder above all that a scope holds. */
export function folderOf(scope: Scope): string {
  if (scope.kind === "below") return normalize(scope.path);
  return scope.kind === "matching" ? cutPattern(scope.pattern).folder : "/";
}

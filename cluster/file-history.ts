import { candidates } from "../machine/destinations";
import type { Destination, FileOperation, MatchDestination, MatchStep, Scope } from "../machine/file-operation";
import { footprintOf } from "../machine/footprint";
import { isAtOrBelow, join, normalize, parent } from "../machine/paths";
import { publicData } from "../machine/public-data";
import { publicPath, publicValue } from "../machine/public-text";
import { covers } from "../machine/scope";
import type { Source } from "../machine/source";
import { reasonText } from "../reasons/reason-texts";
import type { Evidence } from "./evidence";

/** One operation that affected what is at a path. */
export interface FileEvent {
  readonly source: Source;
  /** What it does, as the end of a sentence whose subject is the source: `links /etc/a to b`. */
  readonly does: string;
}

/** A link may lead on, and a copy come from a copy; longer chains are not followed. */
const MOST_PATHS = 50;

/**
 * Every operation that touched a path on a node, in the order in which they run: also what touched the file that a link on
 * the path resolves to, and the file that was copied there. `evidence` is the node's, in that order.
 */
export function fileHistory(path: string, evidence: readonly Evidence[]): readonly FileEvent[] {
  const paths = new Set([normalize(path)]);
  for (const one of paths) {
    for (const { operations } of evidence) {
      for (const operation of operations) {
        for (const further of leadsTo(operation, one)) if (paths.size < MOST_PATHS) paths.add(further);
      }
    }
  }
  const events: FileEvent[] = [];
  for (const { source, operations } of evidence) {
    for (const operation of operations)
      if (touchesAny(operation, paths)) events.push({ source, does: said(operation) });
  }
  return events;
}

/** The paths that matter because of an operation: the target of a link, the source of a copy. */
function leadsTo(operation: FileOperation, path: string): readonly string[] {
  if (operation.do !== "link" && operation.do !== "copy" && operation.do !== "move") return [];
  return candidates(operation.to).flatMap((candidate) => {
    const to = normalize(candidate);
    if (!isAtOrBelow(path, to)) return [];
    const from = operation.do === "link" ? resolved(operation.target, to) : normalize(operation.from);
    return [normalize(`${from}${path.slice(to.length)}`)];
  });
}

function resolved(target: string, link: string): string {
  return normalize(target.startsWith("/") ? target : join(parent(link), target));
}

function touchesAny(operation: FileOperation, paths: ReadonlySet<string>): boolean {
  if (operation.do === "remove" && !operation.recursive) return paths.has(normalize(operation.path));
  const { writes, removes, changesMode } = footprintOf(operation);
  return [writes, removes, changesMode].some((scopes) => scopes.some((scope) => coversAny(scope, paths)));
}

function coversAny(scope: Scope, paths: ReadonlySet<string>): boolean {
  for (const path of paths) if (covers(scope, path)) return true;
  return false;
}

function said(operation: FileOperation): string {
  switch (operation.do) {
    case "put":
      return `writes ${destination(operation.to)}${mode(operation.mode)}`;
    case "link":
      return `links ${destination(operation.to)} to ${publicPath(operation.target)}`;
    case "copy":
      return `copies ${publicPath(operation.from)} to ${destination(operation.to)}${mode(operation.mode)}`;
    case "move":
      return `moves ${publicPath(operation.from)} to ${destination(operation.to)}`;
    case "remove":
      return `removes ${publicPath(operation.path)}${operation.recursive ? " with all below it" : ""}`;
    case "set-mode":
      return `gives ${publicPath(operation.path)}${operation.recursive ? " and all below it" : ""} the mode ${publicValue(operation.mode)}`;
    case "upload-config":
      return `makes the kubeadm-config of ${operation.path === undefined ? "a file" : publicPath(operation.path)}`;
    case "might-write":
      return `might write ${place(operation.scope)}: ${reasonText(publicData(operation.reason))}`;
    case "might-remove":
      return `might remove ${place(operation.scope)}: ${reasonText(publicData(operation.reason))}`;
    case "for-each-match":
      return `${STEPS[operation.step.do]} all that ${publicPath(operation.pattern)} matches${"to" in operation.step ? ` to ${matchDestination(operation.step.to)}` : ""}`;
    case "make-directory":
      return `makes the folder ${publicPath(operation.path)}`;
  }
}

const STEPS: Readonly<Record<MatchStep["do"], string>> = {
  copy: "copies",
  move: "moves",
  link: "links",
  "set-mode": "gives a mode to",
  remove: "removes",
};

function mode(given: string | undefined): string {
  return given === undefined ? "" : ` (mode ${publicValue(given)})`;
}

function destination(to: Destination): string {
  switch (to.kind) {
    case "file":
      return publicPath(to.path);
    case "into":
      return publicPath(join(to.directory, to.name));
    case "file-or-into":
      return `${publicPath(to.path)}, or ${publicPath(join(to.path, to.name))} where that is a folder`;
  }
}

function matchDestination(to: MatchDestination): string {
  return publicPath(to.kind === "into" ? to.directory : to.path);
}

function place(scope: Scope): string {
  switch (scope.kind) {
    case "anywhere":
      return "anywhere";
    case "below":
      return `at or below ${publicPath(scope.path)}`;
    case "matching":
      return `what ${publicPath(scope.pattern)} matches`;
    case "named":
      return `a file of the name ${publicPath(scope.name)}`;
    case "external-etcd-files":
      return "the files of etcd.external";
  }
}

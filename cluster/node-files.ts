import { ancestors, normalize, parent } from "../machine/paths";
import { Disk } from "./disk";
import type { Doubts } from "./doubts";
import type { Evidence } from "./evidence";
import { type FileEvent, fileHistory } from "./file-history";
import type { Precedes, Presence, PresentFile, World } from "./presence";

/** Who has what on one node's disk, after all evidence has been played in order. */
export interface NodeFiles {
  /** Whether `path` can be opened there. Relative paths start at root's home, where kubeadm is run. */
  readonly presence: (path: string) => Presence;
  /** The files that are there for certain, in path order, without following links. */
  readonly present: readonly { readonly path: string; readonly file: PresentFile }[];
  readonly world: World;
  /** Every operation that touched a path, in order, with what led to it. */
  readonly history: (path: string) => readonly FileEvent[];
}

/**
 * Plays evidence on an empty disk and answers what is there.
 *
 * `evidence` is in the order in which the sources run; `interest` are the paths that somebody will ask for: a copy to a
 * folder of theirs that nothing shows to be a folder stays undecided instead of being taken for a file. `shared` are
 * doubts about this node among others.
 */
export function nodeFiles(
  evidence: readonly Evidence[],
  world: World,
  interest: readonly string[],
  precedes: Precedes,
  shared: readonly Doubts[] = [],
): NodeFiles {
  const disk = new Disk(world, evidence, directoriesMade(evidence), interest, precedes, shared);
  for (const one of evidence) disk.play(one);
  return {
    presence: (path) => disk.presence(path),
    present: disk.present(),
    world,
    history: (path) => fileHistory(path, evidence),
  };
}

/** Folders that must exist for the evidence to succeed at all, whatever the order: those above every certain file. */
function directoriesMade(evidence: readonly Evidence[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const one of evidence) {
    for (const operation of one.operations) {
      if (operation.do === "make-directory") for (const folder of upTo(operation.path)) folders.add(folder);
      if (operation.do === "for-each-match" && "to" in operation.step && operation.step.to.kind === "into")
        for (const folder of upTo(operation.step.to.directory)) folders.add(folder);
      if (operation.do !== "put" && operation.do !== "link" && operation.do !== "copy" && operation.do !== "move")
        continue;
      const { to } = operation;
      const folder =
        to.kind === "file"
          ? parent(normalize(to.path))
          : to.kind === "into"
            ? to.directory
            : parent(normalize(to.path));
      for (const one of upTo(folder)) folders.add(one);
    }
  }
  return folders;
}

function upTo(path: string): readonly string[] {
  const normal = normalize(path);
  return [...ancestors(normal), normal];
}

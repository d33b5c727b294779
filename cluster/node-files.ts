import type { Destination } from "../machine/file-operation";
import { footprintOf } from "../machine/footprint";
import { memoize } from "../machine/memoize";
import { foldersAbove, normalize, parent } from "../machine/paths";
import type { Completeness } from "./completeness";
import { Disk } from "./disk/disk";
import type { UndecidedPlaces } from "./disk/undecided-places";
import type { UploadedConfig } from "./disk/uploaded-config";
import type { Evidence } from "./evidence";
import { type FileEvent, fileHistory } from "./file-history";
import type { Precedes, Presence, PresentFile } from "./presence";

/** Who has what on one node's disk, after all evidence has been played in order. */
export interface NodeFiles {
  /** Whether `path` can be opened there. Relative paths start at root's home, where kubeadm is run. */
  readonly presence: (path: string) => Presence;
  /** The files that are there for certain, in path order, without following links. */
  readonly present: readonly { readonly path: string; readonly file: PresentFile }[];
  readonly completeness: Completeness;
  /** The files that kubeadm made the kubeadm-config of there, in order. */
  readonly uploads: readonly UploadedConfig[];
  /** Every operation that touched a path, in order, with what led to it. */
  readonly history: (path: string) => readonly FileEvent[];
}

/**
 * Plays evidence on an empty disk and answers what is there.
 *
 * `evidence` is in the order in which the sources run; `interest` are the paths that will be asked for: a copy to a
 * folder of theirs that nothing shows to be a folder stays undecided instead of being taken for a file. `shared` are
 * what is undecided of this node among others.
 */
export function nodeFiles(
  evidence: readonly Evidence[],
  completeness: Completeness,
  interest: readonly string[],
  precedes: Precedes,
  shared: readonly UndecidedPlaces[] = [],
): NodeFiles {
  const disk = new Disk({
    completeness,
    evidence,
    folders: foldersNeeded(evidence),
    interest,
    precedes,
    shared,
  });
  for (const one of evidence) disk.play(one);
  return {
    // Every policy, the prediction and the report ask for the same few paths on thousands of nodes.
    presence: memoize((path) => disk.presence(path)),
    present: disk.present(),
    completeness,
    uploads: disk.uploads,
    history: (path) => fileHistory(path, evidence),
  };
}

/** Folders that must exist for the evidence to succeed at all, whatever the order: those above every certain file. */
function foldersNeeded(evidence: readonly Evidence[]): ReadonlySet<string> {
  const made = new Set<string>();
  for (const { operations } of evidence) {
    for (const operation of operations) {
      const { makesFolder, leaves } = footprintOf(operation);
      if (makesFolder !== undefined) made.add(normalize(makesFolder));
      if (leaves !== undefined) made.add(folderAbove(leaves));
    }
  }
  return new Set([...made, ...foldersAbove(made)]);
}

function folderAbove(to: Destination): string {
  return to.kind === "into" ? normalize(to.directory) : parent(normalize(to.path));
}

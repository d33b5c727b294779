import { Disk } from "./disk";
import type { Doubts } from "./doubts";
import type { Content, Evidence, Source } from "./evidence";
import { ancestors, normalize, parent } from "../files/paths";

/** Why a file might be on a node after all: which source, and what is not known about it. */
export interface Doubt {
  readonly why: string;
  /** Absent where no source at all speaks of the file. */
  readonly source?: Source;
}

/** How far the evidence about a node can be taken as complete. */
export type World =
  /** `complete`: the whole disk is described, folders too; else the files are, as far as certificates go. */
  | { readonly kind: "closed"; readonly why: string; readonly complete?: boolean }
  /** Complete only below these folders (a listing with `searched`, a Kubespray layout). */
  | { readonly kind: "closed-below"; readonly folders: readonly string[]; readonly why: string }
  | { readonly kind: "open"; readonly why: string };

/** A file that is on the node for certain. */
export interface PresentFile {
  readonly content: Content;
  readonly mode?: string;
  readonly source: Source;
  /** What else had a say: the copy that staged it, the link that leads to it. */
  readonly origin?: Source;
}

/** Linux's words for why a file cannot be opened or read, as kubeadm prints them. */
export type OpenError =
  | "no such file or directory"
  | "not a directory"
  | "too many levels of symbolic links"
  | "file name too long"
  | "invalid argument"
  | "is a directory";

/** Whether a path can be opened on a node, with links resolved as Linux resolves them. */
export type Presence =
  | {
      readonly kind: "present";
      /** Where the file really lies. */
      readonly realPath: string;
      readonly file: PresentFile;
      /** The sources of the links on the way. */
      readonly links: readonly Source[];
    }
  | {
      readonly kind: "missing";
      readonly error: OpenError;
      readonly removedBy?: Source;
      readonly links: readonly Source[];
    }
  | { readonly kind: "undecided"; readonly doubts: readonly Doubt[] };

/** True if the first source has surely finished before the second begins (dependsOn, or a value that is passed on). */
export type Precedes = (first: Source, second: Source) => boolean;

/** Who has what on one node's disk, after all evidence has been played in order. */
export interface NodeFiles {
  /** Whether `path` can be opened there. Relative paths start at root's home, where kubeadm is run. */
  readonly presence: (path: string) => Presence;
  /** The files that are there for certain, in path order, without following links. */
  readonly present: readonly { readonly path: string; readonly file: PresentFile }[];
  readonly world: World;
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
  return { presence: (path) => disk.presence(path), present: disk.present(), world };
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

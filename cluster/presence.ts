import type { OpenError } from "../kubeadm/predict/open-error";
import type { Content } from "../machine/content";
import type { Source } from "../machine/source";
import type { Reason } from "../reasons/reason";

/** Why a file might be on a node after all: which source, and what is not known about it. */
export interface UndecidedReason {
  readonly reason: Reason;
  /** Absent where no source at all is about the file. */
  readonly source?: Source;
}

/** A file that is on the node for certain. */
export interface PresentFile {
  readonly content: Content;
  readonly mode?: string;
  readonly source: Source;
  /** What else affected it: the copy that staged it, the link that points to it. */
  readonly origin?: Source;
}

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
  | { readonly kind: "undecided"; readonly reasons: readonly UndecidedReason[] };

/** True if the first source has surely finished before the second begins (dependsOn, or a value that is passed on). */
export type Precedes = (first: Source, second: Source) => boolean;

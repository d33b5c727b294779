import type { FileOperation } from "../machine/file-operation";
import type { KubeadmInvocation } from "../machine/kubeadm-invocation";
import type { Reason } from "../reasons/reason";
import type { Text } from "./text";
import type { FileAnswer } from "./verdict";

/** One run of a program, as a model of it sees it. */
export interface Call {
  /** The program's name without its folder. */
  readonly name: string;
  readonly args: readonly Text[];
  readonly stdin: Text;
  readonly directory: Text;
  /** Where the text sets it, or may have. */
  readonly umask: number | "unknown" | undefined;
  /** The value of a variable that it gets. */
  readonly valueOf: (name: string) => Text | undefined;
  /** What the same text wrote to this file before, where that is known. */
  readonly textOf: (path: string) => string | undefined;
}

/** What a program does. */
export interface Outcome {
  readonly operations?: readonly FileOperation[];
  /** What it prints; nothing if absent. */
  readonly stdout?: Text;
  readonly kubeadm?: readonly KubeadmInvocation[];
  /** What it does on another machine: file operations, or a script it runs there. */
  readonly remote?: RemoteWork;
  /** What it runs in turn. */
  readonly next?: Next | readonly Next[];
  /** Set where it does something that is not modeled: `operations` say what that may be on this machine, anything if absent. */
  readonly unread?: Reason;
  /** Set if its exit code is an answer, not a failure: what a yes says about files. */
  readonly asks?: true | FileAnswer;
}

export interface RemoteWork {
  /** Set where it is done on machines that a program chooses by an inventory or a list of its own: which program. */
  readonly everywhere?: Reason;
  readonly host: string | undefined;
  /** 22 if absent. */
  readonly port?: number;
  readonly user: string | undefined;
  readonly operations?: readonly FileOperation[];
  readonly script?: Text;
}

/** A command or a script that a program runs in turn. */
export interface Next {
  readonly run: { readonly argv: readonly Text[] } | { readonly script: Text; readonly args: readonly Text[] };
  /** The user it runs as, where that changes; `undefined` inside where it is not known which. */
  readonly as?: { readonly user: string | undefined };
  /** Starts in that user's home. */
  readonly atHome?: true;
  /** Does not get the variables of this shell (sudo without -E, a login shell). */
  readonly freshEnvironment?: true;
  /** The folder in which it runs, where that is another. */
  readonly directory?: Text;
  /** Variables that it does not get. */
  readonly without?: readonly string[];
  /** Variables it gets besides. */
  readonly variables?: readonly (readonly [name: string, value: Text])[];
  /** Set where it may run never or many times (`find -exec`, `xargs`): why, and the pattern of the files for each of which it runs. */
  readonly conditional?: { readonly reason: Reason; readonly each?: string };
}

/** What is known of one program. */
export type Model = (call: Call) => Outcome;

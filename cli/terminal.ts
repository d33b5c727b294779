/** What a command sees of its surroundings, so that tests can stand in for it. */
export interface Terminal {
  /** Where relative paths start. */
  readonly folder: string;
  readonly now: Date;
  /** True where standard input is a terminal, so that nothing comes from it by itself. */
  readonly isInteractive: boolean;
  /** True where standard output is a terminal that shows colors and they are not switched off. */
  readonly hasColor: boolean;
  /** All of standard input; rejects where it cannot be read or is too long. */
  readonly readInput: () => Promise<Uint8Array>;
  /** Who works here, as git names the author of a commit: `Ada Lovelace <ada@example.com>`; undefined where git does not know. */
  readonly author: () => string | undefined;
  /** Runs a program of the user's with these arguments, without a shell and without input. */
  readonly run: (program: string, args: readonly string[]) => Promise<CommandResult>;
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  /** Writes to standard error. */
  readonly complain: (text: string) => void;
}

/** What came of running a program. */
export type CommandResult =
  | { readonly kind: "ran"; readonly code: number; readonly output: string; readonly complaints: string }
  | { readonly kind: "not-found" }
  | { readonly kind: "timed-out" };

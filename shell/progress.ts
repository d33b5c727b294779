/** How a shell, or a part of it, comes to its end: `exit` with success or failure, `return`, `break`, `continue`. */
export type End = "success" | "failure" | "return" | "break" | "continue";

/** What a text may have left already, the shortest first: so much of what follows may not run. */
const LEFT = ["nothing", "round", "loop", "function", "shell"] as const;
export type Left = (typeof LEFT)[number];

/**
 * How far a shell has come: whether it runs on, and whether it may have stopped somewhere before. Changed by the
 * functions of this file alone.
 */
export interface Progress {
  /** Absent while it runs on. */
  readonly ended?: End;
  /** How many loops `break` and `continue` leave or go on with; one if absent. */
  readonly loops?: number;
  /** What a branch that may have been taken left: until that is over, everything is conditional. */
  readonly mayHaveLeft: Left;
}

export const START: Progress = { mayHaveLeft: "nothing" };

/** What each end leaves. A failure fails the update, so what follows it need not be looked at. */
const LEAVES: Readonly<Record<End, Left>> = {
  success: "shell",
  failure: "nothing",
  return: "function",
  break: "loop",
  continue: "round",
};

/** True where what runs now runs for certain, if the shell runs at all. */
export function isCertain({ mayHaveLeft }: Progress): boolean {
  return mayHaveLeft === "nothing";
}

export function end(progress: Progress, ended: End, loops = 1): Progress {
  return { ...progress, ended, ...(loops > 1 ? { loops } : {}) };
}

/** True where the loop that runs does not go on: all but a `continue` of its own. */
export function leavesLoop({ ended, loops }: Progress): boolean {
  return ended !== undefined && (ended !== "continue" || loops !== undefined);
}

/** The same, running on. */
export function resume({ mayHaveLeft }: Progress): Progress {
  return { mayHaveLeft };
}

/** Before the next round of a loop that was entered with `entry`: a `continue` is over. */
export function nextRound(progress: Progress, entry: Progress): Progress {
  return {
    ...(leavesLoop(progress) ? progress : {}),
    mayHaveLeft: progress.mayHaveLeft === "round" ? entry.mayHaveLeft : progress.mayHaveLeft,
  };
}

/** After a loop: `break` and `continue` are over, for certain or not. */
export function afterLoop(progress: Progress, entry: Progress): Progress {
  const { mayHaveLeft, ended, loops } = progress;
  const isOfLoops = ended === "break" || ended === "continue";
  const outer = isOfLoops && loops !== undefined ? end(START, ended, loops - 1) : {};
  return {
    ...(isOfLoops ? outer : progress),
    mayHaveLeft: mayHaveLeft === "round" || mayHaveLeft === "loop" ? entry.mayHaveLeft : mayHaveLeft,
  };
}

/** After a function, or a script that was read with `source`. */
export function afterFunction(progress: Progress, entry: Progress): Progress {
  const { mayHaveLeft } = progress;
  return {
    ...(progress.ended === "return" ? {} : progress),
    mayHaveLeft: mayHaveLeft === "function" ? entry.mayHaveLeft : mayHaveLeft,
  };
}

/** Where one of several ways may have come to this end; what leaves several loops is taken to leave all. */
export function mayHaveEnded(progress: Progress, ended: End, loops = 1): Progress {
  return { ...progress, mayHaveLeft: longest([progress.mayHaveLeft, loops > 1 ? "function" : LEAVES[ended]]) };
}

/** What may have been left by one of several ways: the longest of it. */
export function longest(left: readonly Left[]): Left {
  return LEFT.findLast((one) => left.includes(one)) ?? "nothing";
}

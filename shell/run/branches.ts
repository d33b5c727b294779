import type { CompoundList, PipelineNode } from "unbash";
import type { FileOperation } from "../../machine/file-operation";
import { conditional } from "../conditional";
import { end, mayHaveEnded } from "../progress";
import { adopt, copyOf, costOfCopy, type ShellState } from "../shell-state";
import { hole, type Text } from "../text";
import { eachMatch, merged, newTrace, type Trace } from "../trace";
import { type FileAnswer, OPEN } from "../verdict";
import { replay } from "./record";
import { CONDITION, NOTHING, PASSED_OVER, type Result, type Runner } from "./runner";

/** One way a text may go. */
export interface Way {
  /** What holds about files where it goes so. */
  readonly files: FileAnswer | undefined;
  readonly run: (branch: Runner) => void;
}

/** What decides between ways: an answer that only the machine can give, or a failure, which is not expected. */
export type Decider = "answer" | "failure";

/** Follows several ways of which one runs. A way that ends in failure does not happen: the update would fail. */
export function choose(shell: Runner, ways: readonly Way[], decider: Decider = "answer"): Result {
  const { state } = shell;
  const done = ways.map(({ run, files }) => {
    shell.limits.spend(costOfCopy(state));
    const branch = branchOf(shell, copyOf(state), newTrace());
    run(branch);
    return { state: branch.state, trace: branch.trace, atExit: branch.atExit, files };
  });
  const possible = done.filter((way) => way.state.progress.ended !== "failure");
  const [only] = possible;
  if (only === undefined) {
    state.progress = end(state.progress, "failure");
    return NOTHING;
  }
  const result: Result = { verdict: OPEN, stdout: hole("what is printed under a condition") };
  shell.atExit = possible.every(({ atExit }) => atExit === only.atExit)
    ? only.atExit
    : { actions: [...new Set(possible.flatMap(({ atExit }) => atExit?.actions ?? []))], isSure: false };
  if (possible.length === 1) {
    replay(shell, only.trace);
    adopt(state, [only.state]);
    state.progress = only.state.progress;
    return result;
  }
  replay(shell, merged(possible, CONDITION));
  const going = possible.filter((way) => way.state.progress.ended === undefined);
  adopt(
    state,
    (going.length > 0 ? going : possible).map((way) => way.state),
  );
  if (going.length === 0) state.progress = { ...state.progress, ...ending(only.state) };
  else if (decider === "answer")
    for (const { state: stopped, files } of possible) {
      const { ended, loops } = stopped.progress;
      // `[ -f /etc/kubernetes/kubelet.conf ] && exit 0`: what follows ran before.
      if (ended !== undefined && files?.yesMeans !== "exist")
        state.progress = mayHaveEnded(state.progress, ended, loops);
    }
  return result;
}

function ending({ progress: { ended, loops } }: Runner["state"]): Pick<Runner["state"]["progress"], "ended" | "loops"> {
  return { ...(ended === undefined ? {} : { ended }), ...(loops === undefined ? {} : { loops }) };
}

/** A shell that goes another way from here: in the same function, with the same trap. */
export function branchOf(shell: Runner, state: ShellState, trace: Trace): Runner {
  const branch = shell.other(state, trace);
  branch.locals = shell.locals;
  branch.atExit = shell.atExit;
  return branch;
}

/** A body that runs once for each match of a pattern: what it does with the match alone is certain. */
export function forMatches(shell: Runner, body: CompoundList, stdin: Text, pattern: string): void {
  shell.limits.spend(2 * costOfCopy(shell.state));
  const round = branchOf(shell, copyOf(shell.state), newTrace());
  round.list(body, stdin);
  replay(shell, eachMatch(round.trace, pattern, CONDITION));
  adopt(shell.state, [copyOf(shell.state), round.state]);
}

/** A command whose failure is skipped: what it writes is only possible; what it takes away or makes free is gone. */
export function mayFail(shell: Runner, command: PipelineNode, stdin: Text): Result {
  const trial = branchOf(shell, shell.state, newTrace());
  const result = trial.pipelineNode(command, stdin);
  shell.atExit = trial.atExit;
  const operations = conditional(trial.trace.operations, PASSED_OVER, holdsAfterFailure);
  replay(shell, { ...trial.trace, operations: [...operations] });
  return result;
}

function holdsAfterFailure(operation: FileOperation): boolean {
  return ["remove", "link", "make-directory", "set-mode"].includes(operation.do);
}

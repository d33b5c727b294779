import type { CommandNode, CompoundList, PipelineNode, Statement } from "unbash";
import type { Reason } from "../../reasons/reason";
import type { BuiltinArgument } from "../builtins";
import type { Limits } from "../limits";
import type { ShellState, Variable } from "../shell-state";
import { EMPTY, type Text } from "../text";
import type { Trace } from "../trace";
import { SUCCEEDS, type Verdict } from "../verdict";
import type { Expansion } from "../words";

/** What a command leaves behind: its exit code, and what it prints. */
export interface Result {
  readonly verdict: Verdict;
  readonly stdout: Text;
}

export const NOTHING: Result = { verdict: SUCCEEDS, stdout: EMPTY };

/** Why something is only possible that a branch does. */
export const CONDITION: Reason = { id: "conditional-step", data: { on: "machine" } };
export const PASSED_OVER: Reason = { id: "conditional-step", data: { on: "earlier-failure" } };

/** A shell on its way through a text: what the files of this folder need of each other. ScriptRun is the one there is. */
export interface Runner {
  readonly state: ShellState;
  readonly trace: Trace;
  readonly limits: Limits;
  /** What `trap … EXIT` is to do; several actions where it is not known which of them. */
  atExit: { readonly actions: readonly Text[]; readonly isSure: boolean } | undefined;
  /** Variables that the function which runs now declared `local`, with what they were before; `undefined` in none. */
  locals: (readonly [name: string, old: Variable | undefined])[] | undefined;

  /** A whole text, traps of EXIT included. */
  text(text: Text, stdin: Text): Result;
  /** The result of this shell at its end, when its trap of EXIT runs. */
  ended(result: Result): Result;
  /** A text in this shell (eval, source). */
  script(text: Text, stdin: Text): Result;
  statements(statements: readonly Statement[], stdin: Text): Result;
  list(list: CompoundList, stdin: Text): Result;
  pipelineNode(node: PipelineNode, stdin: Text): Result;
  node(node: CommandNode, stdin: Text): Result;
  /** One command whose words are known already. */
  command(argv: readonly Text[], stdin: Text): Result;
  /** The same with its arguments as a builtin sees them. */
  execute(argv: readonly Text[], args: readonly BuiltinArgument[], stdin: Text): Result;

  /** Another shell within the same limits. */
  other(state: ShellState, trace: Trace): Runner;
  /** A shell whose variables are its own; its files are this one's. */
  subshell(): Runner;
  expansion(): Expansion;
}

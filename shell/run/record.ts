import type { FileOperation } from "../../machine/file-operation";
import type { Reason } from "../../reasons/reason";
import { conditional } from "../conditional";
import { followTexts } from "../follow-texts";
import { isCertain } from "../progress";
import { hole } from "../text";
import { append, conditionalTrace, type Trace } from "../trace";
import { OPEN } from "../verdict";
import { CONDITION, type Result, type Runner } from "./runner";

/** Something that is not followed: it might write anywhere, unless it is known what it does on this machine. */
export function unread(
  shell: Runner,
  reason: Reason,
  operations: readonly FileOperation[] = [{ do: "might-write", scope: { kind: "anywhere" }, reason }],
): Result {
  emit(shell, operations);
  shell.trace.unread.push(reason);
  return { verdict: OPEN, stdout: hole("the output of a program that is not known") };
}

/** What happens now, for certain or not, as far as this shell has come. */
export function emit(shell: Runner, operations: readonly FileOperation[]): void {
  const certain = isCertain(shell.state.progress);
  for (const operation of operations)
    for (const one of certain ? [operation] : conditional([operation], CONDITION)) note(shell, one);
}

/** What was followed in a trace of its own happens now. */
export function replay(shell: Runner, trace: Trace): void {
  const happens = isCertain(shell.state.progress) ? trace : conditionalTrace(trace, CONDITION);
  for (const operation of happens.operations) note(shell, operation);
  append(shell.trace, { ...happens, operations: [] });
}

/** Adds an operation to the trace, and keeps what is known of the texts of files. */
function note({ limits, state, trace }: Runner, operation: FileOperation): void {
  limits.spend(2 + state.files.size / 64);
  trace.operations.push(operation);
  followTexts(state.files, operation);
}

import type { CommandNode, CompoundList } from "unbash";
import type { BuiltinArgument } from "../builtins";
import { afterFunction } from "../progress";
import { restore } from "../shell-state";
import { literalOf, type Text } from "../text";
import { OPEN } from "../verdict";
import type { Result, Runner } from "./runner";

/** Runs the body of a function with its arguments; what it declared `local` is as before afterwards. */
export function callFunction(
  shell: Runner,
  body: CompoundList | CommandNode,
  args: readonly Text[],
  stdin: Text,
): Result {
  const { positional, progress: entry } = shell.state;
  const outer = shell.locals;
  const locals: NonNullable<Runner["locals"]> = [];
  shell.locals = locals;
  shell.state.positional = args;
  const result = shell.limits.nest(() =>
    body.type === "CompoundList" ? shell.list(body, stdin) : shell.node(body, stdin),
  );
  for (const [name, old] of locals.reverse()) restore(shell.state, name, old);
  shell.locals = outer;
  shell.state.positional = positional;
  const { progress } = shell.state;
  shell.state.progress = afterFunction(progress, entry);
  const returned = progress.ended === "return" || progress.mayHaveLeft !== entry.mayHaveLeft;
  return returned ? { ...result, verdict: OPEN } : result;
}

/** `local A=b`: the function that runs gives A back as it was; without a value it is not set there. */
export function keepLocals({ locals, state }: Runner, args: readonly BuiltinArgument[]): void {
  if (locals === undefined || args.some((arg) => "word" in arg && /^-\w*g/.test(literalOf(arg.word) ?? ""))) return;
  for (const arg of args) {
    const name = "name" in arg ? arg.name : (literalOf(arg.word) ?? "");
    locals.push([name, state.variables.get(name)]);
    state.variables.delete(name);
  }
}

import type { Budget } from "../machine/budget";
import type { Reason } from "../reasons/reason";
import { Limits, LONGEST_SCRIPT, TooMuch } from "./limits";
import { ScriptRun } from "./run/script-run";
import { scriptUnreadable } from "./script-unreadable";
import type { ShellReading } from "./shell-reading";
import { newShell } from "./shell-state";
import { EMPTY, hole, type Text } from "./text";
import { newTrace, type Trace } from "./trace";
import { UNKNOWN, type Unknown } from "./unknown";

/** What surrounds a text when it runs. */
export interface ShellContext {
  /** Variables it gets; a value may be unknown before the update. */
  readonly environment?: ReadonlyMap<string, string | Unknown>;
  readonly stdin?: string | Unknown;
  /** Where it starts; the user's home if absent. */
  readonly workingDirectory?: string | Unknown;
  /** Who runs it: `~` is that user's home. */
  readonly user?: string;
  /** A program and its first arguments, which gets the text as its last argument; a shell reads it if absent. */
  readonly interpreter?: readonly (string | Unknown)[];
  /** True if it also gets variables that are not shown (of the process that runs Pulumi). */
  readonly inheritsEnvironment?: boolean;
  /** What else bounds the work, besides the limits of each text. */
  readonly budget?: Budget | undefined;
  /** Texts of files that are there before, by path. */
  readonly files?: ReadonlyMap<string, string>;
}

/**
 * What a shell text does to files, and which runs of kubeadm it holds, in order.
 *
 * Statements are followed as far as the text decides them; what it leaves open becomes `might-write`, as narrow as can
 * be said. A text that cannot be read, or asks for too much work, might write anywhere. Never throws.
 */
export function readShellText(text: string, context: ShellContext = {}): ShellReading {
  const trace = newTrace();
  if (text.length > LONGEST_SCRIPT) {
    return unreadable(trace, scriptUnreadable("too-long", text.length, LONGEST_SCRIPT));
  }
  const state = newShell(context.user, EMPTY, context.inheritsEnvironment === true);
  state.directory =
    context.workingDirectory === undefined ? state.home : known(context.workingDirectory, "the working folder");
  for (const [name, value] of context.environment ?? [])
    state.variables.set(name, { value: known(value, `$${name}`), exported: true });
  for (const [path, content] of context.files ?? []) state.files.set(path, content);
  const run = new ScriptRun(state, trace, new Limits(text, context.budget));
  const stdin = context.stdin === undefined ? EMPTY : known(context.stdin, STANDARD_INPUT);
  try {
    if (context.interpreter === undefined || context.interpreter.length === 0) run.text([text], stdin);
    else run.command([...context.interpreter.map((word) => known(word, "its interpreter")), [text]], stdin);
  } catch (error) {
    if (error instanceof TooMuch) return unreadable(trace, scriptUnreadable("too-much-work"));
    // The parser is not ours: whatever goes wrong there, the text is just not known.
    return unreadable(newTrace(), scriptUnreadable("unreadable"));
  }
  return trace;
}

const STANDARD_INPUT = "its standard input";

/** What a file's content waits for that is a standard input that is unknown until the update. */
export const STANDARD_INPUT_AFTER_UPDATE = afterUpdate(STANDARD_INPUT);

function afterUpdate(what: string): string {
  return `${what}, which is not known before the update`;
}

function known(value: string | Unknown, what: string): Text {
  if (value === UNKNOWN) return hole(afterUpdate(what), { unknownUntilUpdate: true });
  return value === "" ? EMPTY : [value];
}

/** What was read so far, and then anything. */
function unreadable(trace: Trace, reason: Reason): ShellReading {
  return {
    ...trace,
    operations: [...trace.operations, { do: "might-write", scope: { kind: "anywhere" }, reason }],
    unread: [...trace.unread, reason],
  };
}

import { publicWord } from "../machine/public-text";
import type { Reason } from "../reasons/reason";

/**
 * The reason that an error of our own gives: its kind, and the file and line where it happened, so that it can be reported.
 * Never the error's text, which may quote a property.
 */
export function internalError(policy: string, error: unknown): Reason {
  const name = error instanceof Error ? publicWord(error.name) : typeof error;
  const at = error instanceof Error ? placeOf(error) : undefined;
  return { id: "internal-error", data: { policy, error: name, at: at ?? null } };
}

/** `file.js:12:3` of the first frame. A line of the message may look like a frame, so the message itself is skipped. */
function placeOf({ message, stack = "" }: Error): string | undefined {
  const start = message === "" ? 0 : stack.indexOf(message) + message.length;
  return /^ {4}at .{0,400}\/([\w.-]{1,60}:\d{1,7}:\d{1,5})\)?$/m.exec(stack.slice(start, start + 10_000))?.[1];
}

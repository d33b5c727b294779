import { publicWord } from "../machine/public-text";

/**
 * What to say of an error of our own: its kind, and the file and line where it happened, so that it can be reported. Never
 * the error's text, which may quote a property.
 */
export function internalError(policy: string, error: unknown): string {
  const name = error instanceof Error ? publicWord(error.name) : typeof error;
  const where = error instanceof Error ? placeOf(error) : undefined;
  return `internal error in ${policy} (${name}${where === undefined ? "" : ` at ${where}`}); please report this line with the version of kubeadm-guard`;
}

/** `file.js:12:3` of the first frame. A line of the message may look like a frame, so what the message says is passed over. */
function placeOf({ message, stack = "" }: Error): string | undefined {
  const start = message === "" ? 0 : stack.indexOf(message) + message.length;
  return /^ {4}at .{0,400}\/([\w.-]{1,60}:\d{1,7}:\d{1,5})\)?$/m.exec(stack.slice(start, start + 10_000))?.[1];
}

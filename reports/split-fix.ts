import { capitalized } from "../machine/capitalized";

/** What is wrong, and how to fix it. */
export interface TextWithFix {
  readonly text: string;
  readonly fix: string | null;
}

/** Splits the text of a message: its fix begins a line with `Fix: ` and goes on to the end. */
export function splitFix(message: string): TextWithFix {
  const [, text, fix] = /^([\s\S]*?)(?:^|\n)Fix: ([\s\S]*)$/.exec(message) ?? [];
  if (text === undefined || fix === undefined) return { text: message, fix: null };
  return { text, fix: capitalized(fix) };
}

import { visibleLines } from "../machine/public-text";

/** The text with control characters as escapes (`\x1b`), so that no terminal obeys them; line feeds stay. */
export function printable(text: string): string {
  return visibleLines(text);
}

/** The text with control characters as escapes (`\x1b`), so that no terminal obeys them; line feeds stay. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    character === "\n" ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

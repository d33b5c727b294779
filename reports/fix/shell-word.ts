/** A text as a word that a POSIX shell takes as it is, in quotes. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

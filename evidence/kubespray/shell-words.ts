/**
 * Splits a line as Python's `shlex.split(line, comments=True)` does, with which Ansible reads the host lines of INI
 * inventories: quotes and backslashes as in a POSIX shell, and `#` begins a comment even within a word.
 *
 * Returns undefined where a quote is not closed or a backslash ends the line.
 */
export function shellWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < line.length; index++) {
    const char = line.charAt(index);
    if (quote === "'" && char !== "'") word = (word ?? "") + char;
    else if (char === quote) quote = undefined;
    else if (char === "\\") {
      const next = line.charAt(++index);
      if (next === "") return undefined;
      word = (word ?? "") + (quote === '"' && next !== '"' && next !== "\\" ? char + next : next);
    } else if (quote !== undefined) word = (word ?? "") + char;
    else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else if (char === "#") break;
    else if (" \t\r\n".includes(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}

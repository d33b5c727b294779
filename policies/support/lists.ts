/** Longer lists are cut: ten thousand nodes must not make ten thousand lines. */
const MOST = 20;

/** `a, b, c and 4 more`. */
export function inOneLine(items: readonly string[]): string {
  const shown = items.slice(0, MOST).join(", ");
  return items.length > MOST ? `${shown} and ${items.length - MOST} more` : shown;
}

/** One line an item, indented, names in a column of one width: `  master01  has it`. */
export function inLines(items: readonly { readonly name: string; readonly text: string }[]): readonly string[] {
  const shown = items.slice(0, MOST);
  const width = Math.max(0, ...shown.map((item) => item.name.length));
  return cutLines(items.map((item) => `  ${item.name.padEnd(width)}  ${item.text}`));
}

/** Lines that stand for themselves, cut where there are too many. */
export function cutLines(lines: readonly string[]): readonly string[] {
  return lines.length > MOST ? [...lines.slice(0, MOST), `  and ${lines.length - MOST} more`] : lines;
}

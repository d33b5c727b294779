import { nameRanges } from "../../machine/name-ranges";
import { publicName } from "../../machine/public-text";

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

/** `cp-01..cp-19, m1 and 4 more`: names of machines, those that count up as one. */
export function namesInOneLine(names: readonly string[]): string {
  return inOneLine(nameRanges(names.map(publicName)));
}

/** Fewer machines have a line each. */
const FEWEST_TOGETHER = 6;

/** The place of a machine's own name in a text about several. */
const NAME = "NAME";

/**
 * One line a machine, as inLines; for many, one line for all of which the same is said, but for their own name:
 * `  cp-01..cp-19  each has node-NAME.pem instead`. What stands in brackets at the end, a source, is left out there.
 */
export function machineLines(items: readonly { readonly name: string; readonly text: string }[]): readonly string[] {
  if (items.length < FEWEST_TOGETHER) return inLines(items.map(({ name, text }) => ({ name: publicName(name), text })));
  const groups = new Map<string, { readonly names: string[]; readonly first: string }>();
  for (const { name, text } of items) {
    const plain = text.replace(/ \([^()]*\)$/, "");
    const key = plain.replaceAll(name, NAME);
    const group = groups.get(key) ?? { names: [], first: plain };
    groups.set(key, group);
    group.names.push(name);
  }
  return inLines(
    [...groups].map(([text, { names, first }]) => ({
      name: namesInOneLine(names),
      text: names.length === 1 ? first : `each ${text}`,
    })),
  );
}

/** A string as Go's `%q` and `%#v` print it (strconv.Quote). */
export function goQuote(text: string): string {
  let quoted = '"';
  for (const character of text) quoted += quoteCharacter(character);
  return `${quoted}"`;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
]);

function quoteCharacter(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const point = character.codePointAt(0) ?? 0;
  if (isPrint(character, point)) return character;
  if (point < 0x80) return `\\x${point.toString(16).padStart(2, "0")}`;
  return point < 0x10000 ? `\\u${point.toString(16).padStart(4, "0")}` : `\\U${point.toString(16).padStart(8, "0")}`;
}

/** strconv.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
function isPrint(character: string, point: number): boolean {
  if (point < 0x7f) return point >= 0x20;
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
}

/** Go orders strings by their UTF-8 bytes, which is the order of code points. */
export function compareGoStrings(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a, codePoint);
  const right = Array.from(b, codePoint);
  for (const [i, point] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    if (point !== other) return point - other;
  }
  return -1;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

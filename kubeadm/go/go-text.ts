/** Go's unicode.IsSpace, which JavaScript's own trimming and `\s` differ from (U+0085, U+FEFF). */
const SPACE = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const AROUND = new RegExp(`^${SPACE}+|(?<!${SPACE})${SPACE}+$`, "g");

/** Go's strings.TrimSpace. */
export function goTrimSpace(text: string): string {
  return text.replace(AROUND, "");
}

/** Go's strings.ToLower: letter by letter, so that a capital I with a dot becomes a plain i. */
export function goToLower(text: string): string {
  return text.replaceAll("\u0130", "i").toLowerCase();
}

/** Stands for the value of a Jinja expression: a private character that no user data holds. */
export const MARK = "\uE000";

/**
 * The text of a Jinja template with `MARK` for each expression and without comments; `undefined` where blocks
 * (`{% if … %}`) decide what it says, or where it has the mark itself.
 */
export function maskJinja(template: string): string | undefined {
  if (template.includes(MARK)) return undefined;
  const pieces: string[] = [];
  let from = 0;
  for (let open = template.indexOf("{", from); open >= 0; open = template.indexOf("{", Math.max(from, open + 1))) {
    const kind = template[open + 1];
    if (kind === "%") return undefined;
    if (kind !== "{" && kind !== "#") continue;
    const close = template.indexOf(kind === "{" ? "}}" : "#}", open + 2);
    if (close < 0) return undefined;
    pieces.push(template.slice(from, open), kind === "{" ? MARK : "");
    from = close + 2;
  }
  return pieces.join("") + template.slice(from);
}

/** True if part of the text depends on a Jinja expression. */
export function isMarked(text: string): boolean {
  return text.includes(MARK);
}

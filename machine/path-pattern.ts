import { normalize } from "./paths";

/**
 * True if the absolute path matches the pattern as the shell matches file names: `*`, `?` and `[a-z]` stand for parts of
 * one name, and for no dot at its start. Besides `**` stands for any text, slashes as well, and a backslash makes the
 * character after it an ordinary one. Takes time by the product of both lengths at most.
 */
export function matchesPattern(path: string, pattern: string): boolean {
  const tokens = tokensOf(pattern);
  let reached = withoutText(new Set([0]), tokens);
  let before = "";
  for (const character of path) {
    const next = new Set<number>();
    for (const at of reached) {
      const token = tokens[at];
      if (token === undefined || !takes(token, character, before)) continue;
      next.add(token.kind === "part" || token.kind === "anything" ? at : at + 1);
    }
    if (next.size === 0) return false;
    reached = withoutText(next, tokens);
    before = character;
  }
  return reached.has(tokens.length);
}

/** The text as a pattern that only it matches. */
export function literalPattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}

/** Cuts a pattern into the folder that is surely above all its matches, and what follows below that. */
export function cutPattern(pattern: string): { readonly folder: string; readonly rest: string } {
  const wild = /(?<!\\)[*?[]/.exec(pattern)?.index ?? pattern.length;
  const cut = pattern.lastIndexOf("/", wild - 1);
  return { folder: normalize(pattern.slice(0, cut).replace(/\\(.)/g, "$1")), rest: pattern.slice(cut + 1) };
}

type Token =
  | { readonly kind: "character"; readonly character: string }
  /** `*` */
  | { readonly kind: "part" }
  /** `?` */
  | { readonly kind: "one" }
  /** `**` */
  | { readonly kind: "anything" }
  | { readonly kind: "class"; readonly members: string; readonly negated: boolean };

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? "";
    const end = character === "[" ? pattern.indexOf("]", at + (isNegation(pattern[at + 1]) ? 3 : 2)) : -1;
    if (character === "\\") {
      at += 1;
      tokens.push({ kind: "character", character: pattern[at] ?? "" });
    } else if (character === "*" && pattern[at + 1] === "*") {
      at += 1;
      tokens.push({ kind: "anything" });
    } else if (character === "*") tokens.push({ kind: "part" });
    else if (character === "?") tokens.push({ kind: "one" });
    else if (end > 0) {
      const negated = isNegation(pattern[at + 1]);
      tokens.push({ kind: "class", members: pattern.slice(at + (negated ? 2 : 1), end), negated });
      at = end;
    } else tokens.push({ kind: "character", character });
  }
  return tokens;
}

function isNegation(character: string | undefined): boolean {
  return character === "!" || character === "^";
}

/** The places reached, and those after stars, which may stand for nothing. */
function withoutText(places: ReadonlySet<number>, tokens: readonly Token[]): ReadonlySet<number> {
  const all = new Set(places);
  for (const at of all) {
    const kind = tokens[at]?.kind;
    if (kind === "part" || kind === "anything") all.add(at + 1);
  }
  return all;
}

function takes(token: Token, character: string, before: string): boolean {
  switch (token.kind) {
    case "character":
      return token.character === character;
    case "anything":
      return true;
    case "part":
    case "one":
      return character !== "/" && !(character === "." && before === "/");
    case "class":
      return (
        character !== "/" &&
        !(character === "." && before === "/") &&
        isMember(character, token.members) !== token.negated
      );
  }
}

/** True if a character is one of `a-z0-9_`. */
function isMember(character: string, members: string): boolean {
  for (let at = 0; at < members.length; at += 1) {
    const first = members[at] ?? "";
    const last = members[at + 1] === "-" ? members[at + 2] : undefined;
    if (last === undefined && first === character) return true;
    if (last === undefined) continue;
    if (first <= character && character <= last) return true;
    at += 2;
  }
  return false;
}

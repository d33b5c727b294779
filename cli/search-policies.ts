import type { Policy } from "../policies/support/policy";

/**
 * The policies that a word or a pasted error message leads to, by the search words of their pages and their descriptions. In
 * messages `…` stands for anything. Letter case and everything but letters and digits do not count.
 */
export function searchPolicies(
  text: string,
  policies: readonly Policy[],
  pageOf: (policy: Policy) => string | undefined,
): readonly Policy[] {
  const sought = plain(text);
  if (sought.length < SHORTEST) return [];
  return policies.filter((policy) => {
    const words = [...searchWords(pageOf(policy) ?? ""), policy.description];
    return words.some((word) => plain(word).includes(sought) || holds(sought, word));
  });
}

const SHORTEST = 3;

/** A word that is too common in messages leads nowhere. */
const SHORTEST_IN_MESSAGE = 8;

function holds(sought: string, word: string): boolean {
  const pieces = word.split("…").map(plain);
  if (pieces.join("").length < SHORTEST_IN_MESSAGE) return false;
  let from = 0;
  return pieces.every((piece) => {
    const at = sought.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0;
  });
}

/** The words of the paragraph that begins with "Search words:". */
function searchWords(page: string): readonly string[] {
  return /^Search words: (.*)\.$/m.exec(page)?.[1]?.split("; ") ?? [];
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}…]+/gu, " ")
    .trim();
}

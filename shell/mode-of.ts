import { literalOf, type Text } from "./text";

/**
 * A mode as chmod(1) takes it, as four octal digits where it says all: `600`, `u=rw,go=`, `a=r`. Other symbolic modes
 * change what was there before and are handed on as written: `go-rwx`, `+x`. `undefined` where it is not known.
 */
export function modeOf(word: Text | undefined): string | undefined {
  const literal = word === undefined ? undefined : literalOf(word);
  if (literal === undefined || literal === "") return undefined;
  if ([...literal].every((digit) => digit >= "0" && digit <= "7")) return literal.replace(/^0+/, "").padStart(4, "0");
  return absoluteMode(literal) ?? literal;
}

/** A mode that is not known any more. */
export const UNKNOWN_MODE = "?";

const BITS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 };

/** Octal digits of a symbolic mode that sets all of user, group and others by `=`. */
function absoluteMode(symbolic: string): string | undefined {
  const digits = new Map<string, number>();
  for (const clause of symbolic.split(",")) {
    const cut = clause.indexOf("=");
    if (cut < 0) return undefined;
    let digit = 0;
    for (const letter of clause.slice(cut + 1)) {
      const bit = BITS[letter];
      if (bit === undefined) return undefined;
      digit |= bit;
    }
    const who = clause.slice(0, cut);
    // What `=rw` says to all, umask takes away in part.
    if (who === "") return undefined;
    for (const one of who.includes("a") ? "ugo" : who) digits.set(one, digit);
  }
  const [user, group, others] = [digits.get("u"), digits.get("g"), digits.get("o")];
  return user === undefined || group === undefined || others === undefined ? undefined : `0${user}${group}${others}`;
}

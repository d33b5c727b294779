import type { Budget } from "../machine/budget";
import { EMPTY, type Hole, joined, type Text } from "./text";

/** Thrown where a text asks for more work than is given to it; readShellText catches it. */
export class TooMuch extends Error {}

/** Commands that are followed, loops unrolled. A provisioning script has some hundreds. */
const MOST_STEPS = 50_000;
/** Lists inside lists, scripts inside scripts, functions that call functions. */
const DEEPEST = 200;
/** Longer scripts are not parsed, inside others or alone. */
export const LONGEST_SCRIPT = 262_144;
/** The private-use characters of Unicode that stand for holes inside nested scripts. */
const FIRST_MARK = 0xe100;
const LAST_MARK = 0xf8ff;

/** Bounds the work that one text may cause, and keeps the holes that stand in nested scripts. */
export class Limits {
  private steps = 0;
  private depth = 0;
  private readonly holes: Hole[] = [];

  /** `script` is the whole text that is followed. */
  constructor(
    readonly script: string,
    private readonly budget?: Budget,
  ) {}

  /** Counts work; each command is one, long texts are more. */
  spend(steps = 1): void {
    this.steps += steps;
    if (this.steps > MOST_STEPS || this.budget?.takeSteps(steps) === false) throw new TooMuch();
  }

  /** Runs something nested. */
  nest<T>(run: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new TooMuch();
    try {
      return run();
    } finally {
      this.depth -= 1;
    }
  }

  /** A text as a script for the parser: each hole is one character that no script has. */
  scriptOf(text: Text): string {
    return text
      .map((piece) => {
        if (typeof piece === "string") return piece;
        if (FIRST_MARK + this.holes.length > LAST_MARK) throw new TooMuch();
        this.holes.push(piece);
        return String.fromCharCode(FIRST_MARK + this.holes.length - 1);
      })
      .join("");
  }

  /** Literal text of a script, with the characters that stand for holes turned back. */
  textOf(literal: string): Text {
    if (this.holes.length === 0) return literal === "" ? EMPTY : [literal];
    const pieces: (string | Hole)[] = [];
    let start = 0;
    for (let at = 0; at < literal.length; at += 1) {
      const mark = literal.charCodeAt(at);
      if (mark < FIRST_MARK || mark > LAST_MARK) continue;
      pieces.push(literal.slice(start, at), this.holes[mark - FIRST_MARK] ?? { why: "a private-use character" });
      start = at + 1;
    }
    return joined(pieces, [literal.slice(start)]);
  }
}

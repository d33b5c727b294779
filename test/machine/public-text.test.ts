import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publicText } from "../../machine/public-text";

/** What Go and YAML quote, by their grammar: the first that opens and closes, from left to right. */
const QUOTED = /"(?:[^"\\\n]|\\[^\n])*"|(?<=!![a-z]{1,12} )`[^`]*`|(?<=anchor )'[^']*'/g;
const SECRET = "SEcret!";

describe("a text that is going to be printed", () => {
  it("shows nothing of what an error quotes, wherever quotes open, close or are escaped", () => {
    const piece = fc.constantFrom('"', "\\", "`", "'", "\n", "!!str `", "anchor '", SECRET, " ");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join("");
        const unquoted = text.replace(QUOTED, "…");
        expect(publicText(text).split(SECRET)).toHaveLength(unquoted.split(SECRET).length);
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it("is read in one go where no quote closes", () => {
    const open = `"${'\\"'.repeat(200_000)}`;
    expect(publicText(`${open}\n"${SECRET}"`)).toBe(`${open}\n"…"`);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneLine, publicText, visibleLines } from "../../machine/public-text";

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

/** .NET, which the runner of GitHub is written in, takes away spaces of any kind before it looks for a command. */
it.each([
  ["::error::x", "\\x3a:error::x"],
  ["\u00a0\u3000::error::x", "\u00a0\u3000\\x3a:error::x"],
  ["::error\r::x", "\\x3a:error\\x0d::x"],
  ["a ::error::x", "a ::error::x"],
  ["::1", "::1"],
])("a line that %j begins is printed as no command", (line, printed) => {
  expect([oneLine(line), visibleLines(`a\n${line}`)]).toEqual([printed, `a\n${printed}`]);
});

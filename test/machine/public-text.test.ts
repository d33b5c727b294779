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

describe("what an error quotes", () => {
  it.each([
    ["a field", 'unknown field "etcd.external.keyFiles"'],
    ["a field of an item", 'unknown field "bootstrapTokens[0].tokens"'],
    ["what a template names", "\"{{ groups['etcd'][0] }}\"".replaceAll("'", "")],
    ["an address", 'Invalid value: "https://192.168.10.21:2379"'],
    ["an address with a typing error", 'Invalid value: "htps://etcd1:2379"'],
    ["an address of IPv6", 'Invalid value: "https://[fe80::1]:2379"'],
    ["addresses in a list", 'Invalid value: "[https://etcd1:2379,https://etcd2:2379]"'],
    ["a socket", 'Invalid value: "unix:///run/containerd/containerd.sock"'],
  ])("is shown where it is %s", (_, text) => {
    expect(publicText(text)).toBe(text);
  });

  it.each([
    ["a password behind an index", 'unknown field "bootstrapTokens[0].S3cret7Mark"'],
    ["a password as the port of an address", 'Invalid value: "https://192.168.10.21:zyxwvpass"'],
    ["a password as the scheme of an address", 'Invalid value: "zyxwvpass://192.168.10.21:2379"'],
    ["a password behind a user", 'Invalid value: "https://admin:zyxwvpass@192.168.10.21:2379"'],
  ])("is not where it is %s", (_, text) => {
    expect(publicText(text)).not.toMatch(/S3cret7Mark|zyxwvpass/);
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

import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { markedSecrets } from "../../machine/marked-secrets";

const PATH = "/etc/ssl/etcd/ssl/node-master99.pem";
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64");
const shown = (marked: readonly string[], others: readonly string[] = []) =>
  markedSecrets(marked, () => others).hideIn(`${PATH} is missing on master01.`);

describe("what is marked secret is described", () => {
  it.each([
    ["as it is", PATH],
    ["in base64", base64(PATH)],
    ["in base64 of several lines", base64(`${"x".repeat(100)} ${PATH} y`).replace(/.{60}/g, "$&\r\n  ")],
    ["in base64 of gzip", base64(gzipSync(PATH))],
    ["in JSON", JSON.stringify({ remotePath: PATH })],
    ["escaped for a URL", encodeURIComponent(PATH)],
  ])("%s", (_title, marked) => {
    expect(shown([marked])).toBe("(marked secret) is missing on master01.");
  });

  it("but not what stands elsewhere without a mark", () => {
    expect(shown([PATH], [`remotePath: ${PATH}`])).toBe(`${PATH} is missing on master01.`);
  });

  it.each([
    ["the keys of a marked map", JSON.stringify({ nodes: ["10.0.0.1"], users: "x" })],
    ["short words in capitals", JSON.stringify({ text: "PEM" })],
  ])("nor the words of a sentence: %s", (_title, marked) => {
    const sentence = "Put the missing files on each of these nodes, in PEM.";
    expect(markedSecrets([marked], () => []).hideIn(sentence)).toBe(sentence);
  });

  it("but a whole value is, even where it is a word", () => {
    const marked = JSON.stringify({ name: "sunflower" });
    expect(markedSecrets([marked], () => []).hideIn("missing on sunflower.")).toBe("missing on (marked secret).");
  });

  it.each([
    ["in one line", "A".repeat(24 * 1024 * 1024)],
    ["in many lines", `${"A".repeat(64)}\n`.repeat(400_000)],
  ])("and not behind a large text %s", (_title, large) => {
    expect(shown([PATH], [`${large} ${PATH}`])).toBe(`${PATH} is missing on master01.`);
    expect(shown([`${large} ${PATH}`])).toBe("(marked secret) is missing on master01.");
  });

  it("nor anything where nothing is marked", () => {
    expect(shown([], [])).toBe(`${PATH} is missing on master01.`);
  });
});

/** Marked values of several words are described as a whole, the longest that stands there. */
describe("a marked value of several words", () => {
  const inText = (marked: readonly string[], text: string, others: readonly string[] = []) =>
    markedSecrets(marked, () => others).hideIn(text);
  it.each<[string, readonly string[], string, string]>([
    ["alone", ["ab cdef"], "ab cdef", "(marked secret)"],
    ["in a sentence", ["ab cdef"], "said ab cdef here", "said (marked secret) here"],
    ["several times", ["ab cdef"], "ab cdef, ab cdef", "(marked secret), (marked secret)"],
    ["within words", ["b cdef"], "ab cdefg", "a(marked secret)g"],
    ["that begins another one", ["ab cdef", "ab cdef gh"], "ab cdef gh", "(marked secret)"],
    ["that begins as another one does", ["ab cdef", "ab cdxx yy"], "ab cdxx yy", "(marked secret)"],
    ["whose beginning alone stands there", ["ab cdef"], "ab cde", "ab cde"],
  ])("%s", (_title, marked, text, expected) => {
    expect(inText(marked, text)).toBe(expected);
  });

  it("is shown where all its words stand elsewhere without a mark", () => {
    expect(inText(["ab cdef"], "said ab cdef here", ["cdef ab"])).toBe("said ab cdef here");
  });
});

describe("where more is marked than can be looked through", () => {
  const LARGE = Array.from({ length: 100 }, (_, index) => base64(gzipSync(`${index}`.padEnd(1024 * 1024, "a"))));
  const LARGEST = base64(gzipSync(Buffer.alloc(128 * 1024 * 1024, "a")));
  it.each([
    ["many packed texts", LARGE],
    ["one that is larger than all may be", [LARGEST]],
    ["millions of words", Array.from({ length: 30_000 }, (_, index) => `w${index} `.repeat(100))],
  ])("all paths and names are described: %s", (_title, marked) => {
    expect(shown(marked, [PATH, "master01"])).toBe("(marked secret) is missing on (marked secret).");
  });

  it("a value that stands unmarked behind as much is not known to be public", () => {
    const others = [...Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(1024 * 1024)), PATH];
    expect(shown([PATH], others)).toBe("(marked secret) is missing on master01.");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePem } from "../../../../kubeadm/go/x509/decode-pem";
import { BOUNDED_MS, cpuTime } from "../../../helpers/cpu-time";

const BLOCK = "-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n";
const KEY = "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n";

/** The types that are found, and the length of their bytes. */
function found(text: string): readonly string[] {
  return decodePem(text).map(({ type, bytes }) => `${type} ${bytes.length}`);
}

describe("what Go takes for a PEM block", () => {
  it.each<[string, string, readonly string[]]>([
    ["a block", BLOCK, ["CERTIFICATE 6"]],
    ["two blocks", BLOCK + KEY, ["CERTIFICATE 6", "EC PRIVATE KEY 3"]],
    ["no final newline", BLOCK.trimEnd(), ["CERTIFICATE 6"]],
    ["CRLF line ends", BLOCK.replaceAll("\n", "\r\n"), ["CERTIFICATE 6"]],
    ["text before and after", `subject=CN = x\n${BLOCK}some text\n`, ["CERTIFICATE 6"]],
    ["blank lines around", `\n\n${BLOCK}\n\n`, ["CERTIFICATE 6"]],
    ["blanks at the ends of the lines", BLOCK.replaceAll("\n", " \t\n"), ["CERTIFICATE 6"]],
    ["blanks within the base64", BLOCK.replace("MIIB", "MI \tIB"), ["CERTIFICATE 6"]],
    ["base64 on one line", BLOCK.replace("MIIB\nAAAA", "MIIBAAAA"), ["CERTIFICATE 6"]],
    ["no base64 at all", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", ["CERTIFICATE 0"]],
    ["a type without a name", "-----BEGIN -----\nAAAA\n-----END -----\n", [" 3"]],
    ["an empty text", "", []],
    ["everything on one line", BLOCK.replaceAll("\n", ""), []],
    ["a literal backslash-n", BLOCK.replaceAll("\n", "\\n"), []],
    ["a byte order mark", `\ufeff${BLOCK}`, []],
    ["a byte order mark before the first of two", `\ufeff${BLOCK}${KEY}`, ["EC PRIVATE KEY 3"]],
    ["an indented block", BLOCK.replaceAll(/^/gm, "  "), []],
    ["an indented first line", ` ${BLOCK}`, []],
    ["an indented last line", BLOCK.replace("-----END", " -----END"), []],
    ["missing dashes", BLOCK.replaceAll("-----", "----"), []],
    ["text after the first line's dashes", BLOCK.replace("CERTIFICATE-----\nM", "CERTIFICATE----- x\nM"), []],
    ["text after the last line's dashes", `${BLOCK.trimEnd()} x\n`, []],
    ["another type at the end", BLOCK.replace("END CERTIFICATE", "END X509 CERTIFICATE"), []],
    ["a broken character in the base64", BLOCK.replace("MIIB", "M*IB"), []],
    ["base64 without its padding", BLOCK.replace("AAAA", "AA"), []],
    ["padding within the base64", BLOCK.replace("MIIB", "MI=="), []],
    ["a broken block before a good one", BLOCK.replace("MIIB", "M*IB") + KEY, ["EC PRIVATE KEY 3"]],
    ["a block cut off before a good one", `-----BEGIN CERTIFICATE-----\nMIIB\n${KEY}`, ["EC PRIVATE KEY 3"]],
    ["headers", BLOCK.replace("MIIB", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nMIIB"), ["CERTIFICATE 6"]],
    ["nothing but headers", BLOCK.replace("MIIB\nAAAA", "a: b"), []],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("tells blocks with headers from others", () => {
    const encrypted = KEY.replace("AAAA", "Proc-Type: 4,ENCRYPTED\n\nAAAA");
    expect(decodePem(KEY + encrypted).map(({ hasHeaders }) => hasHeaders)).toEqual([false, true]);
  });
});

describe("what always holds", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "-----BEGIN A-----",
      "-----END A-----",
      "AAAA",
      "a: b",
      "",
      " ",
      "-----",
      "-----END A----- x",
      "\r",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  );

  it("any text is read", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        expect(() => decodePem(lines.join("\n"))).not.toThrow();
      }),
    );
  });

  it("bytes that are written as PEM are read back, whatever text stands before them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.stringMatching(/^[a-z \n]*$/), (bytes, before) => {
        const base64 = Buffer.from(bytes).toString("base64").replaceAll(/.{64}/g, "$&\n");
        const text = `${before}\n-----BEGIN KEY-----\n${base64}\n-----END KEY-----\n`;
        expect(decodePem(text).map((block) => [...block.bytes])).toEqual([[...bytes]]);
      }),
    );
  });

  it.each([
    ["begin lines", "-----BEGIN A-----\n"],
    ["end lines", "\n-----END A-----"],
    ["headers", "-----BEGIN A-----\na: b\n"],
    ["broken blocks", "-----BEGIN A-----\n*\n-----END A-----\n"],
    ["headers that run over the end", "-----BEGIN A-----\n-----END A: b\n"],
    ["small blocks", "-----BEGIN A-----\n-----END A-----\n"],
  ])("a megabyte of %s is read in no time", (_, unit) => {
    const spent = cpuTime();
    decodePem(unit.repeat(1_000_000 / unit.length));
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});

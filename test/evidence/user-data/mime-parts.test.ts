import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mimeParts } from "../../../evidence/user-data/mime-parts";
import { BOUNDED_MS, cpuTime } from "../../helpers/cpu-time";
import { withText } from "../../helpers/with-text";

interface MimeCase {
  readonly name: string;
  readonly message: string;
  readonly parts: readonly {
    readonly type: string;
    readonly filename: string | null;
    readonly mergeType: string | null;
    /** In hexadecimal digits. */
    readonly body: string;
  }[];
}

/** What Python's email module makes of each message: cloud-init reads user data with it. */
const cases: readonly MimeCase[] = JSON.parse(readFileSync(join(__dirname, "mime-cases.json"), "utf8"));

describe("a MIME message falls into the parts that Python's email module sees", () => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, { message, parts }) => {
    const reading = mimeParts(message);
    expect(reading.kind).toBe("parts");
    const seen = reading.kind === "parts" ? reading.parts : [];
    expect(
      seen.map((part) => ({
        type: part.type,
        filename: part.filename ?? null,
        mergeType: part.mergeType ?? null,
        body: part.body.toString("hex"),
      })),
    ).toEqual(parts);
  });
});

describe("what cannot be read is said, and quickly", () => {
  it("a multipart without a boundary", () => {
    expect(withText(mimeParts("MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--B\n\nx\n--B--\n"))).toEqual({
      kind: "unreadable",
      why: "its MIME message names no boundary",
    });
  });

  it("a transfer encoding that nobody uses any more", () => {
    const reading = mimeParts("MIME-Version: 1.0\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n");
    expect(reading.kind).toBe("unreadable");
  });

  it("a part inside a part inside a part, a hundred deep", () => {
    const deep = Array.from(
      { length: 100 },
      (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\n\n--b${n}\n`,
    ).join("");
    expect(withText(mimeParts(`MIME-Version: 1.0\n${deep}\nx\n`))).toEqual({
      kind: "unreadable",
      why: "its MIME parts are nested more than 8 deep",
    });
  });

  it("a million delimiters", () => {
    const message = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n${"--B\n".repeat(1_000_000)}`;
    const spent = cpuTime();
    expect(withText(mimeParts(message))).toEqual({ kind: "unreadable", why: "it has more than 1000 MIME parts" });
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });

  it("never throws", () => {
    const line = fc.constantFrom(
      "--B",
      "--B--",
      "--C",
      "",
      "Content-Type: multipart/mixed; boundary=C",
      "x: y",
      " z",
      "Content-Type: ;;",
      "#!",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(line).map((lines) => lines.join("\n")),
        ),
        (text) => {
          mimeParts(text);
          mimeParts(`MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n${text}`);
        },
      ),
    );
  });
});

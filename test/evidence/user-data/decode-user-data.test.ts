import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUserData } from "../../../evidence/user-data/decode-user-data";
import { BOUNDED_MS, cpuTime } from "../../helpers/cpu-time";
import { withText } from "../../helpers/with-text";

const CONFIG = "#cloud-config\nwrite_files:\n- path: /etc/a\n  content: hello\n";
const SCRIPT = "#!/bin/bash\necho hi\n";

function base64(text: string | Buffer): string {
  return Buffer.from(text).toString("base64");
}

function mime(...parts: readonly (readonly [type: string, body: string])[]): string {
  const all = parts.map(([type, body]) => `--B\nContent-Type: ${type}\n\n${body}\n`).join("");
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n${all}--B--\n`;
}

/** Kind and text of each part, or why there are none. */
function shape(text: string, encoding: "plain" | "base64" = "plain"): unknown {
  const decoded = decodeUserData(text, encoding);
  return decoded.kind === "cloud-init" ? decoded.parts.map((part) => [part.kind, part.text]) : decoded;
}

describe("user data is split as the machine will", () => {
  it.each<[string, string, "plain" | "base64", unknown]>([
    ["a cloud-config", CONFIG, "plain", [["cloud-config", CONFIG]]],
    ["a cloud-config after empty lines", `\n\n${CONFIG}`, "plain", [["cloud-config", `\n\n${CONFIG}`]]],
    ["base64 where the source demands it", base64(CONFIG), "base64", [["cloud-config", CONFIG]]],
    ["base64 with line breaks", base64(CONFIG).replace(/(.{20})/g, "$1\n"), "base64", [["cloud-config", CONFIG]]],
    ["base64 where the source takes plain text too", base64(SCRIPT), "plain", [["script", SCRIPT]]],
    ["plain text where the source demands base64", SCRIPT, "base64", [["script", SCRIPT]]],
    ["gzip in base64", base64(gzipSync(CONFIG)), "plain", [["cloud-config", CONFIG]]],
    [
      "MIME in gzip in base64",
      base64(gzipSync(mime(["text/cloud-config", CONFIG]))),
      "plain",
      [["cloud-config", CONFIG]],
    ],
    [
      "a multipart of plain text, whose parts show what they are",
      mime(["text/plain", CONFIG], ["text/plain", SCRIPT]),
      "plain",
      [
        ["cloud-config", CONFIG],
        ["script", SCRIPT],
      ],
    ],
    [
      "a script by type that is a cloud-config by content",
      mime(["text/x-shellscript", CONFIG]),
      "plain",
      [["cloud-config", CONFIG]],
    ],
    [
      "a part that cloud-init leaves alone",
      mime(["text/plain", "hello"], ["text/x-shellscript", SCRIPT]),
      "plain",
      [["script", SCRIPT]],
    ],
    [
      "an include",
      "#include\nhttps://example.org/more\n",
      "plain",
      [["include", "#include\nhttps://example.org/more\n"]],
    ],
    [
      "an include-once",
      "#include-once https://example.org/more\n",
      "plain",
      [["include", "#include-once https://example.org/more\n"]],
    ],
    ["a boothook", "#cloud-boothook\n#!/bin/sh\nx\n", "plain", [["boothook", "#cloud-boothook\n#!/bin/sh\nx\n"]]],
    [
      "a part handler",
      "#part-handler\ndef list_types(): pass\n",
      "plain",
      [["part-handler", "#part-handler\ndef list_types(): pass\n"]],
    ],
    ["a JSON patch", "#cloud-config-jsonp\n[]\n", "plain", [["patch", "#cloud-config-jsonp\n[]\n"]]],
    ["a script for every boot", mime(["text/x-shellscript-per-boot", SCRIPT]), "plain", [["script-per-boot", SCRIPT]]],
    [
      "an archive",
      `#cloud-config-archive\n- ${JSON.stringify(SCRIPT)}\n- {type: text/cloud-config, content: ${JSON.stringify(CONFIG)}}\n- content: "a: 1"\n`,
      "plain",
      [
        ["script", SCRIPT],
        ["cloud-config", CONFIG],
        ["cloud-config", "a: 1"],
      ],
    ],
    [
      "a Jinja template",
      "## template: jinja\n#cloud-config\nhostname: {{ v1.name }}{# aside #}\n",
      "plain",
      [["cloud-config", "#cloud-config\nhostname: \uE000\n"]],
    ],
    [
      "a Jinja template with blocks",
      "## template: jinja\n#cloud-config\n{% if x %}a: 1{% endif %}\n",
      "plain",
      [["template", ""]],
    ],
    ["nothing", "  \n", "plain", []],
    [
      "Ignition",
      '{"ignition":{"version":"3.4.0"}}',
      "plain",
      { kind: "ignition", text: '{"ignition":{"version":"3.4.0"}}' },
    ],
    [
      "Ignition in base64",
      base64('{"ignition":{"version":"3.4.0"}}'),
      "plain",
      { kind: "ignition", text: '{"ignition":{"version":"3.4.0"}}' },
    ],
  ])("%s", (_, text, encoding, expected) => {
    expect(shape(text, encoding)).toEqual(expected);
  });
});

describe("what cannot be read says why, and shows nothing of it", () => {
  it.each<[string, string, string]>([
    ["the SHA-1 that hcloud keeps", "X03MO1qnZdYdgyfeuILPmQ+hy0k=", "its user data is shown only as a hash"],
    [
      "the SHA-1 that aws and openstack keep",
      "da39a3ee5e6b4b0d3255bfef95601890afd80709",
      "its user data is shown only as a hash",
    ],
    ["what policy analyze shows of a secret", "[secret]", "its user data is a secret that could not be decrypted"],
    [
      "a machine configuration of another kind",
      "version: v1alpha1\nmachine: {}\n",
      "its user data is of a kind that cloud-init does not read",
    ],
    [
      "a script for Windows",
      "<powershell>\nx\n</powershell>",
      "its user data is of a kind that cloud-init does not read",
    ],
    [
      "a byte order mark, which hides the header from cloud-init too",
      `\uFEFF${CONFIG}`,
      "its user data is of a kind that cloud-init does not read",
    ],
    ["gzip that ends early", base64(gzipSync(CONFIG).subarray(0, 20)), "its user data is gzip that cannot be unpacked"],
    ["an archive that is not a list", "#cloud-config-archive\na: 1\n", "the archive in its user data cannot be read"],
  ])("%s", (_, text, why) => {
    expect(withText(decodeUserData(text, "plain"))).toEqual({ kind: "undecided", why });
  });
});

describe("hostile user data is refused quickly", () => {
  it.each<[string, () => string, string]>([
    [
      "a gzip bomb",
      () => base64(gzipSync(Buffer.alloc(64 * 1024 * 1024))),
      "its user data is larger than 4 MB when unpacked",
    ],
    ["ten megabytes of text", () => `#!/bin/sh\n${"x".repeat(10 * 1024 * 1024)}`, "its user data is larger than 4 MB"],
    [
      "an archive whose aliases multiply",
      () =>
        `#cloud-config-archive\nx: &a [1]\n${Array.from({ length: 50 }, (_, n) => `y${n}: &b${n} [*a, *a]`).join("\n")}\n`,
      "the archive in its user data cannot be read",
    ],
  ])("%s", (_, make, why) => {
    const text = make();
    const spent = cpuTime();
    expect(withText(decodeUserData(text, "plain"))).toEqual({ kind: "undecided", why });
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });

  it("a megabyte of braces in a template", () => {
    const spent = cpuTime();
    expect(shape(`## template: jinja\n#!/bin/sh\n${"{".repeat(1_000_000)}`)).toEqual([["template", ""]]);
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});

describe("whatever the wrapping, the same text comes out", () => {
  const wrappings: readonly ((text: string) => string)[] = [
    (text) => text,
    base64,
    (text) => base64(gzipSync(text)),
    (text) =>
      base64(
        gzipSync(
          `MIME-Version: 1.0\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${base64(text)}`,
        ),
      ),
  ];

  it("decoding undoes encoding", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...wrappings), (body, wrap) => {
        const text = Buffer.from(`#!/bin/sh\n${body.replaceAll("\r", "")}x`).toString();
        fc.pre(!text.toLowerCase().includes("mime-version:"));
        expect(shape(wrap(text))).toEqual([["script", text]]);
      }),
    );
  });

  it("nothing makes it throw", () => {
    const start = fc.constantFrom(
      "",
      "#cloud-config\n",
      "#cloud-config-archive\n",
      "## template: jinja\n",
      '{"ignition":',
      "MIME-Version: 1.0\n",
    );
    fc.assert(
      fc.property(
        start,
        fc.string(),
        fc.constantFrom<"plain" | "base64">("plain", "base64"),
        (head, rest, encoding) => {
          decodeUserData(head + rest, encoding);
        },
      ),
    );
  });
});

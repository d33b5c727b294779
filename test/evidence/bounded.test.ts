import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { templateResidue } from "../../cluster/configuration/template-residue";
import { readStack } from "../../evidence/read-stack";
import { mimeParts } from "../../evidence/user-data/mime-parts";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { reasonText } from "../../reasons/reason-texts";
import { readShellText } from "../../shell/read-shell-text";
import { stackResource } from "../helpers/stack-resource";

/** Four megabytes in a few kilobytes. */
const PACKED = gzipSync(Buffer.alloc(4_000_000, "a")).toString("base64");

/** What is unknown about the machines that get this user data, and how many bytes of files are held. */
function read(...userData: readonly string[]) {
  const { evidence } = readStack(
    userData.map((text, index) =>
      stackResource("hcloud:index/server:Server", `m${index}`, { name: `m${index}`, userData: text }),
    ),
  );
  const operations = evidence.flatMap((one) => one.operations);
  const contents = operations.map((one) => (one.do === "put" && one.content.kind === "text" ? one.content.text : ""));
  return {
    why: operations.flatMap((one) => (one.do === "might-write" ? [reasonText(one.reason)] : [])),
    bytes: contents.reduce((sum, text) => sum + text.length, 0),
  };
}

const ALIASED = `#cloud-config\nwrite_files:\n- &a {path: /a, encoding: gz+b64, content: ${PACKED}}\n${"- *a\n".repeat(500)}`;
const MEGABYTES = 1024 * 1024;

describe("user data that grows when it is read", () => {
  it("unpacks to no more than the budget of one machine, and says so", () => {
    const { why, bytes } = read(ALIASED);
    expect(bytes).toBeLessThan(8 * MEGABYTES);
    expect(why).toEqual(["the content of a file in its write_files cannot be decoded, where cloud-init stops"]);
  });

  it("in MIME parts", () => {
    const part = `--x\nContent-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n${PACKED}\n`;
    const { why } = read(`MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n${part.repeat(100)}--x--`);
    expect(why).toEqual(["a MIME part of its user data unpacks to more than is read of one machine"]);
  });

  it("on many machines together", () => {
    expect(read(...Array<string>(40).fill(ALIASED)).bytes).toBeLessThan(96 * MEGABYTES);
  });

  it("in scripts that an alias repeats", () => {
    const script = "for i in {1..100}; do for j in {1..100}; do cp a$i$j /x; done; done\\n".repeat(20);
    const archive = `#cloud-config-archive\n- &a {type: text/x-shellscript, content: "#!/bin/sh\\n${script}"}\n${"- *a\n".repeat(300)}`;
    expect(read(archive).why).toContain("its text asks for more work than is followed");
  });
});

/** Tokens that openers of templates, quotes and here-documents are made of, to the limit of what is read: each must be read in one pass. */
describe("one token repeated to the limit", () => {
  it.each(["{{", "<%", "{%", "%{", `\${a`, "$(", "<a", "# ", "a: "])("template residue in %j", (token) => {
    expect(templateResidue(configurationText(`${token.repeat(60_000 / token.length)}\n\t:`))).toEqual([]);
  });

  it("quoted-printable with blanks at the ends of lines", () => {
    const message = `MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n${" ".repeat(80_000)}x`;
    expect(mimeParts(message)).toMatchObject({ parts: [{ body: Buffer.from(`${" ".repeat(80_000)}x`) }] });
  });

  it("a cloud-config of blank lines", () => {
    expect(read(`#cloud-config\n${"\n".repeat(80_000)}`)).toEqual({ why: [], bytes: 0 });
  });

  it.each(["?", "*", "*/"])("a shell pattern of %j", (token) => {
    expect(readShellText(token.repeat(100_000)).operations.length).toBeLessThan(3);
  });
});

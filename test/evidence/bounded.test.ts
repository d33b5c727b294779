import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { templateResidue } from "../../cluster/configuration/template-residue";
import { readStack } from "../../evidence/read-stack";
import { mimeParts } from "../../evidence/user-data/mime-parts";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { markedSecrets } from "../../machine/marked-secrets";
import { oneLine, publicProse, visibleLines } from "../../machine/public-text";
import { reasonText } from "../../reasons/reason-texts";
import { formatOfFile } from "../../reports/format-report";
import { readShellText } from "../../shell/read-shell-text";
import { unitCommands } from "../../shell/unit-commands";
import { BOUNDED_MS, cpuTime } from "../helpers/cpu-time";
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
const lines = (count: number, line: (index: number) => string) =>
  `${Array.from({ length: count }, (_, index) => line(index)).join("\n")}\n`;
const MEGABYTES = 1024 * 1024;

describe("user data that grows when it is read", () => {
  it("unpacks to no more than the budget of one machine, and says so", () => {
    const { why, bytes } = read(ALIASED);
    expect(bytes).toBeLessThan(8 * MEGABYTES);
    expect(why).toEqual(["its write_files hold more than is read for one machine"]);
  });

  it("in MIME parts", () => {
    const part = `--x\nContent-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n${PACKED}\n`;
    const { why } = read(`MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n${part.repeat(100)}--x--`);
    expect(why).toEqual(["a MIME part of its user data unpacks to more than is read for one machine"]);
  });

  it("on many machines together", () => {
    expect(read(...Array<string>(40).fill(ALIASED)).bytes).toBeLessThan(96 * MEGABYTES);
  });

  it("in scripts that an alias repeats", () => {
    const script = "for i in {1..100}; do for j in {1..100}; do cp a$i$j /x; done; done\\n".repeat(20);
    const archive = `#cloud-config-archive\n- &a {type: text/x-shellscript, content: "#!/bin/sh\\n${script}"}\n${"- *a\n".repeat(300)}`;
    expect(read(archive).why).toContain("its text is too complex to follow");
  });
});

/** Tokens that openers of templates, quotes and here-documents are made of, to the limit of what is read: each must be read in one pass. */
describe("what a few aliases or short words ask for", () => {
  const half = 131_072;
  const cloudConfig = (...lines: readonly string[]) => read(`#cloud-config\n${lines.join("\n")}`);
  const alias = (count: number) => "- *a\n".repeat(count);

  it("a command that is repeated is not read, for its script is too long", () => {
    const { why } = cloudConfig(`a: &a [echo, '${"x".repeat(half)}']`, `runcmd:\n${alias(20_000)}`);
    expect(why).toEqual([expect.stringContaining("at most 262144 are read")]);
  });

  it("content that is appended to itself, or decoded each time", () => {
    const many = "- {path: /a, append: true, content: b}\n".repeat(3000);
    const grown = cloudConfig(`write_files:\n- {path: /a, content: ${"x".repeat(half)}}\n${many}`);
    const bytes = cloudConfig(
      `write_files:\n- &a {path: /a, encoding: b64, content: ${"//79".repeat(half / 4)}}\n${alias(5000)}`,
    );
    const why = ["its write_files hold more than is read for one machine"];
    expect([grown.why, bytes.why]).toEqual([why, why]);
    expect(grown.bytes).toBeLessThan(8 * MEGABYTES);
  });

  it("a cloud-config that an archive repeats", () => {
    const config = "#cloud-config\\nwrite_files:\\n".concat("- {path: /a, content: b}\\n".repeat(3000));
    const { why } = read(`#cloud-config-archive\n- &a "${config}"\n${alias(3000)}`);
    expect(why).toEqual(["its cloud-configs are too large to merge"]);
  });

  it("blanks in a header of MIME", () => {
    const header = `Content-Type: text/x-shellscript;${" ".repeat(1_000_000)}name=x`;
    expect(mimeParts(`MIME-Version: 1.0\n${header}\n\n#!/bin/sh`)).toMatchObject({
      parts: [{ type: "text/x-shellscript", filename: "x" }],
    });
  });

  it.each<[string, string]>([
    ["subshells that copy many variables", `${lines(6000, (i) => `v${i}=x`)}${"(cp a b);".repeat(14_000)}`],
    ["loops that copy many functions", `${lines(6000, (i) => `f${i}() { :; }`)}${"while c; do a; done;".repeat(5000)}`],
    ["braces in braces", `cp ${"{a,".repeat(40_000)}${"}".repeat(40_000)} /x`],
    ["folders below folders", "cd aaaaaaa;cp x y;".repeat(14_000)],
    ["an instance of a unit", `systemctl start ${"@".repeat(200_000)}.`],
    ["the socket of an engine", `docker run -v /${"crio".repeat(50_000)}-:/x image`],
  ])("%s", (_, text) => {
    const spent = cpuTime();
    readShellText(text, { user: "root" });
    expect(spent()).toBeLessThan(BOUNDED_MS);
  });
});

describe("one token repeated to the limit", () => {
  it.each(["{{", "<%", "{%", "%{", `\${a`, "$(", "<a", "# ", "a: "])("template residue in %j", (token) => {
    expect(templateResidue(configurationText(`${token.repeat(60_000 / token.length)}\n\t:`))).toEqual([]);
  });

  it.each<[string, () => unknown, unknown]>([
    ["a name that is printed", () => oneLine(" ".repeat(300_000)), " ".repeat(300_000)],
    ["lines that begin as commands of a workflow", () => visibleLines("::a\r".repeat(60_000)).length, 420_003],
    ["a reason", () => publicProse(`https:${"ht".repeat(150_000)}`).length, 300_006],
    ["the first line of an Output", () => templateResidue(configurationText("Calling [".repeat(30_000))), []],
    ["the name of a report", () => formatOfFile(`${"codequality".repeat(30_000)}.md`), "markdown"],
    [
      "the folder of a path",
      () => readShellText(`cp a "$(dirname ${"/".repeat(200_000)})/b"`).operations.length > 0,
      true,
    ],
    [
      "thousands of marked values, looked for in thousands of texts",
      () => {
        const addresses = Array.from({ length: 20_000 }, (_, index) => `https://etcd${index}.example.com/`);
        const { hideIn } = markedSecrets(addresses, () => []);
        return addresses.filter((_, index) => hideIn(`master${index} waits for https://example.com`) === "").length;
      },
      0,
    ],
    ["the command of a unit", () => unitCommands(`ExecStart=${"\t".repeat(300_000)}`), []],
  ])("%s", (_, read, expected) => {
    const spent = cpuTime();
    expect(read()).toEqual(expected);
    expect(spent()).toBeLessThan(BOUNDED_MS);
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

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collected, type Laid, nodeDisk } from "../cli/helpers/node-disks";
import { runProgram } from "../cli/helpers/run-check";
import { SHELLS } from "../cli/helpers/shells";
import { externalEtcd } from "../helpers/cluster";
import { FILES_OF_CHECK } from "./helpers/inputs";
import { leaksIn, markedFolder } from "./helpers/marked-runs";
import { leaksOf, MARKS, type Mark } from "./helpers/marks";
import { FILES } from "./helpers/stacks";

const { at, put, said, reports } = markedFolder();
let place = "";
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "kubeadm-guard-collect-marks-"));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe("a mark in every place of a kubeadm-config comes out in nothing that collect prints", () => {
  it.each(["sh", "ansible", "daemonset"])(
    "as %s",
    async (format) => {
      const { "cm.yaml": file } = FILES_OF_CHECK;
      if (file === undefined) throw new Error("there is a kubeadm-config");
      const found = await leaksIn("collected cm.yaml", file, (text) => {
        put("cm.yaml", text);
        return said({ args: ["collect", "--format", format, "--kubeadm-config", at("cm.yaml")] });
      });
      expect(found).toEqual([]);
    },
    240_000,
  );

  const keys = MARKS.filter(({ shape }) => /key|base64|user/.test(shape));
  it.each(keys)("a $shape in the place of a file", async (mark) => {
    put("cm.yaml", externalEtcd({ ...FILES, keyFile: JSON.stringify(`/${mark.text}/${mark.text}/x`) }));
    const text = await said({ args: ["collect", "--kubeadm-config", at("cm.yaml")] });
    expect(leaksOf(mark, text)).toEqual([]);
  });
});

const FOLDER = "/etc/ssl/etcd/ssl";
const pem = (type: string, inside: string) => `-----BEGIN ${type}-----\n${inside}\n-----END ${type}-----\n`;

/** Files on a node whose contents hold the mark in different places. */
const CONTENTS: Readonly<Record<string, (mark: string) => string>> = {
  "all of a file": (mark) => mark,
  "a line among others": (mark) => `first\n${mark}\nlast\n`,
  "a certificate's body": (mark) => pem("CERTIFICATE", mark),
  "a key's body": (mark) => pem("RSA PRIVATE KEY", mark),
  "a key of a type that nobody knows": (mark) => pem("SECRET", mark),
  "a header of a block": (mark) => pem("CERTIFICATE", `Note: ${mark}\n\nMIIB`),
  "before a block": (mark) => `${mark}\n${pem("CERTIFICATE", "MIIB")}`,
  "after a block": (mark) => `${pem("CERTIFICATE", "MIIB")}${mark}`,
  "a block without an end": (mark) => `-----BEGIN CERTIFICATE-----\n${mark}\n`,
  "a block with another end": (mark) => `-----BEGIN CERTIFICATE-----\n${mark}\n-----END PRIVATE KEY-----\n`,
  "a kubeconfig": (mark) =>
    `users: [{user: {token: ${mark}, client-key-data: ${Buffer.from(mark).toString("base64")}}}]`,
};

describe.each(SHELLS)("what a file of a node holds does not leave the node in %s", (_name, shell) => {
  it.each(Object.entries(CONTENTS))("%s", async (_place, content) => {
    const script = await scriptFor();
    const found = MARKS.flatMap((mark) => {
      const files = ["ca.pem", "node-key.pem", "notes.txt"].map((name) =>
        laid(`${FOLDER}/${name}`, content(mark.text)),
      );
      return leaksOf(mark, collected(script, "master01", nodeDisk(place, files), shell)).map(
        (leak) => `<${mark.shape}> ${leak}`,
      );
    });
    expect(found).toEqual([]);
  });
});

/** What has the form of a path, with spaces or without, may stand in a report as it stands in the listing. */
const isPathLike = ({ looksLike }: Mark) => looksLike.includes("path") || looksLike.includes("prose");

describe("names and links of a listing come out of check where they are paths, and not otherwise", () => {
  it.each<[string, (mark: string) => readonly Laid[]]>([
    ["the name of a file", (mark) => [laid(`${FOLDER}/${inName(mark)}`, "x")]],
    ["the name of a folder", (mark) => [laid(`${FOLDER}/${inName(mark)}/ca.pem`, "x")]],
    ["where the link of the kubeadm-config's file leads", (mark) => [link(FILES.caFile, inName(mark))]],
    ["the name of a link", (mark) => [link(`${FOLDER}/${inName(mark)}`, "ca.pem")]],
    [
      "the name behind two links",
      (mark) => [
        link(FILES.caFile, "other.pem"),
        link(`${FOLDER}/other.pem`, inName(mark)),
        laid(`${FOLDER}/${inName(mark)}`, "x"),
      ],
    ],
  ])("%s", async (_place, files) => {
    const script = await scriptFor();
    put("cm.yaml", externalEtcd(FILES));
    const found: string[] = [];
    for (const mark of MARKS.filter((one) => !isPathLike(one))) {
      const disk = nodeDisk(place, files(mark.text));
      mkdirSync(`${disk}${FOLDER}`, { recursive: true });
      put("nodes.yaml", collected(script, "master01", disk));
      const text = await said({
        args: ["check", "--kubeadm-config", at("cm.yaml"), "--nodes", at("nodes.yaml"), "--verbose", ...reports],
      });
      for (const leak of new Set(leaksOf(mark, text))) found.push(`<${mark.shape}> ${leak}`);
    }
    expect(found).toEqual([]);
  });
});

/** A name of a file has neither a slash nor more than 255 bytes. */
function inName(mark: string): string {
  return mark.replaceAll("/", "_").replaceAll("\n", " ").slice(0, 200);
}

function laid(path: string, content: string): Laid {
  return { path, link: null, content };
}

function link(path: string, to: string): Laid {
  return { path, link: to, content: null };
}

async function scriptFor(): Promise<string> {
  const { output } = await runProgram(["collect"]);
  return output;
}

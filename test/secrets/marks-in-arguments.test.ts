import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { CommandResult, Terminal } from "../../cli/terminal";
import { runProgram } from "../cli/helpers/run-check";
import { FILES_OF_CHECK } from "./helpers/inputs";
import { leaksOf, MARKS } from "./helpers/marks";
import { isPublic } from "./helpers/public-places";

const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-marks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const [name, { data, text }] of Object.entries(FILES_OF_CHECK)) {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text(data));
}

const INPUT = ["--kubeadm-config", "cm.yaml", "--nodes", "listing.yaml"];
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  check: [
    ...["check", ...INPUT, "--inventory", "inventory.ini", "--kubespray", "v2.25.0", "--kubeadm", "1.30", "--step"],
    ...["upgrade", "--upgrade-to", "v1.31.4", "--upgrade-kubespray-to", "v2.27.0", "--record", "record.yaml"],
    ...["--compare", "compare.yaml", "--accept", "accept.yaml", "--baseline", "baseline.json", "--format", "text"],
    ...["--report", "r.json", "--fix-script", "fix.sh", "--explain", "master01:/etc/ssl/etcd/ssl/ca.pem"],
    ...["--fail-on", "mandatory"],
  ],
  "check --live": ["check", "--live", "--context", "prod", "--kubeconfig", "kubeconfig.yaml", "--verbose"],
  "an upgrade path": ["check", ...INPUT, "--inventory", "inventory.ini", "--kubespray", "v2.25.0..v2.27.0"],
  record: ["record", ...INPUT, "--out", "new.yaml", "--reason", "because", "--by", "Ada"],
  baseline: ["baseline", ...INPUT, "--out", "new.json"],
  "a baseline of reports": ["baseline", "old.json", "--out", "new.json"],
  report: ["report", "old.json", "--out", "new.html"],
  explain: ["explain", "private-keys-protected"],
  "explain a text": ["explain", "open /etc/ssl/etcd/ssl/node.pem: no such file or directory"],
  collect: [
    "collect",
    "--format",
    "daemonset",
    "--kubeadm-config",
    "cm.yaml",
    "--folder",
    "/etc/etcd",
    "--image",
    "busybox",
  ],
};

const kubectlFails =
  (complaints: string): Terminal["run"] =>
  async (): Promise<CommandResult> => ({ kind: "ran", code: 1, output: "", complaints });

async function said(args: readonly string[], run?: Terminal["run"]): Promise<string> {
  const before = new Set(readdirSync(folder));
  const { output, complaints } = await runProgram(args, "", run, folder);
  // What it wrote is not there for the next one.
  for (const name of readdirSync(folder)) if (!before.has(name)) rmSync(join(folder, name), { recursive: true });
  // What collect prints is made of what it is told: a script for the nodes.
  return args[0] === "collect" ? complaints : `${output}\n${complaints}`;
}

describe("a mark in every argument comes out in nothing that is printed", () => {
  it.each(Object.entries(COMMANDS))(
    "%s",
    async (name, args) => {
      const found: string[] = [];
      for (const [index, arg] of args.entries()) {
        const place = `${name} argument ${args[index - 1] ?? ""} ${arg}`;
        for (const mark of MARKS) {
          const given = [mark.text, ...(arg.startsWith("--") ? [`--${mark.text}`, `${arg}=${mark.text}`] : [])];
          for (const one of given) {
            if (isPublic(place, mark)) continue;
            const text = await said(args.with(index, one));
            for (const leak of new Set(leaksOf(mark, text))) found.push(`${place} <${mark.shape}> ${leak}`);
          }
        }
      }
      expect(found).toEqual([]);
    },
    240_000,
  );
});

describe("what kubectl says when it fails", () => {
  it.each([
    ["alone", (mark: string) => mark],
    ["in a sentence", (mark: string) => `error: context "${mark}" does not exist`],
    [
      "in the address of a server",
      (mark: string) => `Unable to connect to the server: dial tcp: lookup ${mark}: no such host`,
    ],
    ["in an address", (mark: string) => `Get "https://user:${mark}@10.0.0.1:6443/api": EOF`],
    ["in YAML", (mark: string) => `error: error loading config file "/root/.kube/config": yaml: did not find ${mark}`],
  ])("%s", async (_, complaints) => {
    const found: string[] = [];
    for (const mark of MARKS) {
      if (mark.looksLike.includes("prose")) continue;
      const text = await said(["check", "--live"], kubectlFails(complaints(mark.text)));
      for (const leak of new Set(leaksOf(mark, text))) found.push(`<${mark.shape}> ${leak}`);
    }
    expect(found).toEqual([]);
  });

  it("does not hide what it says of ordinary things", async () => {
    const words = 'error: context "prod" does not exist';
    expect(await said(["check", "--live"], kubectlFails(words))).toContain(words);
  });
});

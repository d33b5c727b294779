import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asset } from "@pulumi/pulumi";
import { afterAll, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack } from "../../pack/testing";
import { MASTERS, ON_FIRST } from "./three-masters";

const FILE = "/etc/kubernetes/kubeadm-config.yaml";
const PROGRAM = mkdtempSync(join(tmpdir(), "kubeadm-guard-odd-assets-"));
afterAll(() => rmSync(PROGRAM, { recursive: true, force: true }));
writeFileSync(join(PROGRAM, "Pulumi.yaml"), "name: project\nruntime: nodejs\n");
beforeEach(() => {
  vi.stubEnv("PWD", PROGRAM);
  onTestFinished(() => void vi.unstubAllEnvs());
});

it.each<[string, (path: string) => void]>([
  ["a pipe", (path) => void execFileSync("mkfifo", [path])],
  ["a device without an end", (path) => symlinkSync("/dev/zero", path)],
  ["a folder", (path) => void mkdirSync(path)],
  ["nothing", () => {}],
  ["a link to itself", (path) => symlinkSync(path, path)],
])("a file for kubeadm that is %s is undecided, and nothing waits for it", async (title, make) => {
  const name = `${title.replaceAll(" ", "-")}.yaml`;
  make(join(PROGRAM, name));
  const stack = new FakeStack({ config: { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: MASTERS }] } });
  const source = new asset.FileAsset(name);
  const copy = stack.add("command:remote:CopyToRemote", "config", { ...ON_FIRST, source, remotePath: FILE });
  const create = `kubeadm init --config ${FILE}`;
  stack.add("command:remote:Command", "init", { ...ON_FIRST, create }, { dependsOn: [copy] });
  const violations = await stack.preview(kubeadmGuard());
  const said = violations.map(({ level, message }) => `${level}: ${message}`).join("\n");
  expect(said).toMatch(/^advisory: Undecided/);
  expect(said).not.toMatch(/internal error|mandatory:/);
});

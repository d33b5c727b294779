import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RunArgs } from "./helpers/test-stack";
import { testStack } from "./helpers/test-stack";

const checkout = resolve(__dirname, "../..");

/** Two masters, each with its own pair; the shared configuration names the second one's. */
const PROGRAM = `
for (const name of ["master01", "master02"]) {
  for (const file of ["ca.pem", "node-" + name + ".pem", "node-" + name + "-key.pem"]) {
    new command.remote.CopyToRemote(name + "-" + file, {
      connection: { host: name },
      source: new pulumi.asset.StringAsset(file),
      remotePath: "/etc/ssl/etcd/ssl/" + file,
    });
  }
}
new kubernetes.core.v1.ConfigMap("shared", {
  metadata: { name: "kubeadm-config", namespace: "kube-system" },
  data: {
    ClusterConfiguration: \`apiVersion: kubeadm.k8s.io/v1beta3
etcd:
  external:
    caFile: /etc/ssl/etcd/ssl/ca.pem
    certFile: /etc/ssl/etcd/ssl/node-master02.pem
    endpoints:
    - https://192.168.10.21:2379
    keyFile: /etc/ssl/etcd/ssl/node-master02-key.pem
kind: ClusterConfiguration
kubernetesVersion: v1.29.10
\`,
  },
}, { provider: manifests });`;
const CONFIG = {
  "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: [{ name: "master01" }, { name: "master02" }] }],
};

describe("the pack refuses the cluster of kubespray 11500", () => {
  it.each<[string, () => RunArgs]>([
    ["as an executable", () => ({ languageHost: true })],
    ["as an executable, with pulumi started from another folder", () => ({ from: tmpdir(), languageHost: true })],
    ["as an executable that is called by a link", () => ({ pack: linkToPack() })],
    ["as an executable in a checkout that is not built", () => ({ pack: checkoutWithoutBuild() })],
    ["as an executable of the published package", () => ({ pack: publishedPackage(), languageHost: true })],
    ["as a folder", () => ({ packFolder: true, languageHost: true })],
    ["as a folder that is not built", () => ({ packFolder: true, pack: folderOf(checkoutWithoutBuild()) })],
  ])("%s", async (_way, args) => {
    const stack = await testStack({ program: PROGRAM, config: CONFIG });
    const { exitCode, output, violations } = await stack.preview(args());
    expect(violations, output).toContainEqual(
      expect.objectContaining({
        policy: "external-etcd-files-on-every-control-plane-node",
        level: "mandatory",
        message: expect.stringContaining("node-master02.pem is on 1 of 2 control-plane nodes; missing on master01."),
      }),
    );
    expect(exitCode).not.toBe(0);
  });
});

function linkToPack(): string {
  const link = join(temporaryFolder(), "a-link");
  symlinkSync(join(checkout, "bin/kubeadm-guard-pack"), link);
  return link;
}

/** The files that make up the pack, and none of those that a build adds. */
function checkoutWithoutBuild(): string {
  const folder = temporaryFolder();
  const without = new Set([".conformance", ".demo", ".engine", ".git", "coverage", "dist", "node_modules", "test"]);
  for (const name of readdirSync(checkout).filter((name) => !without.has(name))) {
    cpSync(join(checkout, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  return join(folder, "bin/kubeadm-guard-pack");
}

/** The package as npm would install it: unpacked, with its dependencies beside it. */
function publishedPackage(): string {
  const folder = temporaryFolder();
  const args = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", args, { cwd: checkout, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", folder]);
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  renameSync(join(folder, "package"), join(modules, "kubeadm-guard"));
  for (const name of readdirSync(join(checkout, "node_modules")).filter((name) => !name.startsWith("."))) {
    symlinkSync(join(checkout, "node_modules", name), join(modules, name));
  }
  return join(modules, "kubeadm-guard/bin/kubeadm-guard-pack");
}

function folderOf(executable: string): string {
  return resolve(executable, "../..");
}

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-way-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

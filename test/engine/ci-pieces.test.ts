import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { load } from "js-yaml";
import * as v from "valibot";
import { describe, expect, it, onTestFinished } from "vitest";
import { BROKEN, clusters, PRESENCE } from "./helpers/programs";
import { testStack } from "./helpers/test-stack";

const checkout = resolve(__dirname, "../..");
const pieces = join(checkout, "examples/ci");
const read = (name: string) => readFileSync(join(pieces, name), "utf8");

describe("the pieces for a pull request", () => {
  it("write reports with the real engine under the names that the next steps look for", async () => {
    const workflow = read("github-actions.yml");
    const gitlab = read("gitlab.yml");
    const [command = ""] = previews(workflow);
    expect(previews(gitlab)).toEqual([command]);
    expect(command).toContain("--policy-pack-config reports.json");
    const stack = await testStack({ program: BROKEN, config: clusters() });
    const seen = await stack.preview({ policyConfig: JSON.parse(read("reports.json")) });
    expect(seen.exitCode).not.toBe(0);
    const names = new Set([...`${workflow}\n${gitlab}`.matchAll(/\bguard\.[a-z.-]*[a-z]/g)].map(([name]) => name));
    expect([...names].sort()).toEqual([
      "guard.code-quality.json",
      "guard.json",
      "guard.md",
      "guard.sarif",
      "guard.xml",
    ]);
    expect([...names].filter((name) => !existsSync(join(stack.folder, name)))).toEqual([]);
    const [annotate = ""] = /npx --no-install kubeadm-guard report .*/.exec(workflow) ?? [];
    const annotations = shell(annotate, stack.folder);
    expect(annotations.code).toBe(0);
    expect(annotations.output).toMatch(new RegExp(`^::error .*title=[^,:]*${PRESENCE}`, "m"));
  });

  it.each([
    "github-actions.yml",
    "gitlab.yml",
    "github-actions-drift.yml",
    "gitlab-drift.yml",
    ".pre-commit-config.yaml",
  ])("%s is YAML without tabs or a key twice", (name) => {
    expect(load(read(name))).toBeTypeOf("object");
  });
});

/** A ConfigMap as kubectl prints it, of a configuration that names a file of one node. */
const configMap = (certificate: string) =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: {
      ClusterConfiguration: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.29.10
controlPlaneEndpoint: api.example.com:6443
etcd:
  external:
    endpoints: ["https://192.168.10.21:2379"]
    caFile: /etc/ssl/etcd/ssl/ca.pem
    certFile: /etc/ssl/etcd/ssl/${certificate}.pem
    keyFile: /etc/ssl/etcd/ssl/${certificate}-key.pem
`,
    },
  });
const INVENTORY = `[kube_control_plane]
master01
master02
[etcd]
etcd01
[kube_node]
master01
`;

describe("the hook before a commit", () => {
  it.each<[string, string, number]>([
    ["stops a commit that names a file that one node has", "v2.25.0", 1],
    ["lets it pass where the release links the name on every node", "v2.28.0", 0],
  ])("%s", (_title, release, code) => {
    const { folder, commit } = repository();
    writeFileSync(join(folder, "kubeadm-config.yaml"), configMap("node-master02"));
    mkdirSync(join(folder, "inventory"));
    writeFileSync(join(folder, "inventory/inventory.ini"), INVENTORY);
    const seen = commit({ INVENTORY: "inventory/inventory.ini", KUBESPRAY: release });
    expect(seen.code, seen.output).toBe(code);
    expect(seen.output).toContain(code === 1 ? ": refused." : ": passed.");
  });

  it("looks at what is staged, and at nothing where neither file is", () => {
    const { folder, commit } = repository();
    writeFileSync(join(folder, "readme.md"), "x");
    expect(commit({})).toEqual({ code: 0, output: "" });
    writeFileSync(join(folder, "kubeadm-config.yaml"), configMap("node-master02"));
    writeFileSync(join(folder, "inventory.ini"), INVENTORY);
    git(folder, ["add", "kubeadm-config.yaml", "inventory.ini"]);
    // The fix is in the working tree only: it is not what would be committed.
    writeFileSync(join(folder, "kubeadm-config.yaml"), configMap("ca"));
    const seen = shell("sh .git/hooks/pre-commit", folder, { INVENTORY: "inventory.ini", KUBESPRAY: "v2.25.0" });
    expect(seen.code).toBe(1);
    expect(seen.output).toContain("node-master02.pem");
  });
});

describe("the hook of .pre-commit-hooks.yaml", () => {
  const [hook] = preCommitHooks();

  it.each<[string, string, readonly string[], number]>([
    ["stops a commit that names a file that one node has", "node-master02", ["--kubespray", "v2.25.0"], 1],
    ["lets it pass where the release links the name on every node", "node-master02", ["--kubespray", "v2.28.0"], 0],
    ["shows what is undecided, and stops nothing", "node-master02", ["--kubespray", "release-2.26"], 0],
  ])("%s", (_title, certificate, more, code) => {
    const { folder } = repository();
    writeFileSync(join(folder, "kubeadm-config.yaml"), configMap(certificate));
    mkdirSync(join(folder, "inventory"));
    writeFileSync(join(folder, "inventory/inventory.ini"), INVENTORY);
    // As pre-commit does: the arguments follow the entry.
    const seen = shell([hook?.entry, ...(hook?.args ?? []), ...more].join(" "), folder);
    expect(seen.code, seen.output).toBe(code);
    expect(seen.output).toContain(code === 1 ? ": refused." : more.includes("v2.28.0") ? ": passed." : ": undecided.");
  });

  it.each([
    "kubeadm-config.yaml",
    "clusters/prod/kubeadm-config.yml",
    "inventory.ini",
    "inventory/prod/hosts.yaml",
    "group_vars/all.yml",
  ])("looks at a commit that touches %s", (file) => expect(new RegExp(hook?.files ?? "^$").test(file)).toBe(true));

  it("has what pre-commit demands", () => {
    expect(hook).toMatchObject({
      id: "kubeadm-guard",
      name: "kubeadm-guard",
      language: "system",
      pass_filenames: false,
    });
  });
});

function preCommitHooks() {
  const fields = { id: v.string(), name: v.string(), language: v.string(), pass_filenames: v.boolean() };
  const shape = v.array(v.object({ ...fields, entry: v.string(), args: v.array(v.string()), files: v.string() }));
  return v.parse(shape, load(readFileSync(join(checkout, ".pre-commit-hooks.yaml"), "utf8")));
}

describe("the drift monitor", () => {
  /** The commands of each piece, as its CI would run them one after the other. */
  const commands: Readonly<Record<string, string>> = {
    "cron-drift.sh": `sh ${join(pieces, "cron-drift.sh")} prod.record.yaml`,
    "github-actions-drift.yml": stepsOf(read("github-actions-drift.yml")),
    "gitlab-drift.yml": stepsOf(read("gitlab-drift.yml")),
  };
  it.each(Object.entries(commands))("%s is quiet without drift and fails with it", (_name, command) => {
    const folder = temporaryFolder();
    const live = join(folder, "served.json");
    writeFileSync(live, configMap("client"));
    const record = `npx kubeadm-guard record --kubeadm-config served.json --out prod.record.yaml --reason test --by ada`;
    expect(shell(record, folder).code).toBe(0);
    const env = { SERVED: live, RUNNER_TEMP: folder, KUBECONFIG_TEXT: "" };
    // 2: policies about nodes had no nodes.
    expect([0, 2]).toContain(shell(command, folder, env).code);
    writeFileSync(live, configMap("other"));
    const drifted = shell(command, folder, env);
    expect(drifted.code).toBe(1);
    expect(drifted.output).toContain("kubeadm-config-matches-record");
  });
});

/** What a workflow or a pipeline runs with kubectl and with our program. */
function stepsOf(text: string): string {
  const yaml = JSON.stringify(load(text));
  const scripts = [...yaml.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([json]): unknown => JSON.parse(json));
  return scripts.filter((one) => typeof one === "string" && /^(?!npm ci)(umask|kubectl|npx) ?/.test(one)).join("\n");
}

function previews(text: string): readonly string[] {
  return [...text.matchAll(/pulumi preview .*/g)].map(([line]) => line);
}

function repository() {
  const folder = temporaryFolder();
  git(folder, ["init", "--quiet"]);
  cpSync(join(pieces, "pre-commit.sh"), join(folder, ".git/hooks/pre-commit"));
  const commit = (env: Readonly<Record<string, string>>) => {
    git(folder, ["add", "--all"]);
    return shell(`sh .git/hooks/pre-commit`, folder, env);
  };
  return { folder, commit };
}

function git(folder: string, args: readonly string[]): void {
  execFileSync("git", args, { cwd: folder });
}

/** Runs a line as CI does, where `npx` finds this checkout's program and `kubectl` prints the file $SERVED. */
function shell(line: string, folder: string, env: Readonly<Record<string, string>> = {}) {
  const tools = temporaryFolder();
  const program = join(checkout, "bin/kubeadm-guard.js");
  const npx = `#!/bin/sh\n[ "$1" = --no-install ] && shift\nshift\nexec "${process.execPath}" "${program}" "$@"\n`;
  writeFileSync(join(tools, "npx"), npx, { mode: 0o755 });
  writeFileSync(join(tools, "kubectl"), '#!/bin/sh\nexec cat "$SERVED"\n', { mode: 0o755 });
  const path = `${tools}${delimiter}${process.env["PATH"] ?? ""}`;
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", line], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env, PATH: path },
  });
  return { code: status ?? 1, output: stdout + stderr };
}

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kubeadm-guard-ci-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

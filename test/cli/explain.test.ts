import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reasonRows } from "../../cli/reason-rows";
import { policies } from "../../policies/index";
import { externalEtcd } from "../helpers/cluster";
import { runProgram } from "./helpers/run-check";

describe("explain", () => {
  it.each(policies.map(({ id }) => [id]))("prints the page of %s", async (id) => {
    const { code, output } = await runProgram(["explain", id]);
    expect([code, output.split("\n")[0]]).toEqual([0, `# ${id}`]);
  });

  it("lists all policies without an id", async () => {
    const { code, output } = await runProgram(["explain"]);
    expect(code).toBe(0);
    const listed = (id: string, description: string) =>
      new RegExp(`^  ${id} +${escaped(description)}$`, "m").test(output);
    expect(policies.filter(({ id, description }) => !listed(id, description)).map(({ id }) => id)).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    [
      "an error message of kubeadm",
      "[upgrade/apply] FATAL: failed to create etcd client for external etcd: open /etc/ssl/etcd/ssl/node-master03.pem: no such file or directory",
      ["external-etcd-files-on-every-control-plane-node"],
    ],
    [
      "an error message of kube-apiserver",
      "transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-01",
      ["external-etcd-cert-usable"],
    ],
    ["a field", "controlPlaneEndpoint", ["control-plane-endpoint-stable"]],
    [
      "an issue of Kubespray",
      "Kubespray #12626",
      ["apiservers-use-declared-etcd-files", "etcd-topology-matches-nodes"],
    ],
  ])("lists the policies about %s", async (_, message, ids) => {
    const { code, output } = await runProgram(["explain", message]);
    const listed = output.split("\n").flatMap((line) => /^ {2}(\S+)/.exec(line)?.[1] ?? []);
    expect([code, listed]).toEqual([0, ids]);
  });

  it.each([
    ["an id that is nearly one", ["control-plane-nodes-know"], "Did you mean control-plane-nodes-known?"],
    ["another id", ["no-such-thing"], "kubeadm-guard explain lists all."],
    ["two ids", ["one", "two"], "explain takes one id"],
  ])("ends with 3 for %s", async (_, args, complaint) => {
    const { code, complaints } = await runProgram(["explain", ...args]);
    expect([code, complaints]).toEqual([3, expect.stringContaining(complaint)]);
  });

  it("reads the reasons, their examples and what settles them from a table", () => {
    const page = [
      "| Reason | Data | A case of it | What settles it |",
      "| ------ | ---- | ------------ | --------------- |",
      "| `program-not-modeled` | `program`, `how` | runs a \\| b | Declare the files. |",
      "| `host-unknown` |  | the host is not known | Give an address. |",
    ].join("\n");
    expect(reasonRows(page)).toEqual([
      { id: "program-not-modeled", example: "runs a | b", settledBy: "Declare the files." },
      { id: "host-unknown", example: "the host is not known", settledBy: "Give an address." },
    ]);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

describe("check --explain", () => {
  const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-explain-"));
  const nodes = join(folder, "listing.json");
  writeFileSync(
    nodes,
    JSON.stringify({
      controlPlane: [{ name: "master01", addresses: ["10.0.0.1"] }, { name: "master02" }],
      files: {
        master01: [
          { path: "/etc/a", link: "b" },
          { path: "/etc/b", mode: "0600" },
        ],
        master02: [],
      },
    }),
  );
  const CONFIG = externalEtcd({ certFile: "/etc/a" });
  const checkWith = (...args: readonly string[]) =>
    runProgram(["check", "--kubeadm-config", "-", "--nodes", nodes, ...args], CONFIG);

  it("tells every operation that touched a path on a node, and what is thought to be there", async () => {
    const { output } = await checkWith("--explain", "10.0.0.1:/etc/a", "--explain", "master02:/etc/a");
    expect(output.split("\n")).toEqual([
      "/etc/a on master01",
      "  1. listing listing.json (listing) links /etc/a to b.",
      "  2. listing listing.json (listing) writes /etc/b (mode 0600).",
      "  Present: the file is /etc/b, from listing listing.json (listing).",
      "",
      "/etc/a on master02",
      "  1. No known source touches it on master02.",
      "  Missing: no such file or directory (the listing listing.json lists all files of the node).",
      "",
    ]);
  });

  it("leaves the exit code as it is, and adds the chain to the JSON", async () => {
    const plain = await checkWith("--format", "json");
    const { code, output } = await checkWith("--format", "json", "--explain", "master01:/etc/passwd");
    expect(code).toBe(plain.code);
    expect(JSON.parse(output).clusters[0].explained).toMatchObject([
      { node: "master01", path: "/etc/passwd", cell: { presence: "missing", history: [] } },
    ]);
  });

  it.each([
    ["an unknown node", ["--explain", "master03:/etc/a"], "They are master01, master02."],
    ["no path", ["--explain", "master01"], "--explain is NODE:PATH"],
  ])("ends with 3 for %s", async (_, args, complaint) => {
    const { code, output, complaints } = await checkWith(...args);
    expect([code, output, complaints]).toEqual([3, "", expect.stringContaining(complaint)]);
  });

  it("needs the nodes", async () => {
    const { code, complaints } = await runProgram(["check", "--kubeadm-config", "-", "--explain", "m:/a"], CONFIG);
    expect([code, complaints]).toEqual([3, expect.stringContaining("--explain needs the nodes.")]);
  });
});

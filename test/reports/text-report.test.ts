import { describe, expect, it } from "vitest";
import { textReport } from "../../reports/text-report";
import { cell, clean, cluster, finding, policy, refused, report } from "./helpers/fixture-report";

const CHECKED =
  "Checked by kubeadm-guard 0.1.0 at 2026-11-23T12:00:00.000Z: prod config.yaml; SHA-256 of prod config.yaml: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

describe("the report for people", () => {
  it("says the verdict, what was looked at, the findings, what is undecided, and what kubeadm would say", () => {
    expect(textReport(refused)).toBe(
      [
        "prod: refused. 1 critical, 1 high advisory, 1 undecided, which is not a pass, 1 remark; checked as kubeadm 1.30 (kubernetesVersion v1.30.14; --kubeadm for another)",
        "2 control-plane nodes and 1 etcd host from inventory inventory.ini, files from the layout of Kubespray v2.25.0",
        "",
        "CRITICAL  external-etcd-files-on-every-control-plane-node",
        "  etcd.external names the files of master02; master01 does not have them.",
        "    node       certFile node-master02.pem",
        "    master01   missing (has node-master01.pem)",
        "    master02   present",
        "  On master01 kubeadm upgrade fails: failed to create etcd client for external etcd: open /etc/ssl/etcd/ssl/node-master02.pem: no such file or directory",
        "  Fix: Use one name on every node.",
        "  Details: kubeadm-guard explain external-etcd-files-on-every-control-plane-node",
        "",
        "advisory  control-plane-endpoint-stable",
        "  It is empty.",
        "  Fix: Put it there.",
        "  Details: kubeadm-guard explain control-plane-endpoint-stable",
        "",
        "remark  control-plane-nodes-known",
        "  A path stands there twice.",
        "",
        "undecided  external-etcd-cert-usable",
        "  what \\x1b[31m <b>it</b> is & was (concerns on master01)",
        "  To settle it: Look. (kubeadm-guard explain template-not-rendered)",
        "",
        "2 policies passed, 1 does not apply (--verbose lists them)",
        "",
        "Predicted result of kubeadm upgrade node phase control-plane:",
        "  master01  fails    open /etc/ssl/etcd/ssl/node-master02.pem: no such file or directory",
        "  master02  unknown  depends on the content of the file",
        "",
        CHECKED,
        "",
      ].join("\n"),
    );
  });

  it("says with nothing found what was looked at", () => {
    expect(textReport(clean)).toBe(
      [
        "prod: nothing found; checked as kubeadm 1.30 (kubernetesVersion v1.30.14; --kubeadm for another)",
        "2 control-plane nodes and 1 etcd host from inventory inventory.ini, files from the layout of Kubespray v2.25.0",
        "",
        "1 policy passed (--verbose lists it)",
        "",
        CHECKED,
        "",
      ].join("\n"),
    );
  });

  it("says that nothing was looked at on nodes where none is known", () => {
    const { coverage } = cluster();
    const unknown = cluster({ coverage: { ...coverage, controlPlaneNodes: null, etcdHosts: [], nodesFrom: [] } });
    expect(textReport(report(unknown))).toContain(
      "\nNo control-plane node is known: only the text was checked, not what is on any node\n",
    );
  });

  it("lists each policy with its outcome if asked", () => {
    const text = textReport(refused, { verbose: true });
    expect(text).toContain("\n  fail            external-etcd-files-on-every-control-plane-node\n");
    expect(text).toContain("\n  pass            kubeadm-config-valid\n");
    expect(text).toContain("\n  not applicable  kubeadm-config-upgradeable: no upgrade is declared\n");
  });

  it("colors its own labels only, and nothing unless asked", () => {
    const colored = textReport(refused, { color: true });
    expect(colored).toContain("\u001b[1;31mCRITICAL\u001b[0m  external-etcd-files-on-every-control-plane-node");
    expect(colored).toContain("what \\x1b[31m <b>it</b> is");
    expect(textReport(refused)).not.toContain("\u001b");
  });

  it("names the page of a policy where the project has one", () => {
    const tool = { ...refused.tool, homepage: "https://example.org/kubeadm-guard/#readme" };
    expect(textReport({ ...refused, tool })).toContain(
      "Details: https://example.org/kubeadm-guard/docs/policies/control-plane-endpoint-stable.md",
    );
  });

  it("shows those that lack a file first, and those of which the same is said in one row", () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({
      node: `m${index}`,
      cells: [cell(index === 29 ? { presence: "missing", source: null } : {})],
    }));
    const files = { files: [{ field: "caFile", path: "/etc/ca.pem", line: null }], rows };
    const failing = policy("external-etcd-files-on-every-control-plane-node", { findings: [finding({})] });
    const lines = textReport(report(cluster({ outcomes: [failing], files }))).split("\n");
    expect(lines.filter((line) => line.endsWith("missing"))).toEqual(["    m29       missing"]);
    expect(lines.filter((line) => line.endsWith("present"))).toEqual(["    m0..m28   present"]);
  });

  it("shows at most 20 kinds of nodes", () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({
      node: `m${index}`,
      cells: [cell({ presence: "missing", source: null, instead: `/etc/${"x".repeat(index)}.pem` })],
    }));
    const files = { files: [{ field: "caFile", path: "/etc/ca.pem", line: null }], rows };
    const failing = policy("external-etcd-files-on-every-control-plane-node", { findings: [finding({})] });
    const lines = textReport(report(cluster({ outcomes: [failing], files }))).split("\n");
    expect(lines.filter((line) => line.includes("missing (has"))).toHaveLength(20);
    expect(lines).toContain("    and 10 more");
  });

  it("tells a fix once, and says so where it holds for what is accepted too", () => {
    const findings = [finding({}), finding({ level: "accepted", text: "Accepted.", fingerprint: "b" })];
    const outcomes = [policy("external-etcd-files-on-every-control-plane-node", { findings })];
    const lines = textReport(report(cluster({ outcomes }))).split("\n");
    expect(lines.filter((line) => line.startsWith("  Fix: "))).toEqual([
      expect.not.stringContaining("above"),
      "  Fix: As for external-etcd-files-on-every-control-plane-node above.",
    ]);
  });

  it("predicts the result once for all nodes that have it, by name for a few", () => {
    const predictions = Array.from({ length: 30 }, (_, index) => ({
      node: `m${index}`,
      ok: index !== 7,
      error: index === 7 ? "open /a: permission denied" : null,
      why: null,
    }));
    const few = textReport(report(cluster({ predictions: predictions.slice(0, 5) }))).split("\n");
    expect(few.slice(-4)).toEqual(["  m0, m1, m2, m3, m4  ok", "", CHECKED, ""]);
    const many = textReport(report(cluster({ predictions }))).split("\n");
    expect(many.slice(-6)).toEqual([
      "Predicted result of kubeadm upgrade node phase control-plane:",
      "  m7                         fails    open /a: permission denied",
      "  29 nodes: m0..m6, m8..m29  ok",
      "",
      CHECKED,
      "",
    ]);
  });
});

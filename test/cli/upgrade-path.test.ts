import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inventoryText } from "../evidence/kubespray/inventories";
import { externalEtcd } from "../helpers/cluster";
import { runCheck, runProgram } from "./helpers/run-check";

const DIR = "/etc/ssl/etcd/ssl";
const TEXT = externalEtcd({
  certFile: `${DIR}/node-m3.pem`,
  keyFile: `${DIR}/node-m3-key.pem`,
  caFile: `${DIR}/ca.pem`,
});
const inventory = join(mkdtempSync(join(tmpdir(), "upgrade-path-")), "inventory.ini");
writeFileSync(inventory, inventoryText(["m1", "m2", "m3"], ["e1"]));

describe("check --kubespray A..B", () => {
  it("walks the upgrade path of kubespray 11500 and says where it stops", async () => {
    const { output } = await runProgram(["check", "--inventory", inventory, "--kubespray", "v2.25.1..v2.26.0"], TEXT);
    const lines = output.split("\n");
    expect(lines.slice(lines.indexOf("Upgrade path:"), -3)).toEqual([
      "Upgrade path:",
      "  Kubespray  Kubernetes  etcd     the kubeadm-config names  kubeadm      afterwards it names",
      "  v2.26.0    1.30        v3.5.12  node-m3.pem               stops on m1  node-m3.pem",
      `  v2.26.0 on m1: failed to create etcd client for external etcd: open ${DIR}/node-m3.pem: no such file or directory`,
      "  Order of each step: etcd first, then the control-plane nodes one after the other in the order of the inventory, then the workers; check again before the next.",
    ]);
  });

  it.each([
    ["a step that stops", "v2.25.1..v2.26.0", 1, ["pathStops"]],
    ["links of an earlier release, which stay", "v2.26.1..v2.27.0", 0, []],
    ["an end before the target", "v2.28.1..v2.99.0", 0, ["pathEndsEarly"]],
  ])("decides the exit code: %s", async (_title, range, expected, messages) => {
    const { code, report } = await runCheck(["--inventory", inventory, "--kubespray", range], TEXT);
    const upgradeable = report.clusters[0].outcomes.find(({ policy }) => policy === "kubeadm-config-upgradeable");
    expect({ code, messages: upgradeable?.findings.map(({ message }) => message) }).toEqual({
      code: expected,
      messages,
    });
  });

  it("says at which step, on which node and with which words", async () => {
    const { output } = await runProgram(["check", "--inventory", inventory, "--kubespray", "v2.25.1..v2.26.0"], TEXT);
    expect(output).toContain("The upgrade path stops at Kubespray v2.26.0 (Kubernetes 1.30) on m1.");
    expect(output).toContain(`kubeadm would fail there: failed to create etcd client for external etcd: open ${DIR}`);
  });

  it.each(["v2.27.0..v2.25.0", "v2.26.0..v2.26.0"])("%s goes nowhere: a usage error", async (range) => {
    const { code, complaints } = await runProgram(["check", "--inventory", inventory, "--kubespray", range], TEXT);
    expect({ code, complaints }).toEqual({ code: 3, complaints: expect.stringContaining("is the older one") });
  });

  it("gives the same in JSON, and --upgrade-to ends the walk", async () => {
    const args = ["--inventory", inventory, "--kubespray", "v2.25.1..v2.28.1", "--upgrade-to", "v1.31"];
    const { report } = await runCheck(args, TEXT);
    expect(report.clusters[0]).toMatchObject({
      upgradePath: {
        steps: [
          { kubespray: "v2.26.1", kubernetes: "1.30" },
          { kubespray: "v2.27.1", kubernetes: "1.31" },
          { kubespray: "v2.28.1", kubernetes: "1.31" },
        ],
      },
    });
  });

  it.each([["v2.25.0.."], ["..v2.26.0"], ["v2.25.0..master"]])("%s is a usage error", async (range) => {
    const { code, complaints } = await runProgram(["check", "--inventory", inventory, "--kubespray", range], TEXT);
    expect(code).toBe(3);
    expect(complaints).toContain("or two releases such as v2.25.0..v2.28.0");
  });
});

describe("check --upgrade-to", () => {
  it("without Kubespray walks the minor releases by kubeadm alone", async () => {
    const args = ["check", "--kubeadm-config", "-", "--upgrade-to", "v1.31.4"];
    const { output } = await runProgram(args, TEXT.replace("v1beta3", "v1beta2"));
    const lines = output.split("\n");
    expect(lines.slice(lines.indexOf("Upgrade path:"), -3)).toEqual([
      "Upgrade path:",
      "  Kubernetes  etcd              the kubeadm-config names  kubeadm  afterwards it names",
      "  1.30        v3.4.13 or newer  node-m3.pem               stops    node-m3.pem",
      "  1.31        v3.5.24 or newer  node-m3.pem               passes   node-m3.pem",
      "  1.30: kubeadm 1.30 cannot read v1beta2: run kubeadm config migrate with kubeadm v1.22 before.",
      '  1.30: failed to decode cluster configuration data: no kind "ClusterConfiguration" is registered for version "kubeadm.k8s.io/v1beta2" in scheme "pkg/runtime/scheme.go:100"',
      "  Order of each step: etcd first where it is older, then kubeadm upgrade apply on the first control-plane node and kubeadm upgrade node on the others, one after the other, then the kubelets and the workers; check again before the next.",
    ]);
  });

  it.each(["html", "markdown"])("is shown in %s as well", async (format) => {
    const args = ["check", "--kubeadm-config", "-", "--upgrade-to", "v1.31.4", "--format", format];
    const { output } = await runProgram(args, TEXT);
    expect(output).toContain("Upgrade path<");
    expect(output).toContain("  1.31        v3.5.24 or newer  node-m3.pem");
  });
});

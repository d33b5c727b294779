import { describe, expect, it } from "vitest";
import type { Cluster, MatchedKubeadmRun } from "../../cluster/cluster";
import { controlPlaneEndpointStable as policy } from "../../policies/control-plane-endpoint-stable";
import { clusterFrom } from "../helpers/cluster";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const config = (endpoint: string) =>
  `apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.14\n${endpoint === "" ? "" : `controlPlaneEndpoint: "${endpoint}"\n`}`;
const masters = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `master0${index + 1}`,
    addresses: [`192.168.10.1${index + 1}`],
  }));
const JOIN: MatchedKubeadmRun = {
  source: { name: "join-master02", kind: "command:remote:Command" },
  machine: { by: "name", name: "master02" },
  nodes: ["master02"],
  command: "join-control-plane",
  config: false,
  uploadCerts: false,
  certificateKey: true,
  flags: ["--control-plane"],
};
const cluster = (endpoint: string, count: number, runs: readonly MatchedKubeadmRun[] = []): Cluster => ({
  ...clusterFrom(config(endpoint), { name: "prod", controlPlaneNodes: masters(count) }),
  kubeadmRuns: runs,
});
const found = (subject: Cluster) => {
  const outcome = policy.check(subject, NOW);
  return outcome.kind === "fail"
    ? outcome.findings.map(({ message, level }) => `${message} ${level ?? "mandatory"}`)
    : outcome.kind;
};

describe("a cluster", () => {
  it.each([
    ["of three nodes behind a load balancer passes", cluster("api.example.com:6443", 3), "pass"],
    ["of three nodes without an endpoint can still be upgraded", cluster("", 3), ["missing advisory"]],
    ["that a node joins without an endpoint", cluster("", 3, [JOIN]), ["missing mandatory"]],
    [
      "that a node might join without an endpoint",
      cluster("", 3, [{ ...JOIN, undecided: { id: "conditional-step", data: { on: "machine" } } }]),
      ["missing advisory"],
    ],
    [
      "of three nodes with the address of one of them, as Kubespray has it",
      cluster("192.168.10.11:6443", 3),
      ["addressOfOneNode advisory"],
    ],
    [
      "of three nodes with the name of one of them and no port",
      cluster("master02", 3, [JOIN]),
      ["addressOfOneNode advisory"],
    ],
    ["of three nodes with the IPv6 address of something else passes", cluster("[fd00::1]:6443", 3), "pass"],
    ["of one node needs no endpoint", cluster("", 1), "not-applicable"],
    ["of one node may have its own address", cluster("192.168.10.11:6443", 1), "not-applicable"],
    ["of unknown nodes is not checked", cluster("", 0), "not-applicable"],
  ])("%s", (_title, subject, findings) => {
    expect(found(subject)).toEqual(findings);
  });

  it("that may have more nodes than one is undecided without an endpoint", () => {
    const one = cluster("", 1);
    const nodes = one.controlPlane.kind === "known" ? one.controlPlane.nodes : [];
    const more = [{ reason: { id: "kubeadm-node-unnamed", data: {} } }] as const;
    expect(found({ ...one, controlPlane: { kind: "known", nodes, more } })).toBe("undecided");
  });

  it("whose text cannot be read is undecided", () => {
    expect(found(clusterFrom("{{ broken", { name: "prod", controlPlaneNodes: masters(3) }))).toBe("undecided");
  });
});

describe("the message", () => {
  it("says what a join would say", () => {
    const subject = cluster("", 3, [JOIN]);
    const outcome = policy.check(subject, NOW);
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    expect(policy.messages["missing"]?.([first], subject)).toMatchInlineSnapshot(`
      "data.ClusterConfiguration: controlPlaneEndpoint is empty, and the cluster has several control-plane nodes.
      kubeadm join --control-plane (join-master02) would fail: unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address
      Fix: set controlPlaneEndpoint to the name or address of a load balancer in front of the API servers, such as api.example.com:6443.
      Before that, the certificate of every API server must name the new host (apiServer.certSANs), or clients reject it.
      kubeadm does not support turning a cluster that was created without this field into a highly available one."
    `);
  });
});

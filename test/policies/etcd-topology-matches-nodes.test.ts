import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import { kubernetesObjects } from "../../evidence/live-cluster/kubernetes-objects";
import { readLiveCluster } from "../../evidence/live-cluster/read-live-cluster";
import { etcdTopologyMatchesNodes as policy } from "../../policies/etcd-topology-matches-nodes";
import { runProgram } from "../cli/helpers/run-check";
import { clusterFrom, externalEtcd, settingsOfCase } from "../helpers/cluster";
import { apiServerPod, etcdPod, list, nodeObject } from "../helpers/kubectl-output";
import { recordedClusters } from "../helpers/recorded-clusters";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const HEAD = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.14\n";
const LOCAL = `${HEAD}etcd:\n  local:\n    dataDir: /var/lib/etcd\n`;
const MASTERS = ["master01", "master02", "master03"].map((name, index) => ({
  name,
  addresses: [`192.168.10.1${index + 1}`],
}));
const ETCD = ["etcd01", "etcd02", "etcd03"].map((name, index) => ({ name, addresses: [`192.168.10.2${index + 1}`] }));
const cluster = (text: string, settings: Partial<ClusterSettings> = {}) =>
  clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, etcdHosts: ETCD, ...settings });
const checked = (text: string, settings: Partial<ClusterSettings> = {}) => {
  const outcome = policy.check(cluster(text, settings), NOW);
  return outcome.kind === "fail"
    ? outcome.findings.map(({ message, level }) => `${message} ${level ?? "mandatory"}`)
    : outcome.kind;
};

describe("etcd on hosts of its own", () => {
  it.each([
    ["kubespray 12626: etcd.local", LOCAL, ["localButElsewhere mandatory"]],
    ["nothing about etcd", HEAD, ["localButElsewhere mandatory"]],
    ["an empty etcd", `${HEAD}etcd: {}\n`, ["localButElsewhere mandatory"]],
    ["external, misspelt", `${HEAD}etcd:\n  externel:\n    endpoints: []\n`, ["misspelt mandatory"]],
    ["external, in capitals", `${HEAD}etcd:\n  External:\n    endpoints: []\n`, ["misspelt mandatory"]],
    ["external", externalEtcd({ caFile: "/etc/etcd/ca.crt" }), "pass"],
  ])("%s", (_title, text, findings) => {
    expect(checked(text)).toEqual(findings);
  });

  it("one member outside the control plane is enough", () => {
    expect(checked(LOCAL, { etcdHosts: [...MASTERS.slice(0, 2), ...ETCD.slice(0, 1)] })).toEqual([
      "localButElsewhere mandatory",
    ]);
  });

  it("is undecided while no control-plane node is known", () => {
    expect(checked(LOCAL, { controlPlaneNodes: [] })).toBe("undecided");
  });
});

describe("etcd on the control-plane nodes", () => {
  it.each([
    ["etcd.local, members declared by name", LOCAL, { etcdHosts: MASTERS.map(({ name }) => ({ name })) }, "pass"],
    [
      "etcd.local, members declared by address",
      LOCAL,
      { etcdHosts: MASTERS.map(({ addresses }, index) => ({ name: `e${index}`, addresses })) },
      "pass",
    ],
    ["external, as Kubespray has it", externalEtcd({ caFile: "/etc/etcd/ca.crt" }), { etcdHosts: MASTERS }, "pass"],
    [
      "etcd.local, kubeadm's files not shown by the program",
      LOCAL,
      { etcdHosts: MASTERS, files: [{ path: "/etc/etcd/ca.crt" }] },
      "pass",
    ],
    [
      "etcd.local, but Kubespray's own members",
      LOCAL,
      {
        etcdHosts: MASTERS,
        unlisted: "missing" as const,
        files: [
          { nodes: ["master01"], path: "/etc/ssl/etcd/ssl/member-master01.pem" },
          { nodes: ["master02", "master03"], path: "/etc/kubernetes/pki/etcd/healthcheck-client.crt" },
        ],
      },
      ["localButOnHost mandatory"],
    ],
    [
      "etcd.local, with a file of Kubespray's own members, where nothing shows whether kubeadm's are there",
      LOCAL,
      { etcdHosts: MASTERS, files: [{ nodes: ["master01"], path: "/etc/ssl/etcd/ssl/member-master01.pem" }] },
      ["localButOnHost advisory"],
    ],
    [
      "etcd.local, with files left from Kubespray's members",
      LOCAL,
      {
        etcdHosts: MASTERS,
        files: [
          { path: "/etc/ssl/etcd/ssl/member-master01.pem" },
          { path: "/etc/kubernetes/pki/etcd/healthcheck-client.crt" },
        ],
      },
      "pass",
    ],
    [
      "kubespray 5886: etcd.local, and all files are listed without kubeadm's",
      LOCAL,
      { etcdHosts: MASTERS, unlisted: "missing" as const },
      Array<string>(3).fill("healthcheckMissing mandatory"),
    ],
  ])("%s", (_title, text, settings, findings) => {
    expect(checked(text, settings)).toEqual(findings);
  });
});

describe("clusters without declared etcd hosts", () => {
  it.each([
    ["etcd.local", LOCAL, "not-applicable"],
    ["external", externalEtcd({}), "not-applicable"],
    ["external, misspelt", `${HEAD}etcd:\n  externel: {}\n`, ["misspelt mandatory"]],
    ["a text that cannot be read", "{{ broken", "undecided"],
  ])("%s", (_title, text, findings) => {
    expect(checked(text, { etcdHosts: [] })).toEqual(findings);
  });
});

describe("the recorded clusters", () => {
  const expected: Readonly<Record<string, string>> = {
    "local-etcd-but-hosts-are-external": "localButElsewhere",
    "local-etcd-static-pods-no-files": "healthcheckMissing",
    "neither-local-nor-external": "localButElsewhere",
    "external-misspelt": "misspelt",
  };
  it.each(recordedClusters("clusters").map((one) => [one.id, one] as const))("%s", (id, one) => {
    const text = one.configMap.data["ClusterConfiguration"] ?? "";
    const outcome = policy.check(clusterFrom(text, settingsOfCase(one)), NOW);
    expect(outcome.kind === "fail" ? outcome.findings[0]?.message : undefined).toBe(expected[id]);
  });
});

describe("the messages", () => {
  const written = (id: string, settings: Partial<ClusterSettings> = {}) => {
    const subject = cluster(LOCAL, settings);
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    return policy.messages[id]?.([first, ...rest], subject);
  };

  it("name the etcd hosts outside the control plane", () => {
    expect(written("localButElsewhere")).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:5: etcd is local, but etcd is declared on etcd01, etcd02, etcd03, outside the control plane.
      kubeadm treats etcd as its own and looks for its pods on the control-plane nodes (kubespray 12626).
      kubeadm upgrade would fail on each of them after a minute: failed to create etcd client: could not retrieve the list of etcd endpoints: context deadline exceeded
      Fix: find out what runs etcd (systemctl status etcd on those hosts, a pod etcd-NODE in kube-system). Only if it runs outside kubeadm, replace etcd.local with etcd.external, including its endpoints, caFile, certFile and keyFile."
    `);
  });

  it("name the nodes without kubeadm's files", () => {
    expect(written("healthcheckMissing", { etcdHosts: MASTERS, unlisted: "missing" })).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:5: etcd is local, but kubeadm's own etcd files are missing on master01, master02, master03.
      kubeadm upgrade would fail there: failed to create etcd client: open /etc/kubernetes/pki/etcd/healthcheck-client.crt: no such file or directory, or a minute later because there are no etcd pods (kubespray 5886).
      Fix: find out what runs etcd (a pod etcd-NODE in kube-system, or a service). If it is kubeadm's own, restore the files with kubeadm init phase certs etcd-healthcheck-client --cert-dir /etc/kubernetes/pki; only if it is not, replace etcd.local with etcd.external."
    `);
  });
});

describe("etcd.local beside the certificate of one of Kubespray's members", () => {
  const member = { nodes: ["master01"], path: "/etc/ssl/etcd/ssl/member-master01.pem" };
  const text = (settings: Partial<ClusterSettings>) => {
    const subject = cluster(LOCAL, { etcdHosts: MASTERS, ...settings });
    const outcome = policy.check(subject, NOW);
    const [first, ...rest] = outcome.kind === "fail" ? outcome.findings : [];
    if (first === undefined) throw new Error("it must fail");
    return { outcome, text: policy.messages["localButOnHost"]?.([first, ...rest], subject) };
  };

  it("advises external only if a service runs etcd, and otherwise to keep local", () => {
    expect(text({ files: [member] }).text).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:5: etcd is local, but files of an etcd that was set up without kubeadm are on master01.
        master01  has /etc/ssl/etcd/ssl/member-master01.pem
      If that etcd still runs there, kubeadm upgrade would fail after a minute: failed to create etcd client: could not retrieve the list of etcd endpoints: context deadline exceeded (kubespray 12626).
      Fix: find out what runs etcd there (systemctl status etcd, or a pod etcd-NODE in kube-system). If it is a service, replace etcd.local with etcd.external, including its endpoints, caFile, certFile and keyFile. If it is kubeadm's pod, keep etcd.local: the files are left over."
    `);
  });

  it("leaves open whether kubeadm's own certificate is there, where nobody looked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "topology-"));
    const [config, nodes] = [join(folder, "config.yaml"), join(folder, "nodes.yaml")];
    writeFileSync(config, LOCAL);
    writeFileSync(
      nodes,
      [
        "controlPlane: [{name: master01, addresses: [192.168.10.11]}]",
        "etcdHosts: [{name: master01, addresses: [192.168.10.11]}]",
        "searched: [/etc/ssl/etcd]",
        "files: {master01: [{path: /etc/ssl/etcd/ssl/member-master01.pem}]}",
      ].join("\n"),
    );
    const { code, output } = await runProgram(["check", "--kubeadm-config", config, "--nodes", nodes]);
    rmSync(folder, { recursive: true });
    expect(code).toBe(2);
    expect(output).toContain("concerns /etc/kubernetes/pki/etcd/healthcheck-client.crt on master01");
  });

  it("says what kubeadm would say where its own certificate is missing", () => {
    expect(text({ files: [member], unlisted: "missing" }).text).toContain(
      "failed to create etcd client: open /etc/kubernetes/pki/etcd/healthcheck-client.crt: no such file or directory",
    );
  });
});

describe("what the live cluster shows of etcd", () => {
  const server = (node: string, etcdServers: readonly string[]) =>
    apiServerPod(node, { caFile: "/a/ca", certFile: "/a/c", keyFile: "/a/k", etcdServers });
  const node = nodeObject("master01", "192.168.10.11", "control-plane");
  const foundIn = (text: string, pods: readonly object[]) => {
    const live = readLiveCluster(kubernetesObjects(JSON.stringify(list([node, ...pods]))) ?? []);
    const settings = { name: "prod", controlPlaneNodes: [{ name: "master01" }] };
    const outcome = policy.check(clusterFrom(text, settings, undefined, { variables: [] }, [], live), NOW);
    return outcome.kind === "fail" ? outcome.findings.map(({ message, node }) => `${message} ${node}`) : outcome.kind;
  };
  const EXTERNAL = externalEtcd({ caFile: "/etc/etcd/ca.crt" });
  it.each([
    [
      "etcd.local, and an API server that runs with hosts of its own (kubespray 12626)",
      LOCAL,
      [server("master01", ["https://192.168.10.21:2379"])],
      ["localButServed master01"],
    ],
    [
      "etcd.local, and an API server that runs with its node's etcd",
      LOCAL,
      [server("master01", ["https://127.0.0.1:2379"])],
      "not-applicable",
    ],
    ["etcd.local at the node's address", LOCAL, [server("master01", ["https://192.168.10.11:2379"])], "not-applicable"],
    [
      "etcd.local, with an etcd Pod",
      LOCAL,
      [server("master01", ["https://192.168.10.21:2379"]), etcdPod("master01")],
      "not-applicable",
    ],
    ["etcd.external, with an etcd Pod", EXTERNAL, [etcdPod("master01")], ["externalButPods master01"]],
    ["etcd.external, without one", EXTERNAL, [server("master01", ["https://192.168.10.21:2379"])], "not-applicable"],
  ])("%s", (_title, text, pods, findings) => {
    expect(foundIn(text, pods)).toEqual(findings);
  });
});

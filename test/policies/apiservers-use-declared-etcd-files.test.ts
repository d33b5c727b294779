import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../cluster/cluster-settings";
import type { ApiServer } from "../../cluster/live-cluster";
import { apiserversUseDeclaredEtcdFiles as policy } from "../../policies/apiservers-use-declared-etcd-files";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const NOW = { now: new Date("2026-11-23T12:00:00Z") };
const DIR = "/etc/ssl/etcd/ssl";
const ETCD = ["https://192.168.10.21:2379"];
const TEXT = externalEtcd({
  caFile: `${DIR}/ca.pem`,
  certFile: `${DIR}/node-master03.pem`,
  keyFile: `${DIR}/node-master03-key.pem`,
});

/** A kube-apiserver of a node that runs with the files of `owner`. */
function server(node: string, owner: string, etcdServers: readonly string[] = ETCD): ApiServer {
  const [certFile, keyFile] = [`${DIR}/node-${owner}.pem`, `${DIR}/node-${owner}-key.pem`];
  return {
    node,
    pod: `kube-apiserver-${node}`,
    version: "v1.29.10",
    caFile: `${DIR}/ca.pem`,
    certFile,
    keyFile,
    etcdServers,
    filesOnNode: [`${DIR}/ca.pem`, certFile, keyFile],
  };
}

function checked(apiServers: readonly ApiServer[], files: readonly FileSettings[] = [], text = TEXT) {
  const controlPlaneNodes = ["master01", "master02", "master03"].map((name) => ({ name }));
  const live = { nodes: [], apiServers, etcdPodNodes: [] };
  const cluster = clusterFrom(text, { name: "prod", controlPlaneNodes, files }, undefined, undefined, [], live);
  const outcome = policy.check(cluster, NOW);
  const findings = outcome.kind === "fail" ? outcome.findings : outcome.kind === "pass" ? outcome.remarks : [];
  const [first, ...more] = findings;
  const said = first === undefined ? "" : (policy.messages[first.message]?.([first, ...more], cluster) ?? "");
  return { kind: outcome.kind, found: findings.map(({ message, node, level }) => [message, node, level]), said };
}

describe("what kube-apiserver runs with, beside what the kubeadm-config names", () => {
  it("each with its own node's certificate, as in kubespray 11500, differs on all but one node", () => {
    const { kind, found, said } = checked(["master01", "master02", "master03"].map((node) => server(node, node)));
    expect([kind, found]).toEqual([
      "fail",
      [
        ["otherFiles", "master01", "advisory"],
        ["otherFiles", "master02", "advisory"],
      ],
    ]);
    expect(said).toContain(
      "kube-apiserver uses other etcd files than the kubeadm-config names, on 2 of 3 control-plane nodes.",
    );
    expect(said).toContain(
      "  master01  certFile node-master01.pem (the configuration names node-master03.pem), keyFile node-master01-key.pem (the configuration names node-master03-key.pem)",
    );
    expect(said).toContain(
      `What matters is whether the files are there: run ls -lL ${DIR}/node-master03.pem ${DIR}/node-master03-key.pem`,
    );
  });

  it("is a remark where the node has the named files all the same, as links of Kubespray", () => {
    const links = [".pem", "-key.pem"].flatMap((end) => [
      { nodes: ["master01"], path: `${DIR}/node-master01${end}` },
      { nodes: ["master01"], path: `${DIR}/node-master03${end}`, link: `node-master01${end}` },
    ]);
    const { kind, found, said } = checked([server("master01", "master01")], links);
    expect([kind, found]).toEqual(["pass", [["otherFiles", "master01", "advisory"]]]);
    expect(said).toContain("Each of these nodes has them, as copies or links, so the upgrade finds them.");
  });

  it.each<[string, string, string]>([
    ["an IPv6 address in a longer form", "https://[FD00:0:0::21]:2379", "https://[fd00::21]:2379"],
    ["a host name in capitals, with a final dot", "https://ETCD1.example.org.:2379", "https://etcd1.example.org:2379"],
    ["a slash at the end", "https://10.0.0.1:2379/", "https://10.0.0.1:2379"],
    ["a scheme in capitals", "HTTPS://10.0.0.1:2379", "https://10.0.0.1:2379"],
  ])("takes %s for the same endpoint", (_title, running, declared) => {
    const text = TEXT.replace("https://192.168.10.21:2379", declared);
    expect(checked([server("master01", "master03", [running])], [], text)).toMatchObject({ kind: "pass", found: [] });
  });

  it.each([
    ["another port", "https://10.0.0.1:2378"],
    ["another scheme", "http://10.0.0.1:2379"],
    ["another host", "https://10.0.0.2:2379"],
  ])("takes %s for another one", (_title, running) => {
    const text = TEXT.replace("https://192.168.10.21:2379", "https://10.0.0.1:2379");
    expect(checked([server("master01", "master03", [running])], [], text).found).toEqual([
      ["otherEndpoints", "master01", "advisory"],
    ]);
  });

  it("does not speak of Kubespray where etcd is kubeadm's own", () => {
    const local = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\netcd: {local: {}}\n";
    const { found, said } = checked([server("master01", "master01", ["https://127.0.0.1:2379"])], [], local);
    expect(found).toEqual([["otherFiles", "master01", "advisory"]]);
    expect(said).not.toMatch(/kubespray/i);
  });

  it("passes where every API server runs with the named files", () => {
    expect(checked([server("master01", "master03"), server("master02", "master03")])).toMatchObject({
      kind: "pass",
      found: [],
    });
  });

  it("names other endpoints, whatever their order", () => {
    expect(checked([server("master01", "master03", ["https://192.168.10.22:2379"])]).found).toEqual([
      ["otherEndpoints", "master01", "advisory"],
    ]);
    const two = TEXT.replace("    - https", "    - https://192.168.10.22:2379\n    - https");
    expect(checked([server("master01", "master03", [...ETCD, "https://192.168.10.22:2379"])], [], two).kind).toBe(
      "pass",
    );
  });

  it("is not asked about where no API server was read", () => {
    expect(checked([]).kind).toBe("not-applicable");
  });

  it("never shows a password in an endpoint", () => {
    const { found, said } = checked([server("master01", "master03", ["https://root:hunter2@192.168.10.22:2379"])]);
    expect(found).toEqual([["otherEndpoints", "master01", "advisory"]]);
    expect(said).not.toContain("hunter2");
  });

  it("finds the node by a name that is short", () => {
    const files = [".pem", "-key.pem"].map((end) => ({ path: `${DIR}/node-master03${end}` }));
    expect(checked([server("master01.example.com", "master01")], files).kind).toBe("pass");
  });
});

describe("what kube-apiserver runs with, where the kubeadm-config says that etcd is local", () => {
  const LOCAL = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n";
  const own = (etcdServers: readonly string[]): ApiServer => ({
    ...server("master01", "master01", etcdServers),
    caFile: "/etc/kubernetes/pki/etcd/ca.crt",
    certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
    keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
  });

  it.each(["https://127.0.0.1:2379", "https://[::1]:2379"])("kubeadm's own files and %s agree with it", (endpoint) => {
    expect(checked([own([endpoint])], [], LOCAL)).toMatchObject({ kind: "pass", found: [] });
  });

  it("an etcd that is a service of other hosts differs, as in kubespray 12626", () => {
    expect(checked([server("master01", "master01")], [], LOCAL).found).toEqual([
      ["otherFiles", "master01", "advisory"],
      ["otherEndpoints", "master01", "advisory"],
    ]);
  });

  it("extraArgs of the API server count", () => {
    const text = `${LOCAL}apiServer:\n  extraArgs:\n    etcd-servers: ${ETCD[0]}\n`;
    expect(checked([own(ETCD)], [], text).kind).toBe("pass");
  });
});

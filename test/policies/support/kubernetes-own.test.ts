import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../../cluster/cluster-settings";
import { kubernetesOwn } from "../../../policies/support/kubernetes-own";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";
import { pems } from "../../kubeadm/predict/tls-cases";

const { ca, certificate } = pems("tls-good");
const clusterOf = (files: readonly FileSettings[], text = externalEtcd({})) =>
  clusterFrom(text, { name: "prod", controlPlaneNodes: [{ name: "m1" }], files });

/** Whether a file of the cluster is Kubernetes' own. */
function isOwn(path: string, files: readonly FileSettings[], text?: string): boolean {
  const cluster = clusterOf(files, text);
  const nodes = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
  const file = nodes[0]?.files.present.find((one) => one.path === path);
  if (file === undefined) throw new Error(`m1 has no ${path}`);
  return kubernetesOwn(cluster).has(file);
}

describe("a path of Kubernetes itself", () => {
  const { hasPath } = kubernetesOwn(clusterOf([]));
  it.each([
    ["/etc/kubernetes/pki/ca.crt", true],
    ["/etc/kubernetes/pki/ca.key", true],
    ["/etc/kubernetes/pki/front-proxy-ca.crt", true],
    ["/etc/kubernetes/pki/front-proxy-client.key", true],
    ["/etc/kubernetes/pki/sa.pub", true],
    ["/etc/kubernetes/pki/apiserver.crt", true],
    ["/etc/kubernetes/ssl/apiserver-kubelet-client-key.pem", true],
    ["/etc/kubernetes/pki/apiserver-etcd-client.crt", false],
    ["/etc/kubernetes/pki/etcd/ca.crt", false],
    ["/etc/kubernetes/pki/my-ca.crt", false],
    ["/etc/kubernetes/pki/ca.crt.bak", false],
    ["/etc/etcd/ca.crt", false],
    ["/var/lib/kubelet/pki/kubelet-client-current.pem", true],
  ])("%s: %s", (path, expected) => {
    expect(hasPath(path)).toBe(expected);
  });

  it("is one in the folder that the configuration names", () => {
    const text = `${externalEtcd({})}certificatesDir: /opt/pki/\n`;
    expect(kubernetesOwn(clusterOf([], text)).hasPath("/opt/pki/ca.crt")).toBe(true);
  });

  it("is one beside the key for service accounts", () => {
    expect(kubernetesOwn(clusterOf([{ path: "/srv/pki/sa.key" }])).hasPath("/srv/pki/ca.crt")).toBe(true);
    expect(kubernetesOwn(clusterOf([{ path: "/srv/pki/sa.crt" }])).hasPath("/srv/pki/ca.crt")).toBe(false);
    expect(kubernetesOwn(clusterOf([{ path: "/srv/pki/visa.key" }])).hasPath("/srv/pki/ca.crt")).toBe(false);
  });
});

describe("a copy of a file of Kubernetes", () => {
  const OWN = "/etc/kubernetes/pki/ca.crt";
  const COPY = "/etc/etcd/ca.pem";
  it.each<readonly [string, Partial<FileSettings>, Partial<FileSettings>, boolean]>([
    ["with the same content", { content: ca }, { content: ca }, true],
    ["with the same certificate", { content: ca }, { content: `# a comment\n${ca}\n\n` }, true],
    ["with another certificate", { content: ca }, { content: certificate }, false],
    ["with another one beside it", { content: ca }, { content: `${ca}\n${certificate}` }, false],
    ["with one of its certificates", { content: `${ca}\n${certificate}` }, { content: certificate }, true],
    ["with text", { content: "a" }, { content: "a" }, true],
    ["with other text", { content: "a" }, { content: "b" }, false],
    ["with the same fingerprint, in capitals", { sha256: "ab".repeat(32) }, { sha256: "AB".repeat(32) }, true],
    ["with another fingerprint", { sha256: "ab".repeat(32) }, { sha256: "cd".repeat(32) }, false],
    ["whose content is not shown", { content: ca }, {}, false],
    ["where neither content is shown", {}, {}, false],
  ])("%s", (_title, own, copy, expected) => {
    const files = [
      { path: OWN, ...own },
      { path: COPY, ...copy },
    ];
    expect(isOwn(COPY, files)).toBe(expected);
    expect(isOwn(OWN, files)).toBe(true);
  });

  it("is none where no file of Kubernetes is known", () => {
    expect(isOwn(COPY, [{ path: COPY, content: ca }])).toBe(false);
  });
});

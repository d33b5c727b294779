import { describe, expect, it } from "vitest";
import { legibleConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import { apiserverMounts, hostPathOf, takenForMounted } from "../../../policies/support/apiserver-mounts";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";

const read = (text: string) => {
  const { configuration } = clusterFrom(text, { name: "prod" });
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  if (legible === undefined) throw new Error("it can be read");
  return legible.configuration;
};
type Files = Parameters<typeof externalEtcd>[0];
const foldersOf = (files: Files, more = "") =>
  apiserverMounts(read(externalEtcd(files) + more), 29)
    .filter(({ hostPath }) => !STANDING.includes(hostPath))
    .map(({ hostPath, mountPath }) => (hostPath === mountPath ? hostPath : `${hostPath} at ${mountPath}`));
const STANDING = apiserverMounts(
  read("apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n"),
  29,
).map(({ hostPath }) => hostPath);

describe("the folders that kubeadm mounts for an external etcd", () => {
  it("come beside those of Kubernetes and of the system", () => {
    expect(STANDING).toEqual(expect.arrayContaining(["/etc/kubernetes/pki", "/etc/ssl/certs", "/etc/ca-certificates"]));
  });

  it.each<readonly [string, Files, readonly string[]]>([
    ["one", { caFile: "/e/ca.pem", certFile: "/e/c.pem", keyFile: "/e/k.pem" }, ["/e"]],
    ["several, in order", { caFile: "/c/ca.pem", certFile: "/b/c.pem", keyFile: "/a/k.pem" }, ["/a", "/b", "/c"]],
    ["those of Kubernetes", { caFile: "/etc/kubernetes/pki/etcd/ca.crt" }, []],
    ["those whose names begin like the system's", { caFile: "/etc/ssl/certs-etcd/ca.pem" }, []],
    ["one above another", { caFile: "/e/ca.pem", certFile: "/e/sub/c.pem", keyFile: "/e/k.pem" }, ["/e"]],
    [
      "one above another that came first",
      { caFile: "/e/sub/ca.pem", certFile: "/e/c.pem", keyFile: "/e/k.pem" },
      ["/e"],
    ],
    [
      "one whose name begins like another's",
      { caFile: "/e/ca.pem", certFile: "/e-2/c.pem", keyFile: "/e/k.pem" },
      ["/e"],
    ],
    ["relative ones", { caFile: "ca.pem", certFile: "/e/c.pem", keyFile: "/e/k.pem" }, ["/e"]],
    ["ones with dots", { caFile: "/e/./x/../ca.pem" }, ["/e"]],
  ])("%s", (_title, files, expected) => {
    expect(foldersOf(files)).toEqual(expected);
  });

  it("give way to extra volumes of their names", () => {
    const volume = (name: string) =>
      `apiServer: {extraVolumes: [{name: ${name}, hostPath: /opt/x/, mountPath: /mnt/x/}]}\n`;
    expect(foldersOf({ caFile: "/e/ca.pem" }, volume("mine"))).toEqual(["/e", "/opt/x at /mnt/x"]);
    expect(foldersOf({ caFile: "/e/ca.pem" }, volume("etcd-certs-0"))).toEqual(["/opt/x at /mnt/x"]);
    expect(
      apiserverMounts(read(externalEtcd({}) + volume("k8s-certs")), 29).map(({ hostPath }) => hostPath),
    ).not.toContain("/etc/kubernetes/pki");
  });
});

describe("where the container finds a path on the host", () => {
  const mounts = [
    { hostPath: "/etc/pki", mountPath: "/etc/pki" },
    { hostPath: "/opt/etcd", mountPath: "/etc/pki/etcd" },
  ];
  it.each([
    ["/etc/pki/ca.pem", "/etc/pki/ca.pem"],
    ["/etc/pki/etcd/ca.pem", "/opt/etcd/ca.pem"],
    ["/etc/pki/etcd", "/opt/etcd"],
    ["/etc/pki/etcd-2/ca.pem", "/etc/pki/etcd-2/ca.pem"],
    ["/etc/pki/./etcd/../ca.pem", "/etc/pki/ca.pem"],
    ["/etc/pki-2/ca.pem", undefined],
  ])("%s: %s", (path, expected) => {
    expect(hostPathOf(path, mounts)?.path).toBe(expected);
    expect(hostPathOf(path, [...mounts].reverse())?.path).toBe(expected);
  });
});

describe("the folder for a part of which another is taken", () => {
  const configuration = read(externalEtcd({ caFile: "/e/ca.pem", certFile: "/e-2/c.pem", keyFile: "/e-2/k.pem" }));
  it.each([
    ["/etc/ssl/certs-etcd/ca.pem", "/etc/ssl/certs"],
    ["/etc/kubernetes/pki-etcd/ca.pem", "/etc/kubernetes/pki"],
    ["/e-2/c.pem", "/e"],
    ["/e/ca.pem", undefined],
    ["/other/ca.pem", undefined],
  ])("%s: %s", (path, expected) => {
    expect(takenForMounted(path, configuration, 29)).toBe(expected);
  });

  it("is none of etcd's where etcd is local", () => {
    const local = read("apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n");
    expect(takenForMounted("/e-2/c.pem", local, 29)).toBeUndefined();
  });
});

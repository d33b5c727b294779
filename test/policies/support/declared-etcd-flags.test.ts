import { describe, expect, it } from "vitest";
import { legibleConfiguration } from "../../../kubeadm/config/read-cluster-configuration";
import { declaredEtcdFlags, isSameServers } from "../../../policies/support/declared-etcd-flags";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";

const flagsOf = (text: string) => {
  const { configuration } = clusterFrom(text, { name: "prod" });
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  if (legible === undefined) throw new Error("it can be read");
  return declaredEtcdFlags(legible.configuration);
};
const HEAD = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\n";
const [caFile, certFile, keyFile] = ["/e/ca.pem", "/e/c.pem", "/e/k.pem"];
const etcdServers = ["https://192.168.10.21:2379"];

describe("the etcd flags by a configuration", () => {
  it.each([
    ["external etcd", externalEtcd({ caFile, certFile, keyFile }), { caFile, certFile, keyFile, etcdServers }],
    ["a CA alone", externalEtcd({ caFile }), { caFile, certFile: "", keyFile: "", etcdServers }],
    [
      "a certificate without a key",
      externalEtcd({ caFile, certFile }),
      { caFile, certFile: "", keyFile: "", etcdServers },
    ],
    [
      "a key without a certificate",
      externalEtcd({ caFile, keyFile }),
      { caFile, certFile: "", keyFile: "", etcdServers },
    ],
    [
      "local etcd",
      HEAD,
      {
        caFile: "/etc/kubernetes/pki/etcd/ca.crt",
        certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
        keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
        etcdServers: ["https://127.0.0.1:2379"],
      },
    ],
    [
      "arguments",
      `${HEAD}apiServer: {extraArgs: {etcd-cafile: /x/ca, etcd-certfile: /x/c, etcd-keyfile: /x/k, etcd-servers: "https://a:1,https://b:1"}}\n`,
      { caFile: "/x/ca", certFile: "/x/c", keyFile: "/x/k", etcdServers: ["https://a:1", "https://b:1"] },
    ],
  ])("%s", (_title, text, expected) => {
    expect(flagsOf(text)).toEqual(expected);
  });
});

describe("two lists of servers", () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ["in another order", ["https://a:1", "https://b:1"], ["https://b:1", "https://a:1"], true],
    ["with one twice", ["https://a:1", "https://a:1"], ["https://a:1"], true],
    ["with one more", ["https://a:1", "https://b:1"], ["https://a:1"], false],
    ["with one fewer", ["https://a:1"], ["https://a:1", "https://b:1"], false],
    ["with another", ["https://a:1"], ["https://b:1"], false],
    ["with another port", ["https://a:1"], ["https://a:2"], false],
    ["with another scheme", ["https://a:1"], ["http://a:1"], false],
    ["in capitals, with spaces and a slash", [" HTTPS://A:1/"], ["https://a:1"], true],
    ["with an IPv6 address, written in full", ["https://[2001:DB8::1]:1"], ["https://[2001:0db8:0::1]:1"], true],
    ["with the loopback address of the other kind", ["https://[::1]:2379"], ["https://127.0.0.1:2379"], true],
    ["with texts that are no URLs", ["a b"], ["A b"], true],
    ["with a path", ["https://a:1/x"], ["https://a:1"], false],
    ["with none", [], [], true],
  ])("%s", (_title, one, other, expected) => {
    expect(isSameServers(one, other)).toBe(expected);
  });
});

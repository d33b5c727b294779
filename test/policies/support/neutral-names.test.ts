import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../../cluster/cluster-settings";
import type { ExternalEtcdFile } from "../../../cluster/external-etcd-files";
import { neutralNames } from "../../../policies/support/neutral-names";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";

const named = (files: readonly ExternalEtcdFile[], there: readonly string[] = []) => {
  const settings: readonly FileSettings[] = there.map((path) => ({ path }));
  const cluster = clusterFrom(externalEtcd({}), {
    name: "prod",
    controlPlaneNodes: [{ name: "m1" }, { name: "m2" }],
    files: settings,
  });
  return neutralNames(cluster, files).map(({ owner, neutral }) => `${owner} ${neutral}`);
};
const certFile = (path: string): ExternalEtcdFile => ({ field: "certFile", path });
const keyFile = (path: string): ExternalEtcdFile => ({ field: "keyFile", path });
const caFile = (path: string): ExternalEtcdFile => ({ field: "caFile", path });

describe("a name for a file of one node that may be the same on every node", () => {
  it.each<readonly [string, readonly ExternalEtcdFile[], readonly string[], readonly string[]]>([
    ["is the name without the node's", [certFile("/e/node-m1.pem")], [], ["m1 /e/node.pem"]],
    ["is that of a machine that is not known", [certFile("/e/node-x1.pem")], [], ["x1 /e/node.pem"]],
    ["is none for a file of no node", [certFile("/e/client.pem")], [], []],
    ["is another where that is taken", [certFile("/e/node-m1.pem")], ["/e/node.pem"], ["m1 /e/etcd-client.pem"]],
    [
      "is one more where that is taken as well",
      [certFile("/e/node-m1.crt")],
      ["/e/node.crt", "/e/etcd-client.crt"],
      ["m1 /e/shared-etcd-client.crt"],
    ],
    [
      "is in a folder of its own where all are taken",
      [keyFile("/e/node-m1-key.pem")],
      ["/e/node-key.pem", "/e/etcd-client-key.pem", "/e/shared-etcd-client-key.pem"],
      ["m1 /etc/etcd-client/etcd-client-key.pem"],
    ],
    [
      "is another for each file",
      [certFile("/e/node-m1.pem"), keyFile("/e/node-m1-key.pem"), caFile("/e/ca-m1.pem")],
      [],
      ["m1 /e/node.pem", "m1 /e/node-key.pem", "m1 /e/ca.pem"],
    ],
    [
      "is not that of another file",
      [certFile("/e/node-m1.pem"), certFile("/e/node-m2.pem")],
      [],
      ["m1 /e/node.pem", "m2 /e/etcd-client.pem"],
    ],
    [
      "is not the name of a file of Kubernetes",
      [caFile("/etc/kubernetes/pki/ca-m1.crt")],
      [],
      ["m1 /etc/kubernetes/pki/etcd-ca.crt"],
    ],
    ["has the ending of a key", [keyFile("/e/m1.key")], [], ["m1 /e/etcd-client.key"]],
    [
      "has an ending where there is none",
      [certFile("/e/m1")],
      ["/e/etcd-client.pem"],
      ["m1 /e/shared-etcd-client.pem"],
    ],
  ])("%s", (_title, files, there, expected) => {
    expect(named(files, there)).toEqual(expected);
  });
});

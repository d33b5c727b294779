import { describe, expect, it } from "vitest";
import type { FileSettings } from "../../cluster/cluster-settings";
import { externalEtcdFilesNamedForEveryNode as policy } from "../../policies/external-etcd-files-named-for-every-node";
import { neutralPath } from "../../policies/support/node-name-in-path";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const checked = (certFile: string, nodes: readonly string[], files: readonly FileSettings[] = []) =>
  policy.check(
    clusterFrom(externalEtcd({ certFile }), {
      name: "prod",
      controlPlaneNodes: nodes.map((name) => ({ name })),
      files,
    }),
    NOW,
  );
const THREE = ["master01", "master02", "master03"];
const OF_MASTER03 = "/etc/ssl/etcd/ssl/node-master03.pem";

describe("file names in the shared configuration", () => {
  it.each([
    ["one that carries a node's name is advised against", OF_MASTER03, THREE, "fail"],
    ["one that carries it in another case as well", "/etc/etcd/Master03.pem", THREE, "fail"],
    ["one that is the same for every node is fine", "/etc/etcd/client.pem", THREE, "pass"],
    ["one that only begins like a node's name is fine", "/etc/etcd/node-master031.pem", THREE, "pass"],
    ["a folder called after a node does not count", "/etc/master03/client.pem", THREE, "pass"],
    ["with a single node nothing is said", "/etc/etcd/master01.pem", ["master01"], "not-applicable"],
  ])("%s", (_title, path, nodes, expected) => {
    expect(checked(path, nodes).kind).toBe(expected);
  });

  it("is a remark, not a defect, where every node has a file of that name", () => {
    expect(checked(OF_MASTER03, THREE, [{ path: OF_MASTER03 }])).toMatchObject({
      kind: "pass",
      remarks: [{ message: "namedAfterOneNode", node: "master03", level: "advisory" }],
    });
  });

  it("the remedy names Kubespray's three variables", () => {
    const outcome = checked(OF_MASTER03, THREE);
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    const cluster = clusterFrom(externalEtcd({ certFile: OF_MASTER03 }), { name: "prod" });
    const text = first === undefined ? "" : policy.messages["namedAfterOneNode"]?.([first], cluster);
    expect(text).toContain("kube_etcd_cert_file, kube_etcd_key_file and kube_etcd_cacert_file");
  });
});

describe("the neutral name that is proposed", () => {
  it.each([
    ["/etc/ssl/etcd/ssl/node-master03.pem", "/etc/ssl/etcd/ssl/node.pem"],
    ["/etc/ssl/etcd/ssl/node-master03-key.pem", "/etc/ssl/etcd/ssl/node-key.pem"],
    ["/etc/etcd/master03.pem", "/etc/etcd/etcd-client.pem"],
    ["/etc/etcd/master03.example.com.key", "/etc/etcd/example.com.key"],
  ])("for %s is %s", (path, expected) => {
    expect(neutralPath(path, "master03")).toBe(expected);
  });
});

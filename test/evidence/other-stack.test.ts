import { describe, expect, it } from "vitest";
import { assembleClusters } from "../../cluster/assemble-clusters";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import { knownConfiguration } from "../../cluster/configuration/known-configuration";
import { clusterParts } from "../../evidence/cluster-parts";
import { readStack } from "../../evidence/read-stack";
import type { StackResource } from "../../evidence/stack-resource";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { externalEtcd } from "../helpers/cluster";
import { stackResource } from "../helpers/stack-resource";

const [CA, CERT, KEY] = ["/etc/etcd/ca.pem", "/etc/etcd/client.pem", "/etc/etcd/client-key.pem"];

/** Resources of the stack that makes the machines, as `pulumi stack export` writes them. */
function machinesStack(
  ...resources: readonly { readonly type: string; readonly name: string; readonly inputs: object }[]
) {
  return JSON.stringify({
    version: 3,
    deployment: {
      resources: resources.map(({ type, name, inputs }) => ({
        urn: `urn:pulumi:dev::machines::${type}::${name}`,
        type,
        inputs,
        outputs: inputs,
      })),
    },
  });
}

const copy = (name: string, host: string, remotePath: string) => ({
  type: "command:remote:CopyToRemote",
  name,
  inputs: {
    connection: { host },
    remotePath,
    source: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", path: "file.pem" },
  },
});

const copies = (host: string, paths: readonly string[]) => paths.map((path) => copy(`${host}${path}`, host, path));

/** The clusters of a stack with one kubeadm-config for each of these settings. */
function clusters(exported: string, settings: readonly ClusterSettings[], own: readonly StackResource[] = []) {
  const parts = settings.map((one) =>
    clusterParts({
      name: one.name,
      subject: { source: { name: one.name, kind: "kubernetes:core/v1:ConfigMap" }, field: "data.ClusterConfiguration" },
      configuration: knownConfiguration(
        configurationText(externalEtcd({ caFile: CA, certFile: CERT, keyFile: KEY })),
        undefined,
      ),
      settings: one,
      documents: {
        ...(one.listing === undefined
          ? {}
          : { listing: { kind: "text", path: "/project/machines.json", text: exported } }),
        variables: [],
      },
      resolve: () => undefined,
      problems: [],
    }),
  );
  return assembleClusters(parts, readStack(own));
}

/** Each node with the files that are there, missing or undecided. */
function presences(cluster: Cluster | undefined) {
  if (cluster?.controlPlane.kind !== "known") return "no nodes";
  return Object.fromEntries(
    cluster.controlPlane.nodes.map((node) => [
      node.name,
      [CA, CERT, KEY].map((path) => node.files.presence(path).kind),
    ]),
  );
}

describe("machines in one stack and the ConfigMap in another", () => {
  const listing = "machines.json";

  it("what the machines' stack copies to nodes of the settings counts", () => {
    const exported = machinesStack(...copies("10.0.0.1", [CA, CERT, KEY]), ...copies("10.0.0.2", [CA]));
    const controlPlaneNodes = [
      { name: "m1", addresses: ["10.0.0.1"] },
      { name: "m2", addresses: ["10.0.0.2"] },
    ];
    const [cluster] = clusters(exported, [{ name: "prod", listing, controlPlaneNodes }]);
    expect(presences(cluster)).toEqual({
      m1: ["present", "present", "present"],
      m2: ["present", "missing", "missing"],
    });
  });

  it("a node of the settings may name a machine of that stack", () => {
    const type = "openstack:compute/instance:Instance";
    const vm = { type, name: "master-vm", inputs: { accessIpV4: "10.0.0.1" } };
    const exported = machinesStack(vm, ...copies("10.0.0.1", [CA]));
    const settings = { name: "prod", listing, controlPlaneNodes: [{ name: "m1", resource: "master-vm" }] };
    const [cluster] = clusters(exported, [settings]);
    expect(cluster?.problems).toEqual([]);
    expect(presences(cluster)).toEqual({ m1: ["present", "missing", "missing"] });
  });

  it("its ControlPlaneNode and NodeFile count", () => {
    const exported = machinesStack(
      { type: "kubeadm-guard:index:ControlPlaneNode", name: "m1", inputs: { addresses: ["10.0.0.1"] } },
      { type: "kubeadm-guard:index:NodeFile", name: "key", inputs: { path: KEY, nodes: ["m1"] } },
      ...copies("10.0.0.1", [CA]),
    );
    expect(presences(clusters(exported, [{ name: "prod", listing }])[0])).toEqual({
      m1: ["present", "missing", "present"],
    });
  });

  it("its runs of kubeadm make nodes, of that cluster only", () => {
    const run = (name: string, host: string, create: string) => ({
      type: "command:remote:Command",
      name,
      inputs: { connection: { host }, create },
    });
    const exported = machinesStack(run("init", "10.0.0.1", "kubeadm init --config /root/kubeadm.yaml"));
    const [prod, test] = clusters(exported, [{ name: "prod", listing }, { name: "test" }]);
    expect(prod?.controlPlane).toMatchObject({ kind: "known", nodes: [{ name: "10.0.0.1" }] });
    expect(test?.controlPlane.kind).toBe("unknown");
  });

  it("what this stack does counts as well, and after it", () => {
    const removal = stackResource("command:remote:Command", "clean", {
      connection: { host: "10.0.0.1" },
      create: `rm ${CA}`,
    });
    const exported = machinesStack(...copies("10.0.0.1", [CA, CERT, KEY]));
    const settings = { name: "prod", listing, controlPlaneNodes: [{ name: "m1", addresses: ["10.0.0.1"] }] };
    const [cluster] = clusters(exported, [settings], [removal]);
    expect(presences(cluster)).toEqual({ m1: ["missing", "present", "present"] });
  });
});

describe("components in a stack with several clusters", () => {
  const nodeOf = (name: string, cluster: string) =>
    stackResource("kubeadm-guard:index:ControlPlaneNode", name, { cluster });
  const file = stackResource("kubeadm-guard:index:NodeFile", "ca", { path: CA, cluster: "prod" });

  it("concern the cluster that they name", () => {
    const own = [nodeOf("m1", "prod"), nodeOf("t1", "test"), file];
    const [prod, test] = clusters("", [{ name: "prod" }, { name: "test" }], own);
    expect(presences(prod)).toEqual({ m1: ["present", "missing", "missing"] });
    expect(presences(test)).toEqual({ t1: ["undecided", "undecided", "undecided"] });
  });

  it("that name none of them are a problem of the first", () => {
    const [prod, test] = clusters("", [{ name: "prod" }, { name: "test" }], [nodeOf("m1", "prd")]);
    expect(prod?.problems.map((one) => one.where)).toEqual(["m1 (kubeadm-guard:index:ControlPlaneNode)"]);
    expect(test?.problems).toEqual([]);
  });
});

describe("a listing and nodes that others declare", () => {
  const text = JSON.stringify({
    controlPlane: [{ name: "m1.lan" }, { name: "m9" }],
    files: { "m1.lan": [{ path: CA }], m9: [], gateway: [{ path: CA }] },
  });

  it("tells about a node by any of its names, and nothing about machines that are not nodes of the settings", () => {
    const controlPlaneNodes = [{ name: "M1" }, { name: "m2" }];
    const [cluster] = clusters(text, [{ name: "prod", listing: "nodes.json", controlPlaneNodes }]);
    expect(presences(cluster)).toEqual({
      M1: ["present", "missing", "missing"],
      m2: ["undecided", "undecided", "undecided"],
    });
    expect(cluster?.unknownHosts).toEqual([]);
    expect(cluster?.otherHosts.map((node) => node.name)).toEqual(["m9", "gateway"]);
  });
});

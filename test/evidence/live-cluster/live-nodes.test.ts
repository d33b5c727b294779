import { describe, expect, it } from "vitest";
import type { LiveCluster } from "../../../cluster/live-cluster";
import { clusterFrom, externalEtcd } from "../../helpers/cluster";

const CERTIFICATE = "/etc/etcd/client.pem";
const LIVE: LiveCluster = {
  nodes: ["master01", "master02"].map((name, index) => ({
    name,
    addresses: [`192.168.10.1${index}`],
    isControlPlane: true,
    kubelet: undefined,
  })),
  apiServers: ["master01", "master02"].map((node) => ({
    node,
    pod: `kube-apiserver-${node}`,
    version: "v1.29.10",
    caFile: "",
    certFile: CERTIFICATE,
    keyFile: "",
    etcdServers: [],
    filesOnNode: [CERTIFICATE],
  })),
  etcdPodNodes: [],
};

/** Whether each control-plane node has the certificate, beside settings and a listing of master01. */
function presence(settings: object, listing?: object): readonly string[] {
  const { controlPlane } = clusterFrom(
    externalEtcd({ certFile: CERTIFICATE }),
    { name: "prod", ...(listing === undefined ? {} : { listing: "nodes.json" }), ...settings },
    undefined,
    {
      variables: [],
      ...(listing === undefined
        ? {}
        : { listing: { kind: "text", path: "/nodes.json", text: JSON.stringify(listing) } as const }),
    },
    [],
    LIVE,
  );
  const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
  return nodes.map(({ name, files }) => `${name}: ${files.presence(CERTIFICATE).kind}`);
}

describe("API servers and the nodes that others name", () => {
  it("runs on a node that an inventory knows by another name and the same address", () => {
    const controlPlaneNodes = [{ name: "cp1", addresses: ["192.168.10.10"] }, { name: "master02" }];
    expect(presence({ controlPlaneNodes })).toEqual(["cp1: present", "master02: present"]);
  });

  it("counts for less than a listing that has looked at its files since", () => {
    expect(presence({}, { files: { master01: [] } })).toEqual(["master01: missing", "master02: present"]);
  });

  it("counts where a listing has looked elsewhere", () => {
    const listing = { files: { master01: [] }, searched: ["/etc/kubernetes"] };
    expect(presence({}, listing)).toEqual(["master01: present", "master02: present"]);
  });
});

describe("control-plane nodes of the live cluster", () => {
  /** The nodes, and what leaves it open who they are. */
  function nodesOf(controlPlaneNodes: readonly { name: string; addresses?: string[] }[], live: LiveCluster) {
    const settings = { name: "prod", controlPlaneNodes };
    const { controlPlane } = clusterFrom(
      externalEtcd({ certFile: CERTIFICATE }),
      settings,
      undefined,
      { variables: [] },
      [],
      live,
    );
    if (controlPlane.kind !== "known") return [];
    return [
      ...controlPlane.nodes.map(({ name }) => name),
      ...controlPlane.more.map(({ reason }) => JSON.stringify(reason)),
    ];
  }
  const unnamed = (node: string) => JSON.stringify({ id: "live-node-not-named", data: { node } });

  it("that the settings do not name leave it open who the nodes are", () => {
    expect(nodesOf([{ name: "master01" }], LIVE)).toEqual(["master01", unnamed("master02")]);
  });

  it("are those of the settings by name or by address", () => {
    const named = [{ name: "MASTER01" }, { name: "cp2", addresses: ["192.168.10.11"] }];
    expect(nodesOf(named, LIVE)).toEqual(["MASTER01", "cp2"]);
  });

  it("are also those without the label on which a kube-apiserver runs", () => {
    const nodes = LIVE.nodes.map((node) => ({ ...node, isControlPlane: node.name === "master01" }));
    expect(nodesOf([], { ...LIVE, nodes })).toEqual(["master01", "master02"]);
  });
});

import type { Evidence } from "../../cluster/evidence";
import type { ApiServer, LiveCluster } from "../../cluster/live-cluster";
import type { Node } from "../../cluster/node";
import { publicName } from "../../machine/public-text";

/** The control-plane nodes that a live cluster shows: those with the label, and those on which a kube-apiserver runs without it. */
export function liveControlPlane({ nodes, apiServers }: LiveCluster): readonly Node[] {
  const labeled = nodes.filter(({ isControlPlane }) => isControlPlane).map(({ name }) => name);
  const names = new Set([...labeled, ...apiServers.map(({ node }) => node)]);
  return [...names].map((name) => nodeOf(name, nodes.find((one) => one.name === name)?.addresses ?? []));
}

function nodeOf(name: string, addresses: readonly string[]): Node {
  return { name, otherNames: [], addresses, declaredBy: { name: `node ${publicName(name)}`, kind: "kubectl" } };
}

/** A kube-apiserver that runs with a file has opened it: the file was on its node when it started. */
export function apiServerEvidence(server: ApiServer): Evidence {
  const { node, pod, filesOnNode } = server;
  return {
    source: { name: publicName(pod), kind: "kubectl" },
    machine: { by: "name", name: node },
    operations: filesOnNode.map((path) => ({ do: "put", to: { kind: "file", path }, content: { kind: "not-shown" } })),
  };
}

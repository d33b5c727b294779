import { describe, expect, it } from "vitest";
import { isObserved, observedCluster } from "../../../evidence/live-cluster/observed-cluster";
import type { ValueRecord } from "../../../evidence/value";
import { UNKNOWN } from "../../../shell/unknown";
import { stackResource } from "../../helpers/stack-resource";

const NODE = {
  metadata: { name: "master01", labels: { "node-role.kubernetes.io/control-plane": "" } },
  status: { addresses: [{ type: "InternalIP", address: "192.168.10.11" }] },
};
const POD = {
  metadata: { name: "kube-apiserver-master01", labels: { component: "kube-apiserver" } },
  spec: {
    nodeName: "master01",
    containers: [{ command: ["kube-apiserver", "--etcd-certfile=/etc/etcd/client.pem"] }],
  },
  status: { containerStatuses: [{ ready: true, state: { running: { startedAt: "2026-11-01T09:00:00Z" } } }] },
};
const node = (inputs: ValueRecord) => stackResource("kubeadm-guard:index:ObservedNode", "n", inputs);
const pod = (inputs: ValueRecord) => stackResource("kubeadm-guard:index:ObservedPod", "p", inputs);

describe("live objects that a program shows", () => {
  it("are read as those that kubectl prints", () => {
    expect(observedCluster([node(NODE), pod(POD)], "prod", true)).toMatchObject({
      nodes: [{ name: "master01", addresses: ["192.168.10.11"], isControlPlane: true }],
      apiServers: [{ node: "master01", certFile: "/etc/etcd/client.pem" }],
    });
  });

  it.each<readonly [string, ValueRecord, boolean, number]>([
    ["name no cluster and there is one", {}, true, 1],
    ["name no cluster and there are several", {}, false, 0],
    ["name this cluster", { cluster: "prod" }, false, 1],
    ["name another cluster", { cluster: "test" }, true, 0],
    ["name one that is not known before the update", { cluster: UNKNOWN }, true, 0],
  ])("count for a cluster where they %s: %#", (_title, more, isOnly, count) => {
    expect(observedCluster([pod({ ...POD, ...more })], "prod", isOnly)?.apiServers ?? []).toHaveLength(count);
  });

  it("show nothing while they are not known", () => {
    expect(observedCluster([pod({ metadata: UNKNOWN, spec: UNKNOWN, status: UNKNOWN })], "prod", true)).toBeUndefined();
  });

  it("are reported by their type", () => {
    expect(
      ["ObservedNode", "ObservedPod", "NodeFile"].map((type) => isObserved(`kubeadm-guard:index:${type}`)),
    ).toEqual([true, true, false]);
  });
});

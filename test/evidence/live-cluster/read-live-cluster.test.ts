import { describe, expect, it } from "vitest";
import { liveControlPlane } from "../../../evidence/live-cluster/live-evidence";
import { readLiveCluster } from "../../../evidence/live-cluster/read-live-cluster";
import { apiServerPod, nodeObject } from "../../helpers/kubectl-output";

const FLAGS = {
  caFile: "/etc/etcd/ca.pem",
  certFile: "/etc/etcd/client.pem",
  keyFile: "/etc/etcd/client-key.pem",
  etcdServers: ["https://10.0.0.21:2379", "https://10.0.0.22:2379"],
};
const objects = (...all: readonly object[]) => readLiveCluster(all.map((one) => ({ ...one })));

describe("Nodes and Pods of a live cluster", () => {
  it("a node with today's label and one with the old one are control-plane nodes, a worker is not", () => {
    const live = objects(
      nodeObject("cp1", "10.0.0.1", "control-plane"),
      nodeObject("cp2", "10.0.0.2", "master"),
      nodeObject("w1", "10.0.0.9", "worker"),
    );
    expect(live && liveControlPlane(live).map(({ name, addresses }) => [name, addresses])).toEqual([
      ["cp1", ["10.0.0.1"]],
      ["cp2", ["10.0.0.2"]],
    ]);
  });

  it("where no node bears a label, those that run kube-apiserver are the control-plane nodes", () => {
    const live = objects(nodeObject("cp1", "10.0.0.1", "worker"), apiServerPod("cp1", FLAGS));
    expect(live && liveControlPlane(live)).toMatchObject([{ name: "cp1", addresses: ["10.0.0.1"] }]);
  });

  it("reads what kube-apiserver runs with", () => {
    expect(objects(apiServerPod("cp1", FLAGS))?.apiServers).toEqual([
      {
        node: "cp1",
        pod: "kube-apiserver-cp1",
        version: "v1.29.10",
        ...FLAGS,
        filesOnNode: [FLAGS.caFile, FLAGS.certFile, FLAGS.keyFile],
      },
    ]);
  });

  it("gives a file's path on the node, where the mount has another path in the Pod", () => {
    const pod = JSON.parse(
      JSON.stringify(apiServerPod("cp1", FLAGS)).replace(
        '"hostPath":{"path":"/etc/etcd"',
        '"hostPath":{"path":"/srv/etcd/"',
      ),
    );
    expect(objects(pod)?.apiServers[0]?.certFile).toBe("/srv/etcd/client.pem");
  });

  it("a file that no hostPath mount shows lies in the image, and says nothing about the node", () => {
    const pod = JSON.parse(JSON.stringify(apiServerPod("cp1", FLAGS)).replace("hostPath", "emptyDir"));
    expect(objects(pod)?.apiServers[0]).toMatchObject({ certFile: FLAGS.certFile, filesOnNode: [] });
  });

  it("a kube-apiserver that does not run says nothing about its files", () => {
    expect(
      objects(nodeObject("cp1", "10.0.0.1", "control-plane"), apiServerPod("cp1", FLAGS, "waiting"))?.apiServers,
    ).toEqual([]);
  });

  it.each([
    ["nothing", []],
    ["a ConfigMap", [{ kind: "ConfigMap" }]],
  ])("of %s nothing is read", (_title, all) => {
    expect(objects(...all)).toBeUndefined();
  });

  it.each([
    ["null in every place", { kind: "Pod", metadata: null, spec: null, status: null }],
    ["lists where maps should be", { kind: "Node", metadata: [], status: [] }],
    [
      "a container without words",
      {
        kind: "Pod",
        metadata: { labels: { component: "kube-apiserver" } },
        spec: { nodeName: "a", containers: [7] },
        status: { containerStatuses: [{ ready: true, state: { running: {} } }] },
      },
    ],
  ])("%s does not stop the reading", (_title, odd) => {
    expect(() => objects(odd)).not.toThrow();
  });
});

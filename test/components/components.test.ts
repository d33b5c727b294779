import * as pulumi from "@pulumi/pulumi";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ControlPlaneNode, NodeFile, ObservedKubeadmConfig, ObservedNode, ObservedPod } from "../../components/index";
import { controlPlaneNode, nodeFile } from "../../evidence/components";
import { isObserved } from "../../evidence/live-cluster/observed-cluster";

interface Registration {
  readonly type: string;
  readonly inputs: unknown;
}

const registered = new Map<string, Registration>();

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, type, inputs }) => {
      registered.set(name, { type, inputs });
      return { id: `${name}-id`, state: inputs };
    },
    call: () => ({}),
  }),
);
beforeEach(() => registered.clear());

/** What the engine is told about a component. */
async function registration(component: pulumi.ComponentResource, name: string): Promise<Registration | undefined> {
  await new Promise((resolve) => component.urn.apply(resolve));
  return registered.get(name);
}

class Machine extends pulumi.CustomResource {
  constructor(name: string) {
    super("openstack:compute/instance:Instance", name, {});
  }
}

describe("a component", () => {
  it("ControlPlaneNode is registered with the URN of its machine, under the token that the pack reads", async () => {
    const vm = new Machine("vm");
    const component = new ControlPlaneNode("m1", { name: "master01", addresses: ["192.168.10.11"], resource: vm });
    const told = await registration(component, "m1");
    expect(told?.inputs).toEqual({
      name: "master01",
      addresses: ["192.168.10.11"],
      resource: "urn:pulumi:stack::project::openstack:compute/instance:Instance::vm",
    });
    expect(controlPlaneNode.reads(told?.type ?? "")).toBe(true);
  });

  it("ControlPlaneNode needs no arguments", async () => {
    expect((await registration(new ControlPlaneNode("master01"), "master01"))?.inputs).toEqual({});
  });

  it("NodeFile is registered with its arguments, under the token that the pack reads", async () => {
    const args = { path: "/etc/etcd/ca.pem", nodes: ["m1"], mode: "0644", content: pulumi.output("PEM") };
    const told = await registration(new NodeFile("ca", args), "ca");
    expect(told?.inputs).toEqual({ path: "/etc/etcd/ca.pem", nodes: ["m1"], mode: "0644", content: "PEM" });
    expect(nodeFile.reads(told?.type ?? "")).toBe(true);
  });

  it("ObservedKubeadmConfig is registered with the data of the ConfigMap", async () => {
    const data = pulumi.output({ ClusterConfiguration: "kind: ClusterConfiguration" });
    const told = await registration(new ObservedKubeadmConfig("prod", { data }), "prod");
    expect(told).toEqual({
      type: "kubeadm-guard:index:ObservedKubeadmConfig",
      inputs: { data: { ClusterConfiguration: "kind: ClusterConfiguration" } },
    });
  });

  it("ObservedNode and ObservedPod are registered with the live objects, under tokens that the pack reads", async () => {
    const [metadata, spec, status] = [{ name: "master01" }, { nodeName: "master01" }, {}];
    const node = await registration(new ObservedNode("node", { metadata: pulumi.output(metadata), status }), "node");
    const pod = await registration(new ObservedPod("pod", { metadata, spec, status }), "pod");
    expect([node?.inputs, pod?.inputs]).toEqual([
      { metadata, status },
      { metadata, spec, status },
    ]);
    expect([node, pod].map((told) => isObserved(told?.type ?? ""))).toEqual([true, true]);
  });
});

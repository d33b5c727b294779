import { describe, expect, it } from "vitest";
import type { DeclaredNode } from "../../cluster/declared-node";
import { nodesFromComponents } from "../../cluster/nodes-from-components";
import type { StackParts } from "../../cluster/stack-parts";
import { graph, node, urn } from "../helpers/evidence";

const CONNECTIONS = graph({ eip: ["vm1"], vm2: ["nic"], other: [] }, { vm1: {}, vm2: {} });

function component(name: string, more: Partial<DeclaredNode> & { readonly addresses?: readonly string[] } = {}) {
  const { addresses = [], ...rest } = more;
  const declaredBy = { name: `component ${name}`, kind: "kubeadm-guard:index:ControlPlaneNode" };
  return { node: node(name, { addresses, declaredBy }), machine: undefined, ...rest };
}

function stack(...nodes: readonly DeclaredNode[]): StackParts {
  return { evidence: [], kubeadmRuns: [], nodes, plannedPems: new Map(), graph: CONNECTIONS, precedes: () => false };
}

const leadsTo = (...names: readonly string[]): DeclaredNode["machine"] => ({
  by: "connection",
  host: undefined,
  resources: names.map((name) => urn(name)),
});

describe("nodes that components declare", () => {
  it("are added to those that the settings declare", () => {
    const { nodes } = nodesFromComponents([node("m1")], stack(component("m2")), [], false);
    expect(nodes.map((one) => one.name)).toEqual(["m1", "m2"]);
  });

  it("give addresses and a machine to a node of that name, whose settings have the last word", () => {
    const declared = [node("m1.lan", { addresses: ["10.0.0.1"] }), node("m2", { resource: urn("vm2") })];
    const machine = { by: "resource", urn: urn("vm1") } as const;
    const parts = stack(
      component("M1", { addresses: ["10.0.0.1", "10.0.0.9"], machine }),
      component("m2", { machine }),
    );
    expect(nodesFromComponents(declared, parts, [], false).nodes).toEqual([
      { ...node("m1.lan"), addresses: ["10.0.0.1", "10.0.0.9"], resource: urn("vm1") },
      node("m2", { resource: urn("vm2") }),
    ]);
  });

  it("are one node if two components have one name", () => {
    const parts = stack(component("m1", { addresses: ["10.0.0.1"] }), component("M1", { addresses: ["10.0.0.2"] }));
    const { nodes } = nodesFromComponents([], parts, [], false);
    expect(nodes.map((one) => one.addresses)).toEqual([["10.0.0.1", "10.0.0.2"]]);
  });

  it.each<[string, DeclaredNode["machine"], string | undefined]>([
    ["the machine itself", { by: "resource", urn: urn("vm1") }, "vm1"],
    ["the machine that an address was made from", leadsTo("eip"), "vm1"],
    ["the machine that has a NIC", leadsTo("nic"), "vm2"],
    ["a resource that no table knows for a machine", leadsTo("other"), "other"],
    ["none of two machines", leadsTo("vm1", "vm2"), undefined],
    ["nothing", undefined, undefined],
  ])("have for their resource: %s", (_title, machine, resource) => {
    const { nodes } = nodesFromComponents([], stack(component("m1", { machine })), [], false);
    expect(nodes[0]?.resource).toBe(resource === undefined ? undefined : urn(resource));
  });

  describe("in a stack with several clusters", () => {
    it("belong to the cluster that they name", () => {
      expect(nodesFromComponents([], stack(component("m1", { cluster: "prod" })), [], true)).toMatchObject({
        nodes: [{ name: "m1" }],
        unplaced: [],
      });
    });

    it("belong to the cluster that declares a node of that name", () => {
      const { nodes, unplaced } = nodesFromComponents([node("m1")], stack(component("m1")), [], true);
      expect([nodes.length, unplaced]).toEqual([1, []]);
    });

    it("may be anybody's otherwise, which is reported", () => {
      expect(nodesFromComponents([], stack(component("m1")), [], true)).toEqual({
        nodes: [],
        unplaced: [
          {
            reason: { id: "component-without-cluster", data: {} },
            source: expect.objectContaining({ name: "component m1" }),
          },
        ],
      });
    });
  });
});

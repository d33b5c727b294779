import { describe, expect, it } from "vitest";
import type { Machine } from "../../cluster/evidence";
import { machineBehind, type NodeMatch, nodeIdentity } from "../../cluster/node-identity";
import { graph, node, urn } from "../helpers/evidence";

const masters = [
  node("master01", { addresses: ["192.168.10.11"] }),
  node("master02", { addresses: ["192.168.10.12"] }),
  node("master03.example.com", { addresses: ["2001:db8::13"] }),
];
const others = [node("etcd01", { addresses: ["192.168.10.21"] })];
const to = (host: string | undefined, ...resources: readonly string[]): Machine => ({
  by: "connection",
  host,
  resources: resources.map((name) => urn(name)),
});

/** `master01`, `maybe master01,master02`, `elsewhere` or `unknown host HOST`, for tables. */
function shown(match: NodeMatch): string {
  if (match.kind === "unknown-host") return `unknown host ${match.host}`;
  if (match.kind === "elsewhere") return "elsewhere";
  return `${match.kind === "maybe" ? "maybe " : ""}${match.nodes.map((one) => one.name).join(",")}`;
}

describe("a connection whose host is known", () => {
  const match = nodeIdentity(
    masters,
    others,
    [],
    graph({ floating: ["master02"] }, { master02: { addresses: ["10.9.9.9"] } }),
  );
  it.each([
    ["is the node with that address", to("192.168.10.11"), "master01"],
    ["is the node of that name, in whatever case", to("MASTER02"), "master02"],
    ["is the node whose only FQDN begins with it", to("master03"), "master03.example.com"],
    ["is the node whose short name it extends", to("master01.example.com"), "master01"],
    ["is the node with that IPv6 address, in brackets", to("[2001:DB8::13]"), "master03.example.com"],
    ["is the node with that IPv6 address, written in full", to("2001:0db8:0:0:0:0:0:13"), "master03.example.com"],
    ["is elsewhere when it is a known etcd host", to("192.168.10.21"), "elsewhere"],
    ["is the node whose VM shows that address", to("10.9.9.9"), "master02"],
    ["is the node whose VM the address was made from", to("203.0.113.7", "floating"), "master02"],
    ["is an unknown host when nothing knows it", to("192.168.10.99"), "unknown host 192.168.10.99"],
    ["is not a node because its digits begin alike", to("192.168.10.1"), "unknown host 192.168.10.1"],
  ])("%s", (_title, machine, expected) => {
    expect(shown(match(machine))).toBe(expected);
  });
});

describe("a connection to one of several machines behind a host, by port", () => {
  const behind = (port: number, host = "gw"): Machine => ({
    by: "connection",
    host: host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`,
    port,
    behind: host,
    resources: [],
  });
  const BY_PORT = [node("master01", { addresses: ["GW:2201"] }), node("master02", { addresses: ["10.0.0.2"] })];
  const IPV6 = [node("master01", { addresses: ["[2001:db8::1]:2201"] })];
  it.each<readonly [string, Parameters<typeof nodeIdentity>[0], Machine, string]>([
    ["is the node with that host and port", BY_PORT, behind(2201), "master01"],
    ["may be a node with another port of the host", BY_PORT, behind(2202), "maybe master01"],
    ["may be a node with the bare host", [node("m1", { addresses: ["gw"] })], behind(2202), "maybe m1"],
    ["may be a node of that name", [node("gw"), node("m2")], behind(2202), "maybe gw"],
    ["may be a node that is also called so", [node("m1", { otherNames: ["gw:1"] })], behind(2202), "maybe m1"],
    ["may be a node with another port of the IPv6 address", IPV6, behind(2202, "2001:db8::1"), "maybe master01"],
    [
      "is an unknown host where no node has a port of it",
      [node("gw2"), node("m2")],
      behind(2202),
      "unknown host gw:2202",
    ],
  ])("%s", (_title, nodes, machine, expected) => {
    expect(shown(nodeIdentity(nodes, [], [], graph({}))(machine))).toBe(expected);
  });

  it("has the host and the port for its reason", () => {
    expect(nodeIdentity(BY_PORT, [], [], graph({}))(behind(2202))).toMatchObject({
      reason: { id: "shared-by-port", data: { host: "gw", port: 2202 } },
    });
  });
});

describe("a connection to an address that two nodes are declared with", () => {
  it("may be either", () => {
    const twins = [node("m1", { addresses: ["10.0.0.1"] }), node("m2", { addresses: ["10.0.0.1"] })];
    expect(shown(nodeIdentity(twins, [], [], graph({}))(to("10.0.0.1")))).toBe("maybe m1,m2");
  });
});

describe("a connection whose host is not known yet", () => {
  const machines = { master01: {}, master02: {}, "master03.example.com": {}, worker01: {}, jump: {} };
  const stack = graph(
    { eip: [], "eip-association": ["eip", "master01"], floating: ["master02"], nic: [], key: [] },
    machines,
  );
  const withMachines = masters.map((one) => ({ ...one, resource: urn(one.name) }));
  it.each([
    ["is the node whose VM it comes from", to(undefined, "master01"), "master01"],
    ["is the node behind a floating address", to(undefined, "floating"), "master02"],
    [
      "is not a node when it comes from a worker's VM and every node has its own",
      to(undefined, "worker01"),
      "elsewhere",
    ],
    ["may be any node when it comes from nothing", to(undefined), "maybe master01,master02,master03.example.com"],
    ["may be one of two when it comes from two VMs", to(undefined, "master01", "master02"), "maybe master01,master02"],
    ["ignores a key that it was made from as well", to(undefined, "key", "master01"), "master01"],
  ])("%s", (_title, machine, expected) => {
    expect(shown(nodeIdentity(withMachines, others, [machine], stack)(machine))).toBe(expected);
  });

  it("is the node beside the bastion that all connections share", () => {
    const connections = [to(undefined, "jump", "master01"), to(undefined, "jump", "master02")];
    const match = nodeIdentity(withMachines, others, connections, stack);
    expect(connections.map((one) => shown(match(one)))).toEqual(["master01", "master02"]);
  });

  it("is the node behind an address that an association gives to its VM", () => {
    const associated = graph({ eip: [] }, machines);
    const association = urn("link", "aws:ec2/eipAssociation:EipAssociation");
    const withLink = {
      machines: associated.machines,
      dependencies: new Map([...associated.dependencies, [association, [urn("eip"), urn("master01")]]]),
    };
    const machine = to(undefined, "eip");
    expect(shown(nodeIdentity(withMachines, others, [machine], withLink)(machine))).toBe("master01");
  });

  it("is the node whose VM was made from the NIC it connects to", () => {
    const withNic = graph({ nic: [], master01: ["nic"] }, machines);
    const machine = to(undefined, "nic");
    expect(shown(nodeIdentity(withMachines, others, [machine], withNic)(machine))).toBe("master01");
  });
});

describe("two nodes whose short names are the same", () => {
  it("a short host name means neither", () => {
    const twins = [node("cp.a.example.com"), node("cp.b.example.com")];
    expect(shown(nodeIdentity(twins, [], [], graph({}))(to("cp")))).toBe("unknown host cp");
  });
});

describe("a machine that is told otherwise than by a connection", () => {
  const reason = { id: "machine-unknown", data: {} } as const;
  const withMachine = [node("m1", { resource: urn("vm1") }), node("m2"), node("m3")];
  const etcd = [node("e1", { resource: urn("vm-e1") })];
  const match = nodeIdentity(withMachine, etcd, [], graph({ nic: ["vm1"] }, { vm1: {}, "vm-e1": {}, other: {} }));
  const words = (more: Partial<Extract<Machine, { readonly by: "words" }>>): Machine => ({
    by: "words",
    words: [],
    resources: [],
    reason,
    ...more,
  });
  const inventory = (hosts: readonly string[] | undefined): Machine => ({
    by: "inventory",
    path: "hosts.yaml",
    kubespray: undefined,
    hosts,
    reason,
  });
  it.each<readonly [string, Machine, string]>([
    ["every control-plane node", { by: "every-control-plane-node" }, "m1,m2,m3"],
    ["the name of a node", { by: "name", name: "M2" }, "m2"],
    ["the name of another machine", { by: "name", name: "e1" }, "elsewhere"],
    ["a name that is not known", { by: "name", name: "x1" }, "unknown host x1"],
    ["the machine of a node", { by: "resource", urn: urn("vm1") }, "m1"],
    ["another machine that is known", { by: "resource", urn: urn("vm-e1") }, "elsewhere"],
    ["a machine that is not known: a node without one", { by: "resource", urn: urn("other") }, "maybe m2,m3"],
    ["a resource that is not a machine: any node", { by: "resource", urn: urn("nic") }, "maybe m1,m2,m3"],
    ["words that name nodes", words({ words: ["m2", "x", "M2", "m3"] }), "maybe m2,m3"],
    ["words that name none", words({ words: ["x"] }), "elsewhere"],
    ["words that come from a node's machine", words({ resources: [urn("nic")] }), "maybe m1"],
    ["words that name none, or any", words({ words: ["x"], orAny: true }), "maybe m1,m2,m3"],
    ["words that name another machine, or any", words({ words: ["x", "e1"], orAny: true }), "elsewhere"],
    ["words of another machine, or any", words({ resources: [urn("vm-e1")], orAny: true }), "elsewhere"],
    ["words that name a node, or any", words({ words: ["m3"], orAny: true }), "maybe m3"],
    ["an inventory with a node", inventory(["m1", "x", "m1"]), "maybe m1"],
    ["an inventory without a node", inventory(["x"]), "elsewhere"],
    ["an inventory that is not known", inventory(undefined), "maybe m1,m2,m3"],
    ["some machine", { by: "unknown", reason }, "maybe m1,m2,m3"],
  ])("%s", (_title, machine, expected) => {
    expect(shown(match(machine))).toBe(expected);
  });

  it.each<readonly [string, Machine, boolean]>([
    ["by an address", to("192.168.10.11"), true],
    ["by the address of its machine", to("10.9.9.9"), true],
    ["by a machine", { by: "resource", urn: urn("vm") }, true],
    ["by its name", { by: "name", name: "master01" }, false],
    ["as one of all", { by: "every-control-plane-node" }, false],
  ])("reaches a node %s", (_title, machine, byAddress) => {
    const one = [node("master01", { addresses: ["192.168.10.11"], resource: urn("vm") })];
    const found = nodeIdentity(one, [], [], graph({}, { vm: { addresses: ["10.9.9.9"] } }))(machine);
    expect(found).toMatchObject({ kind: "nodes", byAddress });
  });

  it("has the reason of what is not known", () => {
    const unknown = nodeIdentity(masters, [], [], graph({}, { other: {} }));
    expect(unknown({ by: "resource", urn: urn("other") })).toMatchObject({ reason: { id: "machine-unknown" } });
    expect(unknown(to(undefined))).toMatchObject({ reason: { id: "host-unknown-until-update" } });
  });
});

describe("a machine of the stack that is a node or not", () => {
  it.each<readonly [string, Parameters<typeof nodeIdentity>, Machine, string]>([
    [
      "an address of another machine that is known by its name",
      [masters, others, [], graph({}, { etcd01: { addresses: ["10.9.9.9"] } })],
      to("10.9.9.9"),
      "elsewhere",
    ],
    [
      "an address that was made from a known machine's",
      [masters, others, [], graph({ eip: ["etcd01"] }, { etcd01: {} })],
      to("203.0.113.7", "eip"),
      "elsewhere",
    ],
    [
      "a machine whose names are those of a node and of another machine",
      [masters, others, [], graph({}, { vm: { names: ["master01", "etcd01"] } })],
      to(undefined, "vm"),
      "maybe master01,master02,master03.example.com",
    ],
    [
      "a machine whose names are those of two nodes",
      [masters, others, [], graph({}, { vm: { names: ["master01", "master02"] } })],
      to(undefined, "vm"),
      "maybe master01,master02,master03.example.com",
    ],
    [
      "a machine that has the name of a node with another machine",
      [[node("m1", { resource: urn("vm1") }), node("m2")], [], [], graph({}, { vm1: {}, vm2: { names: ["m1"] } })],
      to(undefined, "vm2"),
      "maybe m2",
    ],
    [
      "an address that two machines have, of which one is a node",
      [masters, [], [], graph({}, { a: { addresses: ["10.9.9.9"] }, master02: { addresses: ["10.9.9.9"] } })],
      to("10.9.9.9"),
      "master02",
    ],
    [
      "an address that a machine has which is not a node",
      [masters, [], [], graph({}, { a: { addresses: ["10.9.9.9"] } })],
      to("10.9.9.9"),
      "unknown host 10.9.9.9",
    ],
    [
      "a host that is known, from two machines",
      [masters, [], [], graph({}, { master01: {}, master02: {} })],
      to("203.0.113.7", "master01", "master02"),
      "unknown host 203.0.113.7",
    ],
    [
      "what was made from itself",
      [masters, [], [], graph({ a: ["b"], b: ["a", "master02"] }, { master02: {} })],
      to(undefined, "a"),
      "master02",
    ],
    [
      "a resource that others use which are not associations",
      [masters, [], [], graph({ key: [], record: ["key", "master01"] }, { master01: {} })],
      to(undefined, "key"),
      "maybe master01,master02,master03.example.com",
    ],
  ])("%s", (_title, parameters, machine, expected) => {
    expect(shown(nodeIdentity(...parameters)(machine))).toBe(expected);
  });
});

describe("the machine behind a connection", () => {
  const connections = [to(undefined, "jump", "vm1"), to(undefined, "jump", "vm2")];
  const machines = graph(
    { eip: ["vm1"] },
    { jump: {}, vm1: { addresses: ["10.0.0.1"] }, vm2: { addresses: ["10.0.0.2"] }, vm3: { addresses: ["10.0.0.2"] } },
  );
  const behind = machineBehind(connections, machines);
  it.each<readonly [string, Machine, string | undefined]>([
    ["is the resource itself", { by: "resource", urn: urn("x") }, "x"],
    ["is the one with the address", to("10.0.0.1"), "vm1"],
    ["is the one with the address, whatever it comes from", to("10.0.0.1", "vm2"), "vm1"],
    ["is none of two with the address", to("10.0.0.2"), undefined],
    ["is the one of two with the address that it comes from", to("10.0.0.2", "vm3"), "vm3"],
    ["is the one that an address was made from", to(undefined, "eip"), "vm1"],
    ["is not the one that all connections share", to(undefined, "jump", "vm2"), "vm2"],
    ["is the shared one where there is no other", to(undefined, "jump"), "jump"],
    ["is none of two", to(undefined, "vm1", "vm2"), undefined],
    ["is none where nothing is known", to(undefined), undefined],
    ["is none of a name", { by: "name", name: "vm1" }, undefined],
  ])("%s", (_title, machine, expected) => {
    expect(behind(machine)).toBe(expected === undefined ? undefined : urn(expected));
  });
});

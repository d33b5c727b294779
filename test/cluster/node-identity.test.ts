import { describe, expect, it } from "vitest";
import type { Machine } from "../../cluster/evidence";
import { type NodeMatch, nodeIdentity } from "../../cluster/node-identity";
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
  const behind = (port: number): Machine => ({
    by: "connection",
    host: `gw:${port}`,
    port,
    behind: "gw",
    resources: [],
  });
  const match = nodeIdentity(
    [node("master01", { addresses: ["GW:2201"] }), node("master02", { addresses: ["10.0.0.2"] })],
    [],
    [],
    graph({}),
  );
  const byHost = nodeIdentity([node("master01", { addresses: ["gw"] })], [], [], graph({}));
  it.each([
    ["is the node with that host and port", match(behind(2201)), "master01"],
    ["may be a node with another port of the host", match(behind(2202)), "maybe master01"],
    ["may be a node with the bare host", byHost(behind(2202)), "maybe master01"],
  ])("%s", (_title, matched, expected) => {
    expect(shown(matched)).toBe(expected);
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

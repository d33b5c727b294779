import type { Urn } from "../machine/source";
import { urnType } from "../machine/urn";
import type { Reason } from "../reasons/reason";
import { append } from "./append";
import type { Machine } from "./evidence";
import type { MachineGraph } from "./machine-graph";
import type { Node } from "./node";
import { hostText, NodeNames } from "./node-names";

/** Which nodes a source is about. */
export type NodeMatch =
  | { readonly kind: "nodes"; readonly nodes: readonly Node[]; readonly byAddress: boolean }
  /** Possibly one of these nodes, which decides nothing. */
  | { readonly kind: "maybe"; readonly nodes: readonly Node[]; readonly reason: Reason }
  /** A machine that is known not to be one of the nodes. */
  | { readonly kind: "elsewhere" }
  /** A known host that is not a known machine. */
  | { readonly kind: "unknown-host"; readonly host: string };

const MACHINE_UNKNOWN: Reason = { id: "machine-unknown", data: {} };
const HOST_UNKNOWN: Reason = { id: "host-unknown-until-update", data: {} };

/** Matches machines to nodes. */
export type MatchMachine = (machine: Machine) => NodeMatch;

/**
 * Builds the rule that matches a machine to control-plane nodes (docs/architecture.md, "Which node a machine is").
 *
 * `nodes` are the cluster's control-plane nodes, `others` all other machines that are known (etcd hosts, other hosts,
 * nodes of other clusters), `connections` every connection of the stack: those that several nodes' connections share
 * (a bastion, a key) cannot distinguish nodes.
 */
export function nodeIdentity(
  nodes: readonly Node[],
  others: readonly Node[],
  connections: readonly Machine[],
  graph: MachineGraph,
): MatchMachine {
  const index = new MachineIndex(nodes, others, graph);
  const shared = sharedCandidates(connections.map((machine) => index.candidates(machine)));
  return (machine) => {
    switch (machine.by) {
      case "every-control-plane-node":
        return { kind: "nodes", nodes, byAddress: false };
      case "name":
        return matchName(machine.name, index);
      case "resource":
        return matchCandidates([index.candidate(machine.urn)], index, MACHINE_UNKNOWN);
      case "connection":
        return matchConnection(machine, index, shared);
      case "words":
        return maybe(namedIn(machine, index), machine.reason);
      case "inventory": {
        const hosts = machine.hosts?.flatMap((host) => index.nodes.named(host));
        return maybe(hosts === undefined ? nodes : [...new Set(hosts)], machine.reason);
      }
      case "unknown":
        return maybe(nodes, machine.reason);
    }
  };
}

/**
 * The machine that a connection or user data belongs to, whether or not it is declared as a node: the one
 * machine of the stack that it can be, `undefined` where there is none or more than one.
 */
export function machineBehind(
  connections: readonly Machine[],
  graph: MachineGraph,
): (machine: Machine) => Urn | undefined {
  const index = new MachineIndex([], [], graph);
  const shared = sharedCandidates(connections.map((machine) => index.candidates(machine)));
  return (machine) => {
    if (machine.by === "resource") return machine.urn;
    const byAddress = machine.by === "connection" ? index.machinesAt(machine.host) : [];
    if (byAddress.length === 1) return byAddress[0];
    const all = index.candidates(machine);
    const [only, another] = all.length > 1 ? all.filter((one) => !shared.has(one.key)) : all;
    return another === undefined ? only?.urn : undefined;
  };
}

/** A resource that a connection may refer to: one of our nodes, another known machine, or some machine. */
interface Candidate {
  readonly key: string;
  readonly urn: Urn;
  readonly node?: Node;
  readonly other?: Node;
}

class MachineIndex {
  readonly nodes: NodeNames;
  /** The nodes whose own machine is not known: some other machine of the stack may be one of them. */
  readonly withoutMachine: readonly Node[];
  readonly others: NodeNames;
  private readonly dependents = new Map<Urn, Urn[]>();
  private readonly byAddress = new Map<string, Urn[]>();

  constructor(
    readonly all: readonly Node[],
    others: readonly Node[],
    private readonly graph: MachineGraph,
  ) {
    this.nodes = new NodeNames(all);
    this.withoutMachine = all.filter((node) => node.resource === undefined);
    this.others = new NodeNames(others);
    for (const [urn, facts] of graph.machines) {
      for (const address of facts.addresses) append(this.byAddress, hostText(address), urn);
    }
    for (const [urn, dependencies] of graph.dependencies) {
      for (const dependency of dependencies) {
        append(this.dependents, dependency, urn);
      }
    }
  }

  /** The node or machine that a resource is, if it is one. */
  candidate(urn: Urn): Candidate | undefined {
    const facts = this.graph.machines.get(urn);
    const [node, other] = [this.owner(urn, this.nodes), this.owner(urn, this.others)];
    if (node !== undefined && other === undefined) return { key: `node ${node.name}`, urn, node };
    if (other !== undefined && node === undefined) return { key: `other ${other.name}`, urn, other };
    return facts?.isMachine || node !== undefined ? { key: urn, urn } : undefined;
  }

  /** All machines that a connection's resources refer to: through addresses and NICs, to the machine that has them. */
  candidates(machine: Machine): readonly Candidate[] {
    if (machine.by !== "connection") return [];
    const found = new Map<string, Candidate>();
    for (const urn of machine.resources) for (const one of this.behind(urn)) found.set(one.key, one);
    return [...found.values()];
  }

  /** The node whose machine has this address, by what the resources say of themselves. */
  ownerOfAddress(host: string): Candidate | undefined {
    for (const urn of this.machinesAt(host)) {
      const candidate = this.candidate(urn);
      if (candidate?.node !== undefined || candidate?.other !== undefined) return candidate;
    }
    return undefined;
  }

  /** The machines that say of themselves that they have this address. */
  machinesAt(host: string | undefined): readonly Urn[] {
    return host === undefined ? [] : (this.byAddress.get(hostText(host)) ?? []);
  }

  private owner(urn: Urn, among: NodeNames): Node | undefined {
    const declared = among.ofResource(urn);
    if (declared !== undefined) return declared;
    const facts = this.graph.machines.get(urn);
    const named = new Set([...(facts?.names ?? []), ...(facts?.addresses ?? [])].flatMap((name) => among.named(name)));
    const [only] = named;
    return named.size === 1 && only?.resource === undefined ? only : undefined;
  }

  private behind(start: Urn): readonly Candidate[] {
    const direct = this.candidate(start);
    if (direct !== undefined) return [direct];
    const forward = this.forward(start);
    if (forward.length > 0) return forward;
    // An address or a NIC that machines or associations are made from: Eip, FloatingIp, NIC, Port.
    const users = this.dependents.get(start) ?? [];
    const machines = users.flatMap((urn) => this.candidate(urn) ?? []);
    if (machines.length > 0) return machines;
    return users.filter((urn) => ASSOCIATION.test(urnType(urn))).flatMap((urn) => this.forward(urn));
  }

  /** The nearest machines among what a resource was made from. */
  private forward(start: Urn): readonly Candidate[] {
    const seen = new Set<Urn>([start]);
    const found: Candidate[] = [];
    const queue: Urn[] = [...(this.graph.dependencies.get(start) ?? [])];
    for (let urn = queue.shift(); urn !== undefined; urn = queue.shift()) {
      if (seen.has(urn)) continue;
      seen.add(urn);
      const candidate = this.candidate(urn);
      if (candidate === undefined) queue.push(...(this.graph.dependencies.get(urn) ?? []));
      else found.push(candidate);
    }
    return found;
  }
}

/** Resources that hold an address and a machine together (aws EipAssociation, openstack FloatingIpAssociate, ...). */
const ASSOCIATION = /Associat|Attach|Assignment/i;

/** Candidates that turn up beside two or more different others: a bastion matches every node and distinguishes none. */
function sharedCandidates(sets: readonly (readonly Candidate[])[]): ReadonlySet<string> {
  const beside = new Map<string, Set<string>>();
  for (const set of sets) {
    for (const one of set) {
      const others = beside.get(one.key) ?? new Set<string>();
      for (const other of set) if (other.key !== one.key) others.add(other.key);
      beside.set(one.key, others);
    }
  }
  return new Set([...beside].filter(([, others]) => others.size > 1).map(([key]) => key));
}

/** The nodes that words name, or that the resources refer to from which they come. */
function namedIn(
  { words, resources, orAny }: Extract<Machine, { readonly by: "words" }>,
  index: MachineIndex,
): readonly Node[] {
  const behind = index.candidates({ by: "connection", host: undefined, resources });
  const named = [...words.flatMap((word) => index.nodes.named(word)), ...behind.flatMap(({ node }) => node ?? [])];
  if (named.length > 0 || orAny === undefined) return [...new Set(named)];
  const isElsewhere =
    behind.some(({ other }) => other !== undefined) || words.some((word) => index.others.named(word).length > 0);
  return isElsewhere ? [] : index.all;
}

function matchName(name: string, index: MachineIndex): NodeMatch {
  const nodes = index.nodes.named(name);
  if (nodes.length > 0) return { kind: "nodes", nodes, byAddress: false };
  return index.others.named(name).length > 0 ? { kind: "elsewhere" } : { kind: "unknown-host", host: name };
}

function matchConnection(
  machine: Extract<Machine, { by: "connection" }>,
  index: MachineIndex,
  shared: ReadonlySet<string>,
): NodeMatch {
  const all = index.candidates(machine);
  const candidates = all.length > 1 ? all.filter((one) => !shared.has(one.key)) : all;
  if (machine.host === undefined) {
    return matchCandidates(candidates, index, HOST_UNKNOWN);
  }
  const host = hostText(machine.host);
  const named = index.nodes.named(host);
  if (named.length > 1) return maybe(named, { id: "shared-address", data: { host: machine.host } });
  if (named.length > 0) return { kind: "nodes", nodes: named, byAddress: true };
  if (index.others.named(host).length > 0) return { kind: "elsewhere" };
  const behind = nodesBehind(machine.behind, index);
  if (behind.length > 0) {
    const data = { host: machine.behind ?? null, port: machine.port ?? null };
    return maybe(behind, { id: "shared-by-port", data });
  }
  const owner = index.ownerOfAddress(host) ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (owner?.node !== undefined) return { kind: "nodes", nodes: [owner.node], byAddress: true };
  return owner?.other === undefined ? { kind: "unknown-host", host: machine.host } : { kind: "elsewhere" };
}

/** The nodes that go by a host which several machines share, with or without a port. */
function nodesBehind(host: string | undefined, index: MachineIndex): readonly Node[] {
  if (host === undefined) return [];
  return index.all.filter((node) =>
    [node.name, ...node.otherNames, ...node.addresses].some((one) => isBehind(one, host)),
  );
}

/** True for the host that several machines share, and for one of them by port. */
function isBehind(name: string, host: string): boolean {
  const [one, shared] = [hostText(name), hostText(host)];
  return one === shared || one.startsWith(`${shared}:`) || one.startsWith(`[${shared}]:`);
}

function matchCandidates(
  candidates: readonly (Candidate | undefined)[],
  index: MachineIndex,
  reason: Reason,
): NodeMatch {
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) {
    if (only.node !== undefined) return { kind: "nodes", nodes: [only.node], byAddress: true };
    if (only.other !== undefined) return { kind: "elsewhere" };
    // Some machine of the stack: it can only be a node whose own machine is not known.
    return maybe(index.withoutMachine, reason);
  }
  const among = candidates.flatMap((one) => one?.node ?? []);
  return maybe(candidates.length > 1 && among.length === candidates.length ? among : index.all, reason);
}

function maybe(nodes: readonly Node[], reason: Reason): NodeMatch {
  return nodes.length === 0 ? { kind: "elsewhere" } : { kind: "maybe", nodes, reason };
}

import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { candidates } from "../machine/destinations";
import type { FileOperation } from "../machine/file-operation";
import { footprintOf } from "../machine/footprint";
import { isAtOrBelow, normalize, parent } from "../machine/paths";
import { folderOf } from "../machine/scope";
import type { Urn } from "../machine/source";
import type { Reason } from "../reasons/reason";
import { isCertificateOrKey } from "./certificate-or-key";
import type { Cluster, ControlPlane, ControlPlaneNode, MatchedKubeadmRun, UnknownHost } from "./cluster";
import type { ClusterParts } from "./cluster-parts";
import type { Completeness } from "./completeness";
import { leaveUndecided } from "./disk/leave-undecided";
import { UndecidedPlaces } from "./disk/undecided-places";
import type { Evidence, KubeadmRun, Machine } from "./evidence";
import { externalEtcdPaths } from "./external-etcd-files";
import { kubeadmCerts } from "./kubeadm-certs";
import { leftOut } from "./left-out";
import type { MachineGraph } from "./machine-graph";
import type { Node } from "./node";
import { nodeFiles } from "./node-files";
import { type MatchMachine, machineBehind, nodeIdentity } from "./node-identity";
import { NodeNames } from "./node-names";
import { nodesFromComponents } from "./nodes-from-components";
import { portsApart } from "./ports-apart";
import type { UndecidedReason } from "./presence";
import { stackForCluster } from "./stack-for-cluster";
import type { StackParts } from "./stack-parts";
import { unknownClusters } from "./unknown-clusters";

/** Joins documents and stack: who the nodes are, what reaches them, and what is on their disks. */
export function assembleClusters(given: readonly ClusterParts[], givenStack: StackParts): readonly Cluster[] {
  const stack = portsApart(givenStack);
  const parts = given.map((part) => ({ ...part, otherStack: part.otherStack && portsApart(part.otherStack) }));
  const withNodes = nodesOf(parts.map((part) => ({ part, stack: stackForCluster(stack, part.otherStack, part.name) })));
  const everyNode = withNodes.flatMap((one) => one.nodes);
  const misnamed = unknownClusters(
    stack,
    parts.map((part) => part.name),
  );
  return withNodes.map((one, index) => {
    const { part, nodes } = one;
    const others = [...part.etcdHosts, ...part.otherHosts, ...everyNode.filter((node) => !nodes.includes(node))].filter(
      (other) => !nodes.some((node) => sameMachine(node, other)),
    );
    const match = nodeIdentity(nodes, others, connectionsOf(one.stack), one.stack.graph);
    const { controlPlane, unknownHosts } = dressNodes(one, match);
    return {
      name: part.name,
      subject: part.subject,
      configuration: part.configuration,
      controlPlane,
      etcdHosts: part.etcdHosts,
      otherHosts: part.otherHosts,
      etcdServers: part.etcdServers,
      inventoryEtcd: part.inventoryEtcd,
      plannedPems: one.stack.plannedPems,
      kubeadmRuns: matchRuns(one.stack.kubeadmRuns, match),
      unknownHosts,
      live: part.live,
      record: part.record,
      comparison: part.comparison,
      settings: part.settings,
      // What concerns the stack as a whole is told with its first cluster.
      problems: index === 0 ? [...part.problems, ...misnamed] : part.problems,
    };
  });
}

/** A cluster's own documents, and the stack as far as it concerns that cluster. */
interface PartWithStack {
  readonly part: ClusterParts;
  readonly stack: StackParts;
}

interface PartWithNodes extends PartWithStack {
  readonly nodes: readonly Node[];
  readonly more: readonly UndecidedReason[];
  readonly might: readonly UndecidedReason[];
}

/** Where nobody declares the nodes, those that run `kubeadm init` or `kubeadm join --control-plane` are the nodes. */
function nodesOf(parts: readonly PartWithStack[]): readonly PartWithNodes[] {
  const several = new Set(parts.map(({ part }) => part.name)).size > 1;
  const withDeclared = parts.map((one) => ({
    ...one,
    declared: nodesFromComponents(one.part.declaredNodes, one.stack, connectionsOf(one.stack), several),
  }));
  const names = new NodeNames(withDeclared.flatMap((one) => one.declared.nodes));
  const ambiguous = withDeclared.filter((one) => one.declared.nodes.length === 0).length > 1;
  return withDeclared.map(({ part, stack, declared: { nodes, unplaced } }) => {
    if (nodes.length > 0) {
      const more = [...unplaced, ...nodesLeftOut(part)];
      return { part, stack, nodes: withMachines(nodes, stack.graph), more, might: [] };
    }
    const found = runNodes(stack, names);
    // What runs in the stack that this cluster's settings name, and in no other's, is its own all the same.
    const own = ambiguous && part.otherStack !== undefined ? runNodes(part.otherStack, names) : found;
    if (ambiguous && found.nodes.length > 0 && (part.otherStack === undefined || own.nodes.length === 0)) {
      const might: readonly UndecidedReason[] = [{ reason: { id: "clusters-without-nodes", data: {} } }];
      return { part, stack, nodes: [], more: [], might };
    }
    const open = [...nodesLeftOut(part), ...unplaced, ...own.unplaced, ...mightBeNodes(stack)];
    return own.nodes.length > 0
      ? { part, stack, nodes: own.nodes, more: open, might: [] }
      : { part, stack, nodes: [], more: [], might: open };
  });
}

/** What may name further nodes and could not be used; where the settings name nodes, nothing else does. */
function nodesLeftOut({ settings, problems }: ClusterParts): readonly UndecidedReason[] {
  const named = settings.controlPlaneNodes ?? [];
  return leftOut(
    problems,
    named.length > 0 ? ["controlPlaneNodes"] : ["controlPlaneNodes", "listing", "kubespray"],
  ).map((reason) => ({ reason }));
}

function runNodes(
  stack: StackParts,
  declared: NodeNames,
): { nodes: readonly Node[]; unplaced: readonly UndecidedReason[] } {
  const behind = machineBehind(connectionsOf(stack), stack.graph);
  const nodes = new Map<string, Node>();
  const unplaced: UndecidedReason[] = [];
  for (const run of stack.kubeadmRuns) {
    if (run.command !== "init" && run.command !== "join-control-plane") continue;
    const host = run.machine.by === "connection" ? run.machine.host : undefined;
    if (host !== undefined && declared.named(host).length > 0) continue;
    if (run.undecided !== undefined) {
      unplaced.push({ reason: run.undecided, source: run.source });
      continue;
    }
    const urn = behind(run.machine);
    const facts = urn === undefined ? undefined : stack.graph.machines.get(urn);
    const name = run.nodeName ?? facts?.names[0] ?? host;
    if (name === undefined) {
      unplaced.push({ reason: { id: "kubeadm-node-unnamed", data: {} }, source: run.source });
      continue;
    }
    const key = urn ?? host ?? name;
    const old = nodes.get(key);
    // Two commands that each make a node do so on two machines: what their hosts come from is a gateway.
    const isGateway = host === undefined && run.machine.by === "connection" && old !== undefined;
    if (isGateway && old.declaredBy.urn !== run.source.urn) {
      const data = { node: old.name, other: old.declaredBy.name };
      unplaced.push({ reason: { id: "kubeadm-behind-gateway", data }, source: run.source });
      continue;
    }
    nodes.set(key, {
      name: old?.name ?? name,
      otherNames: facts?.names ?? [],
      addresses: [...(host === undefined ? [] : [host]), ...(facts?.addresses ?? [])],
      ...(urn === undefined ? {} : { resource: urn }),
      ...(facts?.group === undefined ? {} : { group: facts.group }),
      declaredBy: old?.declaredBy ?? run.source,
    });
  }
  return { nodes: [...nodes.values()], unplaced };
}

/** What in the program might run kubeadm on a machine that nothing names. */
function mightBeNodes(stack: StackParts): readonly UndecidedReason[] {
  const runsKubeadm = new Set(stack.kubeadmRuns.map((run) => JSON.stringify(run.machine)));
  const might = new Map<string, UndecidedReason>();
  for (const { source, machine, operations } of stack.evidence) {
    // It speaks of nodes that are known.
    if (machine.by === "words") continue;
    const unknown = operations.find((one) => one.do === "might-write" && one.scope.kind === "anywhere");
    if (unknown?.do === "might-write" && !runsKubeadm.has(JSON.stringify(machine))) {
      might.set(source.name, { reason: unknown.reason, source });
    } else if (machine.by === "connection" && machine.host === undefined && !runsKubeadm.has(JSON.stringify(machine))) {
      might.set(source.name, { reason: { id: "host-unknown-until-update", data: {} }, source });
    }
  }
  return [...might.values()];
}

/** The same nodes, each with the one machine of the stack that it names, or that bears its name or has its address. */
function withMachines(nodes: readonly Node[], graph: MachineGraph): readonly Node[] {
  const names = new NodeNames(nodes.filter((node) => node.resource === undefined));
  const bearers = new Map<Node, Urn[]>();
  for (const [urn, facts] of graph.machines) {
    if (!facts.isMachine) continue;
    const known = [...facts.names, ...facts.addresses].flatMap((name) => names.named(name));
    for (const node of new Set(known)) append(bearers, node, urn);
  }
  return nodes.map((node) => {
    const [only, another] = node.resource === undefined ? (bearers.get(node) ?? []) : [node.resource];
    const facts = only === undefined || another !== undefined ? undefined : graph.machines.get(only);
    if (only === undefined || facts === undefined) return node;
    return {
      ...node,
      resource: only,
      otherNames: [...node.otherNames, ...facts.names],
      addresses: [...node.addresses, ...facts.addresses],
      ...(facts.group === undefined ? {} : { group: facts.group }),
    };
  });
}

function dressNodes(
  { part, stack, nodes, more, might }: PartWithNodes,
  match: MatchMachine,
): { controlPlane: ControlPlane; unknownHosts: readonly UnknownHost[] } {
  const interest =
    part.configuration.kind === "text" ? externalEtcdPaths(legibleConfiguration(part.configuration.reading)) : [];
  const sorted = sortEvidence([...part.documents, ...part.declared, ...stack.evidence], match);
  if (nodes.length === 0) return { controlPlane: { kind: "unknown", might }, unknownHosts: [] };
  const closedBy = [...part.declared, ...stack.evidence].find(
    (one) => sorted.certain.has(one) && one.operations.some((operation) => putsCertificate(operation, interest)),
  );
  const completeness = completenessByNode(part.completeness, nodes);
  const onUnknownHosts = new UndecidedPlaces();
  for (const { evidence, host } of sorted.unknown) {
    leaveUndecided(onUnknownHosts, evidence, { id: "unknown-host", data: { host } });
  }
  const filesOf = (node: Node, evidence: readonly Evidence[]) => {
    const shared = [...(sorted.shared.get(node) ?? []), ...(sorted.reached.has(node) ? [] : [onUnknownHosts])];
    return nodeFiles(
      evidence,
      completenessOf(part, completeness.get(node), closedBy),
      interest,
      stack.precedes,
      shared,
    );
  };
  const ownEvidence = (node: Node) => sorted.byNode.get(node) ?? [];
  const withDownloads = kubeadmCerts({
    runs: stack.kubeadmRuns,
    match,
    paths: interest,
    filesOf: (node) => filesOf(node, ownEvidence(node)),
  });
  const dressed = nodes.map(
    (node): ControlPlaneNode => ({
      ...node,
      files: filesOf(node, withDownloads(ownEvidence(node))),
      reached: sorted.reached.has(node),
    }),
  );
  const workers = new Set(
    stack.kubeadmRuns
      .filter((run) => run.command === "join-worker" && run.undecided === undefined)
      .map((run) => JSON.stringify(run.machine)),
  );
  const unplaced = sorted.unknown.filter(({ evidence }) => !workers.has(JSON.stringify(evidence.machine)));
  const unknownHosts = unplaced.map(({ evidence, host }) => ({
    host,
    source: evidence.source,
    concernsEtcdFiles: evidence.operations.some((one) => touches(one, interest)),
  }));
  return { controlPlane: { kind: "known", nodes: dressed, more }, unknownHosts };
}

interface SortedEvidence {
  readonly byNode: ReadonlyMap<Node, readonly Evidence[]>;
  /** What evidence that may be about a node leaves undecided; nodes that the same evidence may be about share it. */
  readonly shared: ReadonlyMap<Node, readonly UndecidedPlaces[]>;
  /** Evidence that speaks of nodes of this cluster for certain. */
  readonly certain: ReadonlySet<Evidence>;
  /** Nodes that some source reached by address or by resource. */
  readonly reached: ReadonlySet<Node>;
  readonly unknown: readonly { readonly evidence: Evidence; readonly host: string }[];
}

function sortEvidence(evidence: readonly Evidence[], match: MatchMachine): SortedEvidence {
  const byNode = new Map<Node, Evidence[]>();
  const certain = new Set<Evidence>();
  const reached = new Set<Node>();
  const unknown: { readonly evidence: Evidence; readonly host: string }[] = [];
  const conditional = new Map<readonly Node[], UndecidedPlaces>();
  for (const one of evidence) {
    const matched = match(one.machine);
    if (matched.kind === "nodes") {
      certain.add(one);
      for (const node of matched.nodes) {
        append(byNode, node, one);
        if (matched.byAddress) reached.add(node);
      }
    } else if (matched.kind === "maybe") {
      const places = conditional.get(matched.nodes) ?? new UndecidedPlaces();
      conditional.set(matched.nodes, places);
      leaveUndecided(places, one, matched.reason);
    } else if (matched.kind === "unknown-host") unknown.push({ evidence: one, host: matched.host });
  }
  const shared = new Map<Node, UndecidedPlaces[]>();
  for (const [nodes, places] of conditional) for (const node of nodes) append(shared, node, places);
  return { byNode, shared, certain, reached, unknown };
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** True if an operation may change one of the paths, or a folder above or below it. */
function touches(operation: FileOperation, paths: readonly string[]): boolean {
  const { writes, removes, changesMode, makesFolder } = footprintOf(operation);
  const changed = [...writes, ...removes, ...changesMode].map(folderOf).concat(makesFolder ?? []);
  const beside = operation.do !== "might-write";
  return changed.some((place) =>
    paths.some((path) => {
      const [one, other] = [normalize(path), normalize(place)];
      return isAtOrBelow(one, other) || (beside && isAtOrBelow(other, parent(one)));
    }),
  );
}

/** What the documents say of each node, by whichever of its names they say it. */
function completenessByNode(
  completeness: ReadonlyMap<string, Completeness>,
  nodes: readonly Node[],
): ReadonlyMap<Node, Completeness> {
  const names = new NodeNames(nodes);
  return new Map(
    [...completeness].flatMap(([name, completeness]) => names.named(name).map((node) => [node, completeness] as const)),
  );
}

/** How complete the evidence about a node is (docs/architecture.md, "When a file is missing"). */
function completenessOf(
  part: ClusterParts,
  documented: Completeness | undefined,
  closedBy: Evidence | undefined,
): Completeness {
  const [unread] = leftOut(part.problems, ["files", "listing", "kubespray"]);
  if (unread !== undefined) return { kind: "unknown", reason: unread };
  if (part.settings.unlisted === "missing") return { kind: "complete", because: { by: "setting" } };
  const own = documented ?? part.completenessOfOthers;
  if (own !== undefined && own.kind !== "complete-below") return own;
  if (closedBy !== undefined) return { kind: "complete", because: { by: "certificates", source: closedBy.source } };
  return own ?? { kind: "unknown", reason: part.live === undefined ? NOTHING_SAYS : DISKS_NOT_SHOWN };
}

const NOTHING_SAYS: Reason = { id: "no-source-speaks-of-file", data: {} };
const DISKS_NOT_SHOWN: Reason = { id: "disks-not-shown", data: {} };

function putsCertificate(operation: FileOperation, interest: readonly string[]): boolean {
  if (operation.do !== "put" && operation.do !== "copy" && operation.do !== "move" && operation.do !== "link")
    return false;
  const content = operation.do === "put" ? operation.content : undefined;
  return candidates(operation.to).some((path) => interest.includes(path) || isCertificateOrKey(path, content));
}

function matchRuns(runs: readonly KubeadmRun[], match: MatchMachine): readonly MatchedKubeadmRun[] {
  return runs.flatMap((run): readonly MatchedKubeadmRun[] => {
    const matched = match(run.machine);
    if (matched.kind === "elsewhere" || matched.kind === "unknown-host") return [];
    return [{ ...run, nodes: matched.kind === "nodes" ? matched.nodes.map((node) => node.name) : [] }];
  });
}

function connectionsOf(stack: StackParts): readonly Machine[] {
  const distinct = new Map<string, Machine>();
  for (const { machine } of [...stack.evidence, ...stack.kubeadmRuns]) {
    if (machine.by === "connection") distinct.set(JSON.stringify(machine), machine);
  }
  return [...distinct.values()];
}

function sameMachine(one: Node, other: Node): boolean {
  const names = new NodeNames([one]);
  return [other.name, ...other.addresses].some((name) => names.named(name).length > 0);
}

import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { type ExternalEtcdFile, externalEtcdFiles } from "../cluster/external-etcd-files";
import { NodeNames } from "../cluster/node-names";
import { type Finding, type Outcome, outcomeOf } from "../cluster/outcome";
import { baseName, parent } from "../machine/paths";
import { unlessExternalEtcd, unlessUnread } from "./support/applicability";
import { kubesprayNamesFix } from "./support/kubespray-names-fix";
import { neutralNames } from "./support/neutral-names";
import { nameInPair, ownerOf } from "./support/node-name-in-path";
import { messageTemplate, type Policy } from "./support/policy";
import { type SharedPair, sharedPair } from "./support/shared-pair";
import { sharedPairFix } from "./support/shared-pair-fix";

interface NamedData {
  readonly field: ExternalEtcdFile["field"];
  readonly neutral: string;
  /** Files that all nodes have already and that may be named instead. */
  readonly shared: SharedPair | undefined;
  /** True where a node lacks a file of that name: then the finding about that says what Kubespray can do. */
  readonly lacking: boolean;
}

interface OwnedData extends NamedData {
  /** True if every node has a file of that name today: a remark then, not a defect. */
  readonly works: boolean;
}

type NamedFindings<Data> = readonly [Finding<Data>, ...Finding<Data>[]];

function filesText(findings: NamedFindings<NamedData>): readonly string[] {
  return findings.map((one) => `  ${one.data.field}: ${one.path}`);
}

function fixText(findings: NamedFindings<NamedData>, cluster: Cluster): readonly string[] {
  const { shared, lacking } = findings[0].data;
  if (shared !== undefined) return [`Fix: ${sharedPairFix(shared)}.`];
  return [
    "Fix: use one name on every control-plane node, put the files there under that name, and only then write it into the kubeadm-config:",
    ...findings.map((one) => `  ${one.data.field}: ${one.data.neutral}`),
    ...(lacking ? [] : kubesprayNamesFix(cluster, findings)),
  ];
}

const namedAfterOneNode = messageTemplate<OwnedData>("namedAfterOneNode", (findings, cluster) => {
  const [{ data }] = findings;
  const today = data.works
    ? "It works as long as every other node has a copy or a link of that name, and breaks when the node is removed or renamed (kubespray 8840)."
    : "It works only on nodes that have a file of that name (kubespray 11500).";
  return [
    `The configuration that all control-plane nodes share names its files after ${ownersText(findings)}.`,
    ...filesText(findings),
    today,
    ...fixText(findings, cluster),
  ].join("\n");
});

/** `cp-20: certFile, keyFile`, or each field with its node where they differ. */
function ownersText(findings: NamedFindings<NamedData>): string {
  const owners = new Map<string, string[]>();
  for (const { node, data } of findings) owners.set(node ?? "", [...(owners.get(node ?? "") ?? []), data.field]);
  return [...owners].map(([node, fields]) => `${node} (${fields.join(", ")})`).join(" and ");
}

interface LeftData extends NamedData {
  readonly name: string;
  /** The end of a sentence about the name. */
  readonly who: string;
}

const namedAfterAnother = messageTemplate<LeftData>("namedAfterAnother", (findings, cluster) => {
  const [{ data }] = findings;
  return [
    `The configuration that all control-plane nodes share names its files after ${data.name}, ${data.who}.`,
    ...filesText(findings),
    "Files that are named after a removed or renamed node are not created on nodes that are set up later (kubespray 8840).",
    ...fixText(findings, cluster),
  ].join("\n");
});

const looksLikeOneNode = messageTemplate<LeftData>("looksLikeOneNode", (findings, cluster) => {
  const [{ data }] = findings;
  return [
    `The configuration names files that look like those of one node, ${data.name}: ${findings.map((one) => one.data.field).join(", ")}.`,
    ...filesText(findings),
    "All control-plane nodes share it. If there are others, each needs files of these names (kubespray 11500).",
    ...fixText(findings, cluster),
  ].join("\n");
});

/** The configuration that all control-plane nodes share does not name files after one node. */
export const externalEtcdFilesNamedForEveryNode: Policy = {
  id: "external-etcd-files-named-for-every-node",
  title: "External etcd files named for every node",
  description: "The shared configuration does not name a file after one node.",
  severity: "medium",
  level: "advisory",
  remediation:
    "Use one neutral name on every control-plane node, put the files there under that name, and only then write it into the kubeadm-config.",
  tags: ["etcd", "files"],
  messages: {
    namedAfterOneNode: namedAfterOneNode.message,
    namedAfterAnother: namedAfterAnother.message,
    looksLikeOneNode: looksLikeOneNode.message,
  },
  check(cluster, { now }) {
    const applicable = unlessExternalEtcd(cluster);
    if (applicable.kind !== "applicable") return withoutNodes(cluster, applicable.outcome, now.getTime());
    const { nodes, reading } = applicable;
    const files = externalEtcdFiles(reading);
    const advice = adviceFor(cluster, files, now.getTime());
    const left = files.flatMap((file) => namedAfterOther(file, { cluster, nodes, advice }));
    if (nodes.length < 2 && left.length === 0)
      return { kind: "not-applicable", why: "there is only one control-plane node" };
    const named = files.flatMap((file) => {
      const owner = nodes.length < 2 ? undefined : ownerOf(file.path, nodes);
      return owner === undefined ? [] : [{ file, owner }];
    });
    const works = [...named.map(({ file }) => file.path), ...left.map(({ path }) => path ?? "")].every((path) =>
      nodes.every((node) => node.files.presence(path).kind === "present"),
    );
    const findings = [...left, ...named.map(({ file, owner }) => finding(file, owner, { works, ...advice(file) }))];
    return works ? outcomeOf([], [], findings) : outcomeOf(findings, []);
  },
};

function finding(file: ExternalEtcdFile, owner: ControlPlaneNode, data: Omit<OwnedData, "field">) {
  return namedAfterOneNode.finding({
    node: owner.name,
    path: file.path,
    level: "advisory",
    data: { field: file.field, ...data },
  });
}

/** What may be named instead of a file. */
type Advice = (file: ExternalEtcdFile) => Pick<NamedData, "neutral" | "shared" | "lacking">;

function adviceFor(cluster: Cluster, files: readonly ExternalEtcdFile[], now: number): Advice {
  const names = neutralNames(cluster, files);
  const shared = names.length === 0 ? undefined : sharedPair(cluster, now);
  const nodes = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
  const lacking = nodes.some((node) => files.some(({ path }) => node.files.presence(path).kind === "missing"));
  return ({ field, path }) => ({ neutral: names.find((one) => one.field === field)?.neutral ?? path, shared, lacking });
}

/**
 * A file that has the name of one node's pair, and of no control-plane node. Only where the nodes' own pairs are named so:
 * in a Kubespray layout, or where a node has its own beside it; elsewhere `node-shared.pem` may be meant for all.
 */
function namedAfterOther(
  file: ExternalEtcdFile,
  {
    cluster,
    nodes,
    advice,
  }: { readonly cluster: Cluster; readonly nodes: readonly ControlPlaneNode[]; readonly advice: Advice },
): readonly Finding[] {
  const { field, path } = file;
  const name = nameInPair(path);
  if (name === undefined || ownerOf(path, nodes) !== undefined || new NodeNames(nodes).named(name).length > 0)
    return [];
  const { etcdHosts, otherHosts, settings } = cluster;
  const ownPair = (node: ControlPlaneNode) => `${parent(path)}/${baseName(path).replace(name, () => node.name)}`;
  const areNamedSo =
    settings.kubespray !== undefined || nodes.some((node) => node.files.presence(ownPair(node)).kind === "present");
  if (!areNamedSo) return [];
  const isKnown = new NodeNames([...etcdHosts, ...otherHosts]).named(name).length > 0;
  const who = isKnown
    ? "which is not a control-plane node"
    : settings.kubespray === undefined
      ? "which is not a machine that is known here"
      : "a host that is no longer in the inventory";
  const data = { field, ...advice(file), name, who };
  return [namedAfterAnother.finding({ path, level: "advisory", group: name, data })];
}

/** Where no node is known, a name may still look like one node's. */
function withoutNodes(cluster: Cluster, outcome: Outcome, now: number): Outcome {
  const read = unlessUnread(cluster);
  const isOpen = outcome.kind === "undecided" && cluster.subject.file?.ofNode === undefined;
  if (!isOpen || read.kind === "settled" || cluster.controlPlane.kind === "known") return outcome;
  const files = externalEtcdFiles(read.reading);
  const advice = adviceFor(cluster, files, now);
  const findings = files.flatMap((file) => {
    const { field, path } = file;
    const name = nameInPair(path);
    if (name === undefined || !/\d|master|control/i.test(name)) return [];
    const data = { field, ...advice(file), name, who: "" };
    return [looksLikeOneNode.finding({ path, level: "advisory", group: name, data })];
  });
  return outcomeOf(findings, outcome.undecided, outcome.remarks);
}

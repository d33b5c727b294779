import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { type ExternalEtcdField, type ExternalEtcdFile, externalEtcdFiles } from "../cluster/external-etcd-files";
import { describeNode } from "../cluster/node";
import { type Finding, outcomeOf, type Undecided } from "../cluster/outcome";
import type { Presence } from "../cluster/presence";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { openErrorText } from "../kubeadm/predict/open-error";
import { capitalized } from "../machine/capitalized";
import { unlessExternalEtcd } from "./support/applicability";
import { fileInstead, sourceText } from "./support/file-instead";
import {
  KUBESPRAY_MAKES_LINKS,
  KUBESPRAY_MAKES_NO_LINKS,
  KUBESPRAY_VARIABLES,
  kubesprayLinks,
} from "./support/kubespray-names-fix";
import { machineLines, namesInOneLine } from "./support/lists";
import { type NeutralName, neutralNames } from "./support/neutral-names";
import { messageTemplate, type Policy } from "./support/policy";
import { type SharedPair, sharedPair } from "./support/shared-pair";
import { sharedPairFix } from "./support/shared-pair-fix";
import { notRendered, renderedFiles } from "./support/unrendered-fields";

interface MissingData {
  readonly field: ExternalEtcdField;
  /** What the node has instead, or why it has nothing, as the end of a sentence. */
  readonly has: string;
  /** All nodes; one object for all findings about a file. */
  readonly others: OtherNodes;
  /** The field that kubeadm opens before this one and stops at, if there is one on this node. */
  readonly stopsAt: ExternalEtcdField | undefined;
  readonly error: string;
  /** Files that all nodes have already and that may be named instead. */
  readonly shared: SharedPair | undefined;
}

/** Where a file is on all nodes: those that have it, with the source it comes from, and those for which that is undecided. */
interface OtherNodes {
  /** How many lack it; findings that are accepted or known are told apart from the others. */
  readonly missing: number;
  readonly present: readonly { readonly name: string; readonly source: string }[];
  readonly undecided: readonly string[];
}

const missing = messageTemplate<MissingData>("missing", (findings, cluster) => {
  const [first] = findings;
  const fields = [...new Set(findings.map(({ data }) => data.field))];
  const stopped = findings.find(({ data }) => data.stopsAt === undefined) ?? first;
  return [
    ...fields.flatMap((field) => fieldLines(findings.filter(({ data }) => data.field === field))),
    kubeadmLine(stopped),
    `Fix: ${fixFor(cluster, first.data.shared)}`,
  ].join("\n");
});

/** Where a file is and where it is missing: one sentence, and what each node has. */
function fieldLines(findings: readonly Finding<MissingData>[]): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { field, others } = first.data;
  const { present, undecided, missing } = others;
  const nodes = findings.map((one) => one.node ?? "");
  const total = missing + present.length + undecided.length;
  const apart = missing - findings.length;
  const elsewhere = apart === 0 ? "" : ` (and on ${apart} more, reported separately)`;
  const open = undecided.length === 0 ? "" : `, undecided on ${namesInOneLine(undecided)}`;
  const where =
    total === 1
      ? `is missing on ${nodes[0]}`
      : `is on ${present.length} of ${total} control-plane nodes; missing on ${namesInOneLine(nodes)}${elsewhere}${open}`;
  return [
    `etcd.external.${field} ${first.path ?? ""} ${where}.`,
    ...machineLines([
      ...findings.map((one) => ({ name: one.node ?? "", text: one.data.has })),
      ...present.map(({ name, source }) => ({ name, text: `has it (${source})` })),
      ...undecided.map((name) => ({ name, text: "undecided" })),
    ]),
  ];
}

/** Each non-empty caFile, certFile and keyFile of etcd.external is present on every control-plane node. */
export const externalEtcdFilesOnEveryControlPlaneNode: Policy = {
  id: "external-etcd-files-on-every-control-plane-node",
  title: "External etcd files on every control-plane node",
  description: "Each file that etcd.external names is present on every control-plane node.",
  severity: "critical",
  level: "mandatory",
  remediation:
    "Give the files one name that is the same on every control-plane node, put them there, and write that name into the kubeadm-config before the upgrade.",
  tags: ["etcd", "files"],
  control: {
    reference: "1.2.23",
    specification: "Ensure that the --etcd-certfile and --etcd-keyfile arguments are set as appropriate",
  },
  messages: { missing: missing.message },
  check(cluster, { now }) {
    const applicable = unlessExternalEtcd(cluster);
    if (applicable.kind !== "applicable") return applicable.outcome;
    const { nodes, reading } = applicable;
    const { files, open } = renderedFiles(cluster, externalEtcdFiles(reading));
    if (files.length === 0) return { kind: "not-applicable", why: notRendered("the files of etcd.external") };
    const table = nodes.map((node) => rowOf(node, files));
    const others = new Map(files.map(({ field }) => [field, otherNodes(table, field)]));
    const lacks = table.some(({ cells }) => cells.some(({ presence }) => presence.kind === "missing"));
    const shared = lacks ? sharedPair(cluster, now.getTime()) : undefined;
    return outcomeOf(
      table.flatMap((row) =>
        row.cells.flatMap((cell) => finding(row, cell, { cluster, shared, others: others.get(cell.field) })),
      ),
      [...open, ...table.flatMap((row) => row.cells.flatMap((cell) => undecidedOf(row, cell)))],
    );
  },
};

interface Cell extends ExternalEtcdFile {
  readonly presence: Presence;
}

/** One node's line of the table of nodes by files. */
interface Row {
  readonly node: ControlPlaneNode;
  readonly cells: readonly Cell[];
}

function rowOf(node: ControlPlaneNode, files: readonly ExternalEtcdFile[]): Row {
  return { node, cells: files.map((file) => ({ ...file, presence: node.files.presence(file.path) })) };
}

function otherNodes(table: readonly Row[], field: ExternalEtcdField): OtherNodes {
  const cells = table.flatMap(({ node, cells }) =>
    cells.filter((cell) => cell.field === field).map(({ presence }) => ({ name: describeNode(node), presence })),
  );
  return {
    missing: cells.filter(({ presence }) => presence.kind === "missing").length,
    present: cells.flatMap(({ name, presence }) =>
      presence.kind === "present" ? [{ name, source: sourceText(presence.file.source) }] : [],
    ),
    undecided: cells.flatMap(({ name, presence }) => (presence.kind === "undecided" ? [name] : [])),
  };
}

interface AllNodes {
  readonly cluster: Cluster;
  readonly others: OtherNodes | undefined;
  readonly shared: SharedPair | undefined;
}

function finding({ node, cells }: Row, { field, path, presence }: Cell, { cluster, others, shared }: AllNodes) {
  if (presence.kind !== "missing" || others === undefined) return [];
  const first = cells.find((cell) => cell.presence.kind === "missing");
  return [
    missing.finding({
      node: describeNode(node),
      path,
      data: {
        field,
        has: fileInstead(node, path, presence, cluster),
        others,
        stopsAt: first === undefined || first.field === field ? undefined : first.field,
        error: openErrorText(path, presence.error),
        shared,
      },
    }),
  ];
}

function undecidedOf(row: Row, cell: Cell): readonly Undecided[] {
  if (cell.presence.kind !== "undecided") return [];
  return cell.presence.reasons.map((reason) => ({
    ...reason,
    node: describeNode(row.node),
    path: cell.path,
  }));
}

function kubeadmLine({ node, data }: { readonly node: string | null; readonly data: MissingData }): string {
  if (data.stopsAt === undefined)
    return `kubeadm would fail on ${node}: failed to create etcd client for external etcd: ${data.error}`;
  return `kubeadm opens ${data.stopsAt} first and would already fail on ${node}; once that is fixed: failed to create etcd client for external etcd: ${data.error}`;
}

/** One text for all files of a cluster: certificate and key are put right together. */
function fixFor(cluster: Cluster, shared: SharedPair | undefined): string {
  const { configuration } = cluster;
  const files = externalEtcdFiles(
    configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined,
  );
  const copy =
    "put the missing files on each of these nodes under exactly these paths (copies or links; certificate and key must pair on each)";
  if (shared !== undefined) return `${sharedPairFix(shared)}; or ${copy}.`;
  const named = neutralNames(cluster, files);
  if (named.length === 0) return `${copy}, or name paths in the kubeadm-config that every control-plane node has.`;
  return ["before the upgrade, one of these:", ...waysFor(cluster, named, copy).map((way) => `  - ${way}`)].join("\n");
}

/** The ways to fix files that are named after one node, the one with the least work first. */
function waysFor(cluster: Cluster, named: readonly NeutralName[], copy: string): readonly string[] {
  const links = kubesprayLinks(cluster, named);
  const fields = named.map(({ field, neutral }) => `${field} ${neutral}`).join(", ");
  const rename = `Give the files names that are the same on every control-plane node, such as ${fields}: put them on each, and only then write them into the kubeadm-config.`;
  return [
    ...(links === "makes" ? [KUBESPRAY_MAKES_LINKS] : []),
    `${capitalized(copy)}.${links === "makes-none" ? ` ${KUBESPRAY_MAKES_NO_LINKS}` : ""}`,
    links === "not-kubespray" ? rename : `${rename} ${KUBESPRAY_VARIABLES}`,
  ];
}

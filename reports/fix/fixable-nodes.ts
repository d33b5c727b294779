import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import type { ExternalEtcdField, ExternalEtcdFile } from "../../cluster/external-etcd-files";
import { describeNode } from "../../cluster/node";
import { predictKubeadm } from "../../cluster/predict-kubeadm";
import { baseName, parent } from "../../machine/paths";
import { publicName } from "../../machine/public-text";
import { type Fitness, fitness, type PlacedFile } from "../../policies/support/etcd-client-files";
import { type FileFixes, fileFixes } from "../../policies/support/file-fixes";
import { sourceText } from "../../policies/support/file-instead";
import { oddPath } from "./odd-path";

/** One file to make on a node. */
export type FixStep =
  /** A link in its folder, to the file of that name there. */
  | { readonly do: "link"; readonly field: ExternalEtcdField; readonly path: string; readonly target: string }
  /** A copy of the file that another node has under the same path. */
  | { readonly do: "bring"; readonly field: ExternalEtcdField; readonly path: string; readonly node: string };

/** What to do on one node. */
export type NodeSteps =
  /** The node has every file, and kubeadm can use them as far as their contents are shown. */
  | { readonly kind: "nothing" }
  | {
      readonly kind: "steps";
      readonly steps: readonly [FixStep, ...FixStep[]];
      /** Whether the check saw that the files fit: where it is `unsure`, the node has to look before anything is done. */
      readonly fitness: Exclude<Fitness, "unfit">;
    }
  | { readonly kind: "refused"; readonly why: readonly [string, ...string[]] };

export interface FixQuestion {
  readonly cluster: Cluster;
  readonly nodes: readonly ControlPlaneNode[];
  /** The files that the kubeadm-config names; their paths may stand in a script. */
  readonly files: readonly ExternalEtcdFile[];
  readonly now: Date;
}

/** For each node what gives it every file, or why that is not certain; the choice is that of `fileFixes`. */
export function fixableNodes(question: FixQuestion): readonly NodeSteps[] {
  const { cluster, nodes, now } = question;
  const offered = fixesByNode(fileFixes(cluster, now.getTime()));
  const predictions = predictKubeadm(cluster, { step: "upgrade", now });
  return nodes.map((node, index) => {
    const prediction = predictions[index]?.prediction;
    const fixes = offered.get(describeNode(node));
    if (fixes !== undefined) return stepsOf(node, fixes, question);
    const [why, ...others] = obstacles(node, question);
    if (why !== undefined) return { kind: "refused", why: [why, ...others] };
    if (prediction?.ok !== false) return { kind: "nothing" };
    return refused(`every file is there, and kubeadm fails all the same: ${prediction.error}`);
  });
}

type Offered = FileFixes["perNode"][number];

/** The fixes of each node for which they are enough. */
function fixesByNode({ perNode, open }: FileFixes): ReadonlyMap<string, readonly Offered[]> {
  const found = new Map<string, Offered[]>();
  for (const fix of perNode) found.set(fix.node, [...(found.get(fix.node) ?? []), fix]);
  for (const node of open) found.delete(node);
  return found;
}

function stepsOf(node: ControlPlaneNode, fixes: readonly Offered[], question: FixQuestion): NodeSteps {
  const { cluster, files, nodes, now } = question;
  if (publicName(node.name) !== node.name) return refused("its name is not written as names of hosts are");
  const undecided = obstacles(node, question, new Set(fixes.flatMap(pathsOf)));
  if (undecided[0] !== undefined) return refused(undecided.join("; "));
  const steps = fixes.flatMap((fix): readonly FixStep[] =>
    fix.kind === "link-files"
      ? fix.links.map(({ field, path, target }) => ({ do: "link", field, path, target: baseName(target) }))
      : fix.files.map(({ field, path }) => ({ do: "bring", field, path, node: fix.from })),
  );
  const foreign = steps.find((step) => step.do === "bring" && isLinkedFolder(node, step.path, nodes));
  if (foreign !== undefined)
    return refused(
      `the folder of ${foreign.path} is a link on another node and is not here; make that link and check again`,
    );
  const odd = fixes
    .flatMap((fix) => (fix.kind === "link-files" ? fix.links : []))
    .find(({ target }) => oddPath(target));
  if (odd !== undefined) return refused("the file that a link is to lead to has a name that no script should hold");
  const placed = (wanted: ExternalEtcdField): PlacedFile | undefined => {
    const declared = files.find(({ field }) => field === wanted);
    if (declared === undefined) return undefined;
    const link = fixes
      .flatMap((fix) => (fix.kind === "link-files" ? fix.links : []))
      .find((one) => one.field === wanted);
    const step = steps.find(({ field }) => field === wanted);
    const owner = step?.do === "bring" ? nodes.find((one) => describeNode(one) === step.node) : node;
    return { node: owner ?? node, path: link?.target ?? declared.path };
  };
  const [certFile, keyFile, caFile] = [placed("certFile"), placed("keyFile"), placed("caFile")];
  const fits =
    certFile === undefined || keyFile === undefined
      ? "fit"
      : fitness({ certFile, keyFile, caFile }, cluster, now.getTime());
  const [first, ...others] = steps;
  if (fits === "unfit" || first === undefined) return refused("the files that it would get do not fit together");
  return { kind: "steps", steps: [first, ...others], fitness: fits };
}

/** True where a copy would make a folder that is a link on another node. */
function isLinkedFolder(node: ControlPlaneNode, path: string, nodes: readonly ControlPlaneNode[]): boolean {
  const folder = node.files.presence(parent(path));
  if (folder.kind === "missing" && folder.error === "is a directory") return false;
  return nodes.some(({ files }) => {
    const presence = files.presence(path);
    return presence.kind === "present" && presence.links.length > 0 && parent(presence.realPath) !== parent(path);
  });
}

function pathsOf(fix: Offered): readonly string[] {
  return (fix.kind === "link-files" ? fix.links : fix.files).map(({ path }) => path);
}

/** Why files cannot be put in their places; `given` are those for which it is known. */
function obstacles(
  node: ControlPlaneNode,
  { files }: FixQuestion,
  given: ReadonlySet<string> = new Set(),
): readonly string[] {
  return files.flatMap(({ path }) => {
    const presence = node.files.presence(path);
    if (presence.kind === "present" || given.has(path)) return [];
    if (presence.kind === "undecided")
      return [`it is undecided whether it has ${path}; list its disk (kubeadm-guard collect) and check again`];
    const { error, links, removedBy } = presence;
    if (removedBy !== undefined) return [`${sourceText(removedBy)} removes ${path}, and would do so again`];
    if (error !== "no such file or directory")
      return [`what is at ${path} is in the way (${error}); remove it and check again`];
    if (links.length > 0) return [`a broken link at ${path} is in the way; remove it and check again`];
    return [`nothing here surely fits as ${path}: a certificate and its key, signed by etcd's CA, and that CA`];
  });
}

function refused(why: string): NodeSteps {
  return { kind: "refused", why: [why] };
}

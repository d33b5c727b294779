import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import type { ExternalEtcdField, ExternalEtcdFile } from "../../cluster/external-etcd-files";
import { predictKubeadm } from "../../cluster/predict-kubeadm";
import { baseName, parent } from "../../machine/paths";
import { publicName } from "../../machine/public-text";
import type { FileFixes, NodeFix, NodeFixes } from "../../policies/support/file-fixes";
import { sourceText } from "../../policies/support/file-instead";
import type { NeutralName } from "../../policies/support/neutral-names";
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
      readonly fitness: NodeFixes["fitness"];
    }
  | { readonly kind: "refused"; readonly why: readonly [string, ...string[]] };

export interface FixQuestion {
  readonly cluster: Cluster;
  readonly nodes: readonly ControlPlaneNode[];
  /** The files that the kubeadm-config names; their paths may stand in a script. */
  readonly files: readonly ExternalEtcdFile[];
  /** What would fix the missing ones. */
  readonly fixes: FileFixes;
  /** New names for those that are named after one node. */
  readonly neutral: readonly NeutralName[];
  readonly now: Date;
}

/** For each node what gives it every file, or why that is not certain; the choice is that of `fileFixes`. */
export function fixableNodes(question: FixQuestion): readonly NodeSteps[] {
  const { cluster, nodes, fixes, now } = question;
  const offered = new Map(fixes.perNode.map((one) => [one.node, one]));
  const predictions = predictKubeadm(cluster, { step: "upgrade", now });
  return nodes.map((node, index) => {
    const prediction = predictions[index]?.prediction;
    const its = offered.get(node);
    if (its !== undefined) return stepsOf(its, question);
    const [why, ...others] = obstacles(node, question);
    if (why !== undefined) return { kind: "refused", why: [why, ...others] };
    if (prediction?.ok !== false) return { kind: "nothing" };
    return refused(`every file is there, and kubeadm fails all the same: ${prediction.error}`);
  });
}

function stepsOf({ node, fixes, fitness }: NodeFixes, question: FixQuestion): NodeSteps {
  if (publicName(node.name) !== node.name) return refused("its name is not written as names of hosts are");
  const undecided = obstacles(node, question, new Set(fixes.flatMap(pathsOf)));
  if (undecided[0] !== undefined) return refused(undecided.join("; "));
  const [first, ...others] = fixes.flatMap(stepsOfFix);
  if (first === undefined) return refused("nothing is to be done on it");
  const steps = [first, ...others] as const;
  const foreign = steps.find((step) => step.do === "bring" && isLinkedFolder(node, step.path, question.nodes));
  if (foreign !== undefined)
    return refused(
      `the folder of ${foreign.path} is a link on another node and is not here; make that link and check again`,
    );
  const links = fixes.flatMap((fix) => (fix.kind === "link-files" ? fix.links : []));
  if (links.some(({ target }) => oddPath(target) !== undefined))
    return refused("the target of a link has a name that no script should contain");
  return { kind: "steps", steps, fitness };
}

function stepsOfFix(fix: NodeFix): readonly FixStep[] {
  return fix.kind === "link-files"
    ? fix.links.map(({ field, path, target }) => ({ do: "link", field, path, target: baseName(target) }))
    : fix.files.map(({ field, path }) => ({ do: "bring", field, path, node: fix.from }));
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

function pathsOf(fix: NodeFix): readonly string[] {
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

import { pairProblem } from "../../cluster/certificates/pair";
import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import type { ExternalEtcdField, ExternalEtcdFile } from "../../cluster/external-etcd-files";
import { describeNode } from "../../cluster/node";
import type { Presence } from "../../cluster/presence";
import type { Content } from "../../machine/content";
import { baseName, parent } from "../../machine/paths";
import { publicName } from "../../machine/public-text";
import { similarFile, sourceText } from "../../policies/support/file-instead";
import { carriesName } from "../../policies/support/node-name-in-path";
import { oddPath } from "./odd-path";
import { type PairProof, pairProof } from "./pair-proof";

/** One file to make on a node. */
export type FixStep =
  /** A link in its folder, to the file of that name there. */
  | { readonly do: "link"; readonly field: ExternalEtcdField; readonly path: string; readonly target: string }
  /** A copy of a file of this node: a link out of the folder would lead nowhere in the API server's container. */
  | { readonly do: "copy"; readonly field: ExternalEtcdField; readonly path: string; readonly from: string }
  /** A copy of the file that another node has under the same path. */
  | { readonly do: "bring"; readonly field: ExternalEtcdField; readonly path: string; readonly node: string };

/** What to do on one node. */
export type NodeSteps =
  /** The node has every file. */
  | { readonly kind: "nothing" }
  | {
      readonly kind: "steps";
      readonly steps: readonly [FixStep, ...FixStep[]];
      /** What the check saw of the contents: `open` where the node has to look before anything is done. */
      readonly proof: Exclude<PairProof, "refuted">;
    }
  | { readonly kind: "refused"; readonly why: readonly [string, ...string[]] };

export interface FixQuestion {
  readonly cluster: Cluster;
  readonly nodes: readonly ControlPlaneNode[];
  /** The files that the kubeadm-config names; their paths may stand in a script. */
  readonly files: readonly ExternalEtcdFile[];
}

/** Where a file that the kubeadm-config names is, or could be taken from. */
interface Origin {
  readonly field: ExternalEtcdField;
  readonly path: string;
  readonly content: Content;
  /** Set where another node has it. */
  readonly node?: ControlPlaneNode;
  /** The file's name says that it is this node's, or is the wanted one. */
  readonly isNamed: boolean;
  /** True where it is in its place. */
  readonly isThere: boolean;
}

/** No more nodes than this are looked at for a file to copy. */
const MOST_HOLDERS = 3;

/** Says for a node of the cluster what gives it every file, or why that is not certain. */
export function fixableNode(question: FixQuestion): (node: ControlPlaneNode) => NodeSteps {
  const { nodes, files } = question;
  const holders = new Map(
    files.map(({ field, path }) => {
      const having = nodes.filter((one) => one.group === undefined && one.files.presence(path).kind === "present");
      return [field, having.slice(0, MOST_HOLDERS)];
    }),
  );
  return (node) => {
    const cells = files.map((file) => ({ ...file, presence: node.files.presence(file.path) }));
    const why = cells.flatMap((cell) => obstacle(node, cell, nodes));
    const [first, ...others] = why;
    if (first !== undefined) return { kind: "refused", why: [first, ...others] };
    if (cells.every(({ presence }) => presence.kind === "present")) return withAllFiles(cells);
    if (node.group !== undefined || publicName(node.name) !== node.name)
      return refused("it is not one machine with a name that a script can recognize");
    const origins = cells.map((cell) => originsOf(node, cell, holders.get(cell.field) ?? []));
    const none = cells.find((_, index) => origins[index]?.length === 0);
    if (none !== undefined) return refused(`nothing shows where to take ${none.path} from`);
    return best(node, combinations(origins), cells);
  };
}

interface Cell extends ExternalEtcdFile {
  readonly presence: Presence;
}

/** Why a file cannot be put in its place. */
function obstacle(
  node: ControlPlaneNode,
  { path, presence }: Cell,
  nodes: readonly ControlPlaneNode[],
): readonly string[] {
  if (presence.kind === "present") return [];
  if (presence.kind === "undecided")
    return [`it is undecided whether it has ${path}; list its disk (kubeadm-guard collect) and check again`];
  const { error, links, removedBy } = presence;
  if (removedBy !== undefined) return [`${sourceText(removedBy)} removes ${path}, and would do so again`];
  if (error !== "no such file or directory")
    return [`what is at ${path} is in the way (${error}); remove it and check again`];
  if (links.length > 0) return [`a broken link at ${path} is in the way; remove it and check again`];
  const elsewhere = nodes.find((one) => leadsElsewhere(one, path));
  const folder = node.files.presence(parent(path));
  const hasFolder = folder.kind === "missing" && folder.error === "is a directory";
  if (elsewhere !== undefined && !hasFolder)
    return [`on ${describeNode(elsewhere)} the folder of ${path} is a link; make that link here and check again`];
  return [];
}

function leadsElsewhere(node: ControlPlaneNode, path: string): boolean {
  const presence = node.files.presence(path);
  return presence.kind === "present" && presence.links.length > 0 && parent(presence.realPath) !== parent(path);
}

/** A pair that does not match is there, but no help. */
function withAllFiles(cells: readonly Cell[]): NodeSteps {
  const textOf = (wanted: ExternalEtcdField) => {
    const presence = cells.find(({ field }) => field === wanted)?.presence;
    return presence?.kind === "present" && presence.file.content.kind === "text"
      ? presence.file.content.text
      : undefined;
  };
  const [certificate, key] = [textOf("certFile"), textOf("keyFile")];
  const problem = certificate === undefined || key === undefined ? undefined : pairProblem(certificate, key);
  if (problem === undefined) return { kind: "nothing" };
  return refused("certFile and keyFile are there and do not match; nothing shows which of the two is wrong");
}

function originsOf(
  node: ControlPlaneNode,
  { field, path, presence }: Cell,
  holders: readonly ControlPlaneNode[],
): readonly Origin[] {
  if (presence.kind === "present") {
    const { content } = presence.file;
    return [{ field, path, content, isNamed: true, isThere: true }];
  }
  const similar = similarFile(node, path);
  const opened = similar === undefined ? undefined : node.files.presence(similar.path);
  const isUsable = similar !== undefined && similar.path !== path && oddPath(similar.path) === undefined;
  const here: readonly Origin[] =
    isUsable && opened?.kind === "present"
      ? [
          {
            field,
            path: similar.path,
            content: opened.file.content,
            isNamed: isOwn(node, similar.path, path),
            isThere: false,
          },
        ]
      : [];
  return [
    ...here,
    ...holders.flatMap((holder): readonly Origin[] => {
      const found = holder.files.presence(path);
      if (found.kind !== "present" || publicName(describeNode(holder)) !== describeNode(holder)) return [];
      return [{ field, path, content: found.file.content, node: holder, isNamed: true, isThere: false }];
    }),
  ];
}

function isOwn(node: ControlPlaneNode, path: string, wanted: string): boolean {
  if (baseName(path) === baseName(wanted)) return true;
  return [node.name, ...node.otherNames].some((name) => carriesName(path, name));
}

/** Every way to take one origin of each file. */
function combinations(origins: readonly (readonly Origin[])[]): readonly (readonly Origin[])[] {
  return origins.reduce<readonly (readonly Origin[])[]>(
    (before, choices) => before.flatMap((one) => choices.map((choice) => [...one, choice])),
    [[]],
  );
}

/** The best way that nothing refutes: what the node has itself before what another has, what is proven before what is open. */
function best(node: ControlPlaneNode, ways: readonly (readonly Origin[])[], cells: readonly Cell[]): NodeSteps {
  const rated = ways.map((origins) => {
    const content = (wanted: ExternalEtcdField) => origins.find(({ field }) => field === wanted)?.content;
    const pair = { certificate: content("certFile"), key: content("keyFile"), ca: content("caFile") };
    return { origins, proof: pairProof(pair), isCertain: origins.every(({ isNamed }) => isNamed) };
  });
  const foreign = (origins: readonly Origin[]) => origins.filter(({ node }) => node !== undefined).length;
  const sound = rated
    .filter(
      ({ origins, proof, isCertain }) =>
        isOfOneNode(origins) && (proof === "proven" || (proof === "open" && isCertain)),
    )
    .sort(
      (a, b) => Number(b.proof === "proven") - Number(a.proof === "proven") || foreign(a.origins) - foreign(b.origins),
    );
  const [chosen] = sound;
  if (chosen === undefined || chosen.proof === "refuted") return refused(noWay(node, cells));
  const [first, ...others] = chosen.origins.flatMap((origin) => stepOf(origin, cells));
  if (first === undefined) return { kind: "nothing" };
  return { kind: "steps", steps: [first, ...others], proof: chosen.proof };
}

/** A certificate and a key that are taken from other nodes come from the same one. */
function isOfOneNode(origins: readonly Origin[]): boolean {
  const pair = origins.filter(({ field, node }) => field !== "caFile" && node !== undefined);
  return new Set(pair.map(({ node }) => node)).size <= 1;
}

function stepOf({ field, path: from, node, isThere }: Origin, cells: readonly Cell[]): readonly FixStep[] {
  const path = cells.find((cell) => cell.field === field)?.path;
  if (isThere || path === undefined) return [];
  if (node !== undefined) return [{ do: "bring", field, path, node: describeNode(node) }];
  return parent(from) === parent(path)
    ? [{ do: "link", field, path, target: baseName(from) }]
    : [{ do: "copy", field, path, from }];
}

function noWay(node: ControlPlaneNode, cells: readonly Cell[]): string {
  const lacking = cells.filter(({ presence }) => presence.kind !== "present").map(({ path }) => path);
  return `nothing shows a file for ${lacking.join(" and ")} that is surely the right one for ${describeNode(node)}: a certificate and key that match, signed by the CA in caFile`;
}

function refused(why: string): NodeSteps {
  return { kind: "refused", why: [why] };
}

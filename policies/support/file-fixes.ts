import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { type ExternalEtcdField, type ExternalEtcdFile, externalEtcdFiles } from "../../cluster/external-etcd-files";
import { describeNode } from "../../cluster/node";
import type { ClusterConfiguration } from "../../kubeadm/config/cluster-configuration";
import { normalize, parent } from "../../machine/paths";
import { apiserverMounts, type Mount } from "./apiserver-mounts";
import { type Fitness, fitness, type PlacedFile } from "./etcd-client-files";
import { similarFile } from "./file-instead";
import { keyNamesOf } from "./file-kind";
import { isVisible, sharedPair } from "./shared-pair";
import { renderedFiles } from "./unrendered-fields";

/** One thing to do after which kubeadm finds files of etcd.external that it does not find today. Paths are absolute. */
export type FileFix =
  /** Name these files in the kubeadm-config: every control-plane node has them, and they fit. */
  | { readonly kind: "name-files"; readonly files: readonly ExternalEtcdFile[] }
  /** Link the names in the kubeadm-config to files of the same node in the same folder. Nothing is there under these names. */
  | { readonly kind: "link-files"; readonly node: string; readonly links: readonly FileLink[] }
  /** Copy the files from another control-plane node, which has them under the same names, with their modes. */
  | {
      readonly kind: "copy-files";
      readonly node: string;
      readonly from: string;
      readonly files: readonly ExternalEtcdFile[];
    };

export interface FileLink extends ExternalEtcdFile {
  /** The file of the node that the link points to. */
  readonly target: string;
}

/** What to do on one node that lacks a file; it may need a link and a copy. */
export interface NodeFixes {
  readonly node: ControlPlaneNode;
  readonly fixes: readonly [NodeFix, ...NodeFix[]];
  /** Whether the files are seen to fit: where it is `unsure`, only their names say so. */
  readonly fitness: Exclude<Fitness, "unfit">;
}

export type NodeFix = Exclude<FileFix, { kind: "name-files" }>;

/** What can be done by a machine about files that are missing. */
export interface FileFixes {
  /** Enough for all nodes, instead of everything else. */
  readonly everywhere: Extract<FileFix, { kind: "name-files" }> | undefined;
  readonly perNode: readonly NodeFixes[];
  /** Nodes that lack a file and for which nothing here is enough: only people know where its files are to come from. */
  readonly open: readonly string[];
}

const NOTHING: FileFixes = { everywhere: undefined, perNode: [], open: [] };

/**
 * What would fix the missing files of etcd.external. A fix is offered only where everything that is known says that the node
 * works afterwards: certificate and key match, etcd's CA signed the certificate, and kube-apiserver sees the files.
 */
export function fileFixes(cluster: Cluster, now: number): FileFixes {
  const { controlPlane, configuration } = cluster;
  if (controlPlane.kind !== "known" || configuration.kind !== "text" || configuration.reading.kind !== "decoded")
    return NOTHING;
  const files = renderedFiles(cluster, externalEtcdFiles(configuration.reading)).files;
  const lacking = controlPlane.nodes.filter((node) => files.some(({ path }) => isMissing(node, path)));
  if (lacking.length === 0) return NOTHING;
  const shared = sharedPair(cluster, now);
  const { minor } = configuration.kubeadm;
  const { configuration: read } = configuration.reading;
  const mounts = apiserverMounts(read, minor);
  const donors = donorsOf(controlPlane.nodes, files, mounts);
  const question: Question = { cluster, files, read, mounts, now, donors };
  const each = lacking.map((node) => ({ node, its: fixesOf(node, question) }));
  return {
    everywhere: shared?.certain === true ? { kind: "name-files", files: shared.files } : undefined,
    perNode: each.flatMap(({ its }) => its ?? []),
    open: each.filter(({ its }) => its === undefined).map(({ node }) => describeNode(node)),
  };
}

interface Question {
  readonly cluster: Cluster;
  readonly files: readonly ExternalEtcdFile[];
  readonly read: ClusterConfiguration;
  readonly mounts: readonly Mount[];
  readonly now: number;
  /** Nodes from which files may be copied. */
  readonly donors: readonly ControlPlaneNode[];
}

/** More are not asked: if the files of so many do not fit, those of the others will not either. */
const MOST_DONORS = 5;

/** The first nodes that have all files, and the first that have the CA. */
function donorsOf(
  nodes: readonly ControlPlaneNode[],
  files: readonly ExternalEtcdFile[],
  mounts: readonly Mount[],
): readonly ControlPlaneNode[] {
  const having = (some: readonly ExternalEtcdFile[]) =>
    nodes.filter((node) => some.every(({ path }) => isVisible(node, path, mounts))).slice(0, MOST_DONORS);
  return [...new Set([...having(files), ...having(files.filter(({ field }) => field === "caFile"))])];
}

function isMissing({ files }: ControlPlaneNode, path: string): boolean {
  return files.presence(path).kind === "missing";
}

/** True where nothing at all is at the path, so that a link or a file can be put there. */
function isFree({ files }: ControlPlaneNode, path: string): boolean {
  const presence = files.presence(path);
  // A relative path starts in root's home, and `..` after a link leads elsewhere than it seems.
  if (!path.startsWith("/") || path !== normalize(path)) return false;
  if (presence.kind !== "missing" || presence.removedBy !== undefined) return false;
  return presence.error === "no such file or directory" && presence.links.length === 0;
}

/** Undefined where it is not known how the node comes to all of its files. */
function fixesOf(node: ControlPlaneNode, question: Question): NodeFixes | undefined {
  const { files, donors } = question;
  const missing = files.filter(({ path }) => isMissing(node, path));
  if (node.group !== undefined || !missing.every(({ path }) => isFree(node, path))) return undefined;
  const links = missing.flatMap((file) => linkFor(file, node, question));
  const isLinked = (field: ExternalEtcdField) => links.some((link) => link.field === field);
  const rest = missing.filter(({ field }) => !isLinked(field));
  const linking: readonly NodeFix[] =
    links.length === 0 ? [] : [{ kind: "link-files", node: describeNode(node), links }];
  if (rest.length === 0) return nodeFixes(node, linking, fitnessAfter(node, undefined, links, question));
  // Certificate and key of one node belong together: both are copied, or none.
  const isPair = rest.some(({ field }) => field === "certFile") === rest.some(({ field }) => field === "keyFile");
  if (!isPair) return undefined;
  for (const donor of donors) {
    if (!rest.every(({ path }) => isVisible(donor, path, question.mounts))) continue;
    const after = fitnessAfter(node, { node: donor, files: rest }, links, question);
    if (after === "unfit") continue;
    const copying: NodeFix = {
      kind: "copy-files",
      node: describeNode(node),
      from: describeNode(donor),
      files: rest,
    };
    return nodeFixes(node, [...linking, copying], after);
  }
  return undefined;
}

function nodeFixes(node: ControlPlaneNode, fixes: readonly NodeFix[], after: Fitness): NodeFixes | undefined {
  const [first, ...others] = fixes;
  return first === undefined || after === "unfit" ? undefined : { node, fixes: [first, ...others], fitness: after };
}

/** The node's own file that may be linked under the name in the configuration. */
function linkFor(file: ExternalEtcdFile, node: ControlPlaneNode, question: Question): readonly FileLink[] {
  const { cluster, mounts } = question;
  const target = similarFile(node, file.path, cluster)?.path;
  if (target === undefined || parent(target) !== parent(file.path) || !isVisible(node, target, mounts)) return [];
  // By its name alone a CA may be any.
  return file.field === "caFile" ? [] : [{ ...file, target }];
}

interface Donation {
  readonly node: ControlPlaneNode;
  readonly files: readonly ExternalEtcdFile[];
}

/** Whether kube-apiserver could use the node's files after the fix; `unfit` too where nothing at all says so. */
function fitnessAfter(
  node: ControlPlaneNode,
  donation: Donation | undefined,
  links: readonly FileLink[],
  { read, cluster, now }: Question,
): Fitness {
  const { external } = read.etcd;
  if (external === undefined) return "unfit";
  if (external.certFile === "" || external.keyFile === "") return "fit";
  const placed = (field: ExternalEtcdField): PlacedFile => {
    const isDonated = donation?.files.some((file) => file.field === field) === true;
    const link = links.find((one) => one.field === field);
    return { node: isDonated ? donation.node : node, path: link?.target ?? external[field] };
  };
  const [certFile, keyFile] = [placed("certFile"), placed("keyFile")];
  const caFile = external.caFile === "" ? undefined : placed("caFile");
  const verdict = fitness({ certFile, keyFile, caFile }, cluster, now);
  return verdict === "unsure" && !areNamedAlike(certFile, keyFile) ? "unfit" : verdict;
}

/** True for a certificate and a key whose names say that they belong together; both are of one node. */
function areNamedAlike(certFile: PlacedFile, keyFile: PlacedFile): boolean {
  const [certificate, key] = [realPath(certFile), realPath(keyFile)];
  if (certificate === undefined || key === undefined) return false;
  return keyNamesOf(certificate).includes(key);
}

function realPath({ node, path }: PlacedFile): string | undefined {
  const presence = node.files.presence(path);
  return presence.kind === "present" ? presence.realPath : undefined;
}

import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { type ExternalEtcdField, externalEtcdFiles } from "../../cluster/external-etcd-files";
import type { NodeFiles } from "../../cluster/node-files";
import type { Presence, PresentFile } from "../../cluster/presence";
import { legibleConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { baseName, normalize, parent } from "../../machine/paths";
import type { Source } from "../../machine/source";
import { kindByName, mayBeOfKind } from "./file-kind";
import { isOfCa } from "./is-of-ca";
import { kubernetesOwn } from "./kubernetes-own";
import { nameInPair, ownerOf } from "./node-name-in-path";

/** What a node has in place of a missing file, as the end of a sentence: `has /etc/.../node-master01.pem instead (copy-1, ...)`. */
export function fileInstead(
  node: ControlPlaneNode,
  path: string,
  presence: Extract<Presence, { kind: "missing" }>,
  cluster: Cluster,
): string {
  if (presence.removedBy !== undefined) return `does not have it: ${sourceText(presence.removedBy)} removes it`;
  if (presence.error === "is a directory") return "has a folder of that name";
  if (presence.error === "not a directory") return "has a file where the path needs a folder";
  if (presence.error === "too many levels of symbolic links")
    return `has links there that form a loop${via(presence.links)}`;
  if (presence.links.length > 0) return `has a broken link there${via(presence.links)}`;
  const similar = similarFile(node, path, cluster);
  if (similar !== undefined) {
    const verb = baseName(similar.path) === baseName(normalize(path)) ? "has it at" : "has";
    return `${verb} ${similar.path} instead (${sourceText(similar.file.source)})`;
  }
  return node.files.present.length === 0
    ? withoutAnyFile(node.files)
    : `gets no similar file in ${parent(normalize(path))}`;
}

/** A program may bring files by resources that it creates inside `apply`, which a preview does not run for unknown values. */
function withoutAnyFile({ completeness }: NodeFiles): string {
  const byProgram = completeness.kind === "complete" && completeness.because.by === "certificates";
  return byProgram
    ? "gets no file from any source in this preview, which cannot show resources that the program creates inside apply"
    : "gets no file from any source here";
}

/** Names that files of anything may have, such as a registry's CA. */
const GENERIC = /^(?:ca|tls|cert|key|server|peer)(?:-(?:cert|key))?\.(?:crt|key|pem|cer)$/i;

/** Folders in which a file of such a name is likely to be etcd's: named after it, or where files lie before they are installed. */
const LIKELY = /etcd|^\/(?:tmp|var\/tmp|home|root)(?:\/|$)/i;

/** What certificates of this name are for, which is not kube-apiserver's connection to etcd. */
export const OTHER_PURPOSE = /(^|[-_.])(?:server|peer|member|healthcheck|kubelet|proxy|scheduler|controller)([-_.]|$)/i;

/**
 * The node's own file that is most like a missing one: of the same name elsewhere, else of the same kind in its folder. Never
 * one of Kubernetes' own or of another node, nor a CA that did not sign the node's certificate: in place of etcd's it would
 * shut the API servers out.
 */
export function similarFile(
  node: ControlPlaneNode,
  path: string,
  cluster: Cluster,
): NodeFiles["present"][number] | undefined {
  const wanted = normalize(path);
  const kind = kindByName(wanted);
  const own = kubernetesOwn(cluster);
  const nodes = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [node];
  const field = fieldOf(path, cluster);
  const isLikeIt = (one: NodeFiles["present"][number]) => {
    if (one.path === wanted || own.has(one) || !mayBeOfKind(one.file.content, kind)) return false;
    return field !== "caFile" || kind !== "ca" || maySignEtcd(one, node, cluster);
  };
  const isOfItsName = ({ path: other }: NodeFiles["present"][number]) =>
    baseName(other) === baseName(wanted) && (!GENERIC.test(baseName(other)) || LIKELY.test(parent(other)));
  const elsewhere = node.files.present.find((one) => isOfItsName(one) && isLikeIt(one));
  if (elsewhere !== undefined) return elsewhere;
  const inFolder = node.files.present.filter(
    (one) => parent(one.path) === parent(wanted) && kindByName(one.path) === kind && isLikeIt(one),
  );
  const owner = ownerOf(wanted, nodes)?.name ?? nameInPair(wanted);
  const counterpart = owner === undefined ? undefined : baseName(wanted).replace(owner, () => node.name);
  return (
    inFolder.find((one) => baseName(one.path) === counterpart) ??
    inFolder.find((one) => nameInPair(one.path)?.toLowerCase() === node.name.toLowerCase()) ??
    inFolder.find((one) => ownerOf(one.path, nodes)?.name === node.name && !OTHER_PURPOSE.test(baseName(one.path))) ??
    inFolder.find(
      (one) =>
        ownerOf(one.path, nodes) === undefined &&
        nameInPair(one.path) === undefined &&
        !OTHER_PURPOSE.test(baseName(one.path)),
    )
  );
}

function fieldOf(path: string, cluster: Cluster): ExternalEtcdField | undefined {
  return namedFiles(cluster).find((one) => one.path === path)?.field;
}

function namedFiles({ configuration }: Cluster) {
  return externalEtcdFiles(configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined);
}

/** False where the node's certificate for etcd is shown, and a CA there did not sign it. */
function maySignEtcd({ file }: NodeFiles["present"][number], node: ControlPlaneNode, cluster: Cluster): boolean {
  const certFile = namedFiles(cluster).find(({ field }) => field === "certFile")?.path;
  if (certFile === undefined || file.content.kind !== "text") return true;
  const presence = node.files.presence(certFile);
  const certificate = presence.kind === "present" ? presence : similarFile(node, certFile, cluster);
  const content = certificate?.file.content;
  return content?.kind !== "text" || isOfCa(content.text, file.content.text);
}

function via(links: readonly Source[]): string {
  const [first] = links;
  return first === undefined ? "" : ` (${sourceText(first)})`;
}

export function sourceText(source: PresentFile["source"]): string {
  return `${source.name}, ${source.kind}`;
}

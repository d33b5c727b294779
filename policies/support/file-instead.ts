import type { ControlPlaneNode } from "../../cluster/cluster";
import type { NodeFiles } from "../../cluster/node-files";
import type { Presence, PresentFile } from "../../cluster/presence";
import { baseName, normalize, parent } from "../../machine/paths";
import type { Source } from "../../machine/source";
import { carriesName, nameInPair } from "./node-name-in-path";

/** What a node has in place of a missing file, as the end of a sentence: `has /etc/.../node-master01.pem instead (copy-1, ...)`. */
export function fileInstead(
  node: ControlPlaneNode,
  path: string,
  presence: Extract<Presence, { kind: "missing" }>,
): string {
  if (presence.removedBy !== undefined) return `does not have it: ${sourceText(presence.removedBy)} removes it`;
  if (presence.error === "is a directory") return "has a folder of that name";
  if (presence.error === "not a directory") return "has a file where the path needs a folder";
  if (presence.error === "too many levels of symbolic links")
    return `has links there that form a loop${via(presence.links)}`;
  if (presence.links.length > 0) return `has a broken link there${via(presence.links)}`;
  const similar = similarFile(node, path);
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

/**
 * The node's own file that is most like a missing one: of the same name elsewhere, else of the same kind in its folder. Never
 * one of Kubernetes' own: its CA in place of etcd's would shut the API servers out.
 */
export function similarFile(node: ControlPlaneNode, path: string): NodeFiles["present"][number] | undefined {
  const wanted = normalize(path);
  const { present } = node.files;
  const pki = new Set([
    "/etc/kubernetes/pki",
    "/etc/kubernetes/ssl",
    ...present.filter(isServiceAccountKey).map(({ path }) => parent(path)),
  ]);
  const candidates = present.filter((one) => !(pki.has(parent(one.path)) && KUBERNETES_OWN.test(baseName(one.path))));
  const elsewhere = candidates.find((one) => baseName(one.path) === baseName(wanted));
  if (elsewhere !== undefined) return elsewhere;
  const inFolder = candidates.filter((one) => parent(one.path) === parent(wanted) && sameKind(one.path, wanted));
  return (
    inFolder.find((one) => nameInPair(one.path)?.toLowerCase() === node.name.toLowerCase()) ??
    inFolder.find((one) => carriesName(one.path, node.name)) ??
    inFolder[0]
  );
}

/** What kubeadm keeps in certificatesDir for Kubernetes itself (app/constants). */
const KUBERNETES_OWN =
  /^(?:(?:front-proxy-)?ca|front-proxy-client|sa|apiserver|apiserver-kubelet-client)\.(?:crt|key|pub|pem)$/;

function isServiceAccountKey({ path }: NodeFiles["present"][number]): boolean {
  return /^sa\.(?:key|pub)$/.test(baseName(path));
}

function via(links: readonly Source[]): string {
  const [first] = links;
  return first === undefined ? "" : ` (${sourceText(first)})`;
}

export function sourceText(source: PresentFile["source"]): string {
  return `${source.name}, ${source.kind}`;
}

/** A key for a key, a CA for a CA, a certificate for a certificate: by the words in their names. */
function sameKind(one: string, other: string): boolean {
  return kindOf(one) === kindOf(other);
}

function kindOf(path: string): "key" | "ca-key" | "ca" | "certificate" | "other" {
  const name = baseName(path).toLowerCase();
  const isCa = /(^|[-_.])ca([-_.]|cert|$)/.test(name);
  if (/\.key$|(^|[-_.])key([-_.]|$)/.test(name)) return isCa ? "ca-key" : "key";
  if (/\.(?:csr|srl|pub|cnf|conf|json|txt)$/.test(name)) return "other";
  return isCa ? "ca" : "certificate";
}

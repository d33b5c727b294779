import { createHash } from "node:crypto";
import { readCas } from "../../cluster/certificates/certificate";
import type { Cluster } from "../../cluster/cluster";
import type { NodeFiles } from "../../cluster/node-files";
import { legibleConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import type { Content } from "../../machine/content";
import { memoizeObject } from "../../machine/memoize";
import { baseName, isAtOrBelow, normalize, parent } from "../../machine/paths";

type File = NodeFiles["present"][number];

/** Tells the files that Kubernetes keeps for itself, and copies of them under other names. */
export interface KubernetesOwn {
  /** True where a file of this path is Kubernetes' own on every control-plane node, whatever it holds. */
  readonly hasPath: (path: string) => boolean;
  /** True for such a file, and for one with the content of such a file. */
  readonly has: (file: File) => boolean;
}

/**
 * The files that kubeadm keeps in certificatesDir for Kubernetes itself (app/constants), by path and by content. None of them
 * may be named, replaced or handed on as a file of etcd: with the cluster's own CA in caFile no API server finds etcd again.
 * Costs a pass over all files of all nodes, once for each cluster.
 */
export const kubernetesOwn: (cluster: Cluster) => KubernetesOwn = memoizeObject(collected);

const NAMES =
  /^(?:(?:front-proxy-)?ca|front-proxy-client|sa|apiserver|apiserver-kubelet-client)(?:-key)?\.(?:crt|key|pub|pem)$/;

const FOLDERS = ["/etc/kubernetes/pki", "/etc/kubernetes/ssl"];

function collected(cluster: Cluster): KubernetesOwn {
  const { controlPlane, configuration } = cluster;
  const files = controlPlane.kind === "known" ? controlPlane.nodes.flatMap(({ files }) => files.present) : [];
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  const folders = new Set([
    ...FOLDERS,
    ...(legible === undefined ? [] : [normalize(legible.configuration.certificatesDir)]),
    ...files.filter(({ path }) => /^sa\.(?:key|pub)$/.test(baseName(path))).map(({ path }) => parent(path)),
  ]);
  const hasPath = (path: string) =>
    (NAMES.test(baseName(path)) && folders.has(parent(path))) || isAtOrBelow(path, "/var/lib/kubelet");
  const contents = new Set(files.filter(({ path }) => hasPath(path)).flatMap(({ file }) => identities(file.content)));
  const isCopy = ({ file: { content } }: File) => {
    const [whole, ...certificates] = contents.size === 0 ? [] : identities(content);
    if (whole === undefined) return false;
    return contents.has(whole) || (certificates.length > 0 && certificates.every((one) => contents.has(one)));
  };
  return { hasPath, has: (file) => hasPath(file.path) || isCopy(file) };
}

/** The content as a whole, then each of its certificates: white space and comments do not make another CA. */
function identities(content: Content): readonly string[] {
  switch (content.kind) {
    case "text": {
      const cas = content.text.includes(CERTIFICATE) ? readCas(content.text) : undefined;
      const certificates = cas?.ok === true ? cas.value.map(({ fingerprint }) => `certificate ${fingerprint}`) : [];
      return [createHash("sha256").update(content.text).digest("hex"), ...certificates];
    }
    case "sha256":
      return [content.sha256.toLowerCase()];
    case "tls":
      return [`tls ${content.urn} ${content.property}`];
    case "unknown-until-update":
    case "not-shown":
      return [];
  }
}

const CERTIFICATE = "-----BEGIN CERTIFICATE-----";

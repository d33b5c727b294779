import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { ownerOf } from "./node-name-in-path";

/** The variables by which Kubespray names the three files (roles/kubernetes/control-plane/defaults/main/main.yml). */
const VARIABLES = "kube_etcd_cert_file, kube_etcd_key_file and kube_etcd_cacert_file";

/** The releases that first link the other nodes' names to each node's own pair (roles/etcd/tasks/gen_certs_script.yml). */
const LINKS_SINCE = "v2.26.1, v2.27.1 or v2.28.0";

/**
 * What Kubespray does about names of one node's files: nothing here is Kubespray's; its links are `made` on every node already; some
 * release `makes` them; or none does, as it links the names of the hosts in kube_control_plane only, never of one that left.
 */
export type KubesprayLinks = "not-kubespray" | "made" | "makes" | "makes-none";

export function kubesprayLinks(
  { settings, controlPlane }: Cluster,
  files: readonly { readonly path: string | null }[],
): KubesprayLinks {
  const paths = files.flatMap(({ path }) => path ?? []);
  const isKubesprays = paths.some((path) => path.startsWith("/etc/ssl/etcd/ssl/"));
  if (settings.kubespray === undefined && !isKubesprays) return "not-kubespray";
  const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
  const isOfNodes = controlPlane.kind === "unknown" || paths.every((path) => ownerOf(path, nodes) !== undefined);
  if (!isOfNodes) return "makes-none";
  const isThere = nodes.length > 0 && paths.every((path) => nodes.every((node) => isPresent(node, path)));
  return isThere ? "made" : "makes";
}

export const KUBESPRAY_MAKES_LINKS = `With Kubespray, run the etcd role of a release from ${LINKS_SINCE} on: it links the other nodes' names to each node's own pair.`;

export const KUBESPRAY_MAKES_NO_LINKS =
  "No release of Kubespray links the name of a host that is not in kube_control_plane: link it to each node's own pair yourself.";

/** No release makes files with other names: the variables alone would break every node. */
export const KUBESPRAY_VARIABLES = `Kubespray's ${VARIABLES} change only the names in the configuration: the files must be there first.`;

/** What Kubespray can do about files that are named after one node, in sentences. Links that are there are not advised again. */
export function kubesprayNamesFix(
  cluster: Cluster,
  files: readonly { readonly path: string | null }[],
): readonly string[] {
  switch (kubesprayLinks(cluster, files)) {
    case "not-kubespray":
      return [];
    case "made":
      return [KUBESPRAY_VARIABLES];
    case "makes":
      return [KUBESPRAY_MAKES_LINKS, KUBESPRAY_VARIABLES];
    case "makes-none":
      return [KUBESPRAY_MAKES_NO_LINKS, KUBESPRAY_VARIABLES];
  }
}

function isPresent({ files }: ControlPlaneNode, path: string): boolean {
  return files.presence(path).kind === "present";
}

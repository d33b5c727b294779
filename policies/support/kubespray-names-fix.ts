import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import { ownerOf } from "./node-name-in-path";

/** The variables by which Kubespray names the three files (roles/kubernetes/control-plane/defaults/main/main.yml). */
const VARIABLES = "kube_etcd_cert_file, kube_etcd_key_file and kube_etcd_cacert_file";

/** The releases that first link the other nodes' names to each node's own pair (roles/etcd/tasks/gen_certs_script.yml). */
const LINKS_SINCE = "v2.26.1, v2.27.1 or v2.28.0";

/**
 * What Kubespray can do about files that are named after one node. Its variables change only the names in the
 * configuration: no release makes files with other names, so the variables alone would break every node. Its links have the
 * names of the hosts in kube_control_plane: for a host that left it makes none. Links that are
 * there already are not advised again.
 */
export function kubesprayNamesFix(
  { settings, controlPlane }: Cluster,
  files: readonly { readonly path: string | null }[],
): readonly string[] {
  const paths = files.flatMap(({ path }) => path ?? []);
  const isKubesprays = paths.some((path) => path.startsWith("/etc/ssl/etcd/ssl/"));
  if (settings.kubespray === undefined && !isKubesprays) return [];
  const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
  const isOfNodes = controlPlane.kind === "unknown" || paths.every((path) => ownerOf(path, nodes) !== undefined);
  const links = isOfNodes
    ? `from ${LINKS_SINCE} on, it links the other nodes' names to each node's own pair, so run the etcd role of such a release first`
    : "no release links the name of a host that is not in kube_control_plane, so link it to each node's own pair yourself";
  const variables = `${VARIABLES} change only the names in the configuration; before you set them, put files with these names on every node by other means.`;
  const isThere = isOfNodes && nodes.length > 0 && paths.every((path) => nodes.every((node) => isPresent(node, path)));
  return [isThere ? `With Kubespray: ${variables}` : `With Kubespray: ${links}. ${variables}`];
}

function isPresent({ files }: ControlPlaneNode, path: string): boolean {
  return files.presence(path).kind === "present";
}

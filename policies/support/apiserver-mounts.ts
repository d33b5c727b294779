import type { ClusterConfiguration, ExternalEtcd } from "../../kubeadm/config/cluster-configuration";
import { caVolumePaths } from "../../kubeadm/config/kubeadm-versions";
import { isAtOrBelow, normalize, parent } from "../../machine/paths";

/** A folder or file of the host that kube-apiserver's container sees, both without a slash at the end. */
export interface Mount {
  readonly hostPath: string;
  readonly mountPath: string;
}

/**
 * The host paths that kubeadm of this minor release mounts into kube-apiserver (phases/controlplane/volumes.go
 * getHostPathVolumesForTheControlPlane, 1.26.15 to 1.37.2), by volume name: one of extraVolumes takes the place of
 * kubeadm's own of the same name. Folders of trusted CAs are mounted where they exist, and count as existing here: a
 * file below them makes them exist.
 */
export function apiserverMounts(configuration: ClusterConfiguration, minor: number): readonly Mount[] {
  const { certificatesDir, etcd, apiServer } = configuration;
  const same = (path: string): Mount => ({ hostPath: normalize(path), mountPath: normalize(path) });
  const folders = etcd.external === undefined ? [] : etcdFolders(etcd.external, certificatesDir, minor);
  const volumes = new Map<string, Mount>([
    ["k8s-certs", same(certificatesDir)],
    ["ca-certs", same(CA_CERTS)],
    ...folders.map((folder, index): [string, Mount] => [`etcd-certs-${index}`, same(folder)]),
    ...caVolumePaths(minor).map((path): [string, Mount] => [path.slice(1).replaceAll("/", "-"), same(path)]),
    ...apiServer.extraVolumes.map(({ name, hostPath, mountPath }): [string, Mount] => [
      name,
      { hostPath: normalize(hostPath), mountPath: normalize(mountPath) },
    ]),
  ]);
  return [...volumes.values()];
}

const CA_CERTS = "/etc/ssl/certs";

/** Where on the host the container finds a path; undefined where nothing is mounted there. The longest mount counts. */
export function hostPathOf(
  path: string,
  mounts: readonly Mount[],
): { readonly path: string; readonly mount: Mount } | undefined {
  const wanted = normalize(path);
  const over = mounts.filter(({ mountPath }) => isAtOrBelow(wanted, mountPath));
  const mount = over.sort((one, other) => other.mountPath.length - one.mountPath.length)[0];
  return mount === undefined
    ? undefined
    : { path: normalize(`${mount.hostPath}/${wanted.slice(mount.mountPath.length)}`), mount };
}

/** Why kubeadm takes a file's folder for mounted already: the folder with whose name the folder's name begins. */
export function takenForMounted(path: string, configuration: ClusterConfiguration, minor: number): string | undefined {
  const folder = parent(normalize(path));
  const { certificatesDir, etcd } = configuration;
  const standing = [...caVolumePaths(minor), CA_CERTS, certificatesDir].find((one) => folder.startsWith(one));
  if (standing !== undefined || etcd.external === undefined) return standing;
  return etcdFolders(etcd.external, certificatesDir, minor).find((one) => folder !== one && folder.startsWith(one));
}

/**
 * getEtcdCertVolumes: the folders of the three files, without those whose name begins with the name of a folder that is
 * mounted anyway, or of one another. Names are compared as text, so `/etc/ssl/certs-etcd` counts as below `/etc/ssl/certs`.
 */
function etcdFolders(
  { caFile, certFile, keyFile }: ExternalEtcd,
  certificatesDir: string,
  minor: number,
): readonly string[] {
  const standing = [...caVolumePaths(minor), CA_CERTS, certificatesDir];
  let folders: readonly string[] = [];
  for (const file of [caFile, certFile, keyFile]) {
    // A relative path has no folder on the host; "." of an empty one is skipped by kubeadm too.
    if (!file.startsWith("/")) continue;
    const folder = parent(normalize(file));
    if (standing.some((one) => folder.startsWith(one))) continue;
    const covered = folders.some((one) => !one.startsWith(folder) && folder.startsWith(one));
    const kept = folders.filter((one) => !one.startsWith(folder));
    folders = covered ? kept : [...kept, folder].sort();
  }
  return folders;
}

import type { ConfigurationState } from "../../cluster/cluster";
import type { UpgradePath } from "../../cluster/upgrade-path";
import { parseKubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import { legibleConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import type { KubesprayInput } from "./kubespray-facts";
import { walkUpgradePath } from "./walk-upgrade-path";

/** The releases between which an upgrade is to be followed. */
export interface KubesprayUpgrade {
  /** The release that ran last: `v2.25.0`. */
  readonly from: string;
  readonly to: string;
  /** The last version of Kubernetes to go to: `v1.32`; undefined for what the releases install. */
  readonly kubernetes: string | undefined;
}

/** The upgrade path from one release of Kubespray to another. Where it cannot be walked, it ends at once and says why. */
export function askedUpgradePath(
  { from, to, kubernetes }: KubesprayUpgrade,
  configuration: ConfigurationState,
  input: KubesprayInput | undefined,
): UpgradePath {
  const nothing = (why: string): UpgradePath => ({ by: "kubespray", steps: [], endsEarly: why });
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  if (legible === undefined) return nothing("the kubeadm-config cannot be read");
  const { etcd, kubernetesVersion, apiVersion } = legible.configuration;
  if (etcd.external === undefined)
    return nothing("etcd is local, so Kubespray puts no files of an external etcd anywhere");
  const minor = parseKubeadmRelease(kubernetesVersion)?.minor;
  if (minor === undefined)
    return nothing("kubernetesVersion names no release, so nobody can tell where the upgrade path begins");
  if (input === undefined) return nothing("the inventory or its variables cannot be read");
  const lastMinor = kubernetes === undefined ? undefined : parseKubeadmRelease(kubernetes)?.minor;
  return walkUpgradePath({ input, from, to, minor, lastMinor, apiVersion, files: etcd.external });
}

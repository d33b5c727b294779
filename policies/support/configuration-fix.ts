import type { KubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import { REMOVED_API_VERSIONS } from "../../kubeadm/config/kubeadm-versions";

export const FIX_TEXT = "correct the text; kubeadm config validate --config FILE says whether it is in order.";

/** What to do where kubeadm of this release says `error` of a configuration; `otherwise` where the text itself is at fault. */
export function configurationFix(error: string, kubeadm: KubeadmRelease, otherwise = FIX_TEXT): string {
  if (EXTRA_ARGS.test(error)) {
    return "write extraArgs as a map (NAME: VALUE) up to v1beta3, as a list of {name, value} since v1beta4.";
  }
  const version = OLD_API.exec(error)?.[1];
  const removed = REMOVED_API_VERSIONS.find((one) => one.version === version && one.lastMinor < kubeadm.minor);
  if (removed !== undefined) {
    return `migrate the text: kubeadm config migrate of ${removed.migrateWith} writes a newer API version; repeat it with a later kubeadm until kubeadm 1.${kubeadm.minor} reads the result.`;
  }
  const cluster = SKEW.exec(error)?.[1];
  if (cluster !== undefined) {
    return `use a kubeadm that is one minor version later than the cluster at most: 1.${Number(cluster) + 1} for 1.${cluster}. Upgrade one minor version at a time.`;
  }
  if (/^unknown configuration APIs/.test(error)) {
    return "give each document the apiVersion and kind of kubeadm, the kubelet or kube-proxy, and take out what is neither.";
  }
  return otherwise;
}

const EXTRA_ARGS = /cannot unmarshal (?:array|object) into Go struct field \S*[eE]xtraArgs /;

/** In the words for a file, and in those for the ConfigMap. */
const OLD_API = /(?:old API spec: |is registered for version )"kubeadm\.k8s\.io\/(v1\w+)"/;

/** util/config/common.go NormalizeKubernetesVersion. */
const SKEW = /only supports deploying clusters with the control plane version >= .*Current version: v?1\.(\d+)\./;

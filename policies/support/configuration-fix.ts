import type { KubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import type { Refusal, UndecodableField } from "../../kubeadm/config/refusal";
import { removedApi } from "../../kubeadm/config/removed-api";

export const FIX_TEXT = "correct the text, and check it with kubeadm config validate --config FILE.";

/** What to do where kubeadm of this release refuses a configuration; `otherwise` where the text itself is at fault. */
export function configurationFix(refusal: Refusal, kubeadm: KubeadmRelease, otherwise = FIX_TEXT): string {
  switch (refusal.id) {
    case "fieldUndecodable":
    case "typeWrong":
      return isOtherFormOfArgs(refusal)
        ? "write extraArgs as a map (NAME: VALUE) up to v1beta3, as a list of {name, value} since v1beta4."
        : otherwise;
    case "kindNotRegistered":
    case "apiVersionRemoved": {
      const removed = removedApi(refusal.document, kubeadm.minor);
      return removed === undefined
        ? otherwise
        : `migrate the text: kubeadm config migrate of ${removed.migrateWith} writes a newer API version; repeat it with a later kubeadm until kubeadm 1.${kubeadm.minor} reads the result.`;
    }
    case "kubernetesVersionInvalid": {
      const cluster = refusal.fault.kind === "too-old" ? /^v1\.(\d+)\./.exec(refusal.fault.version)?.[1] : undefined;
      return cluster === undefined
        ? otherwise
        : `use a kubeadm that is at most one minor version newer than the cluster: 1.${Number(cluster) + 1} for 1.${cluster}. Upgrade one minor version at a time.`;
    }
    case "unknownApi":
      return "give each document the apiVersion and kind of kubeadm, the kubelet or kube-proxy, and remove any other document.";
    default:
      return otherwise;
  }
}

/** True for arguments that are a list where this API version has a map, or the other way round. */
function isOtherFormOfArgs({ path, found }: UndecodableField): boolean {
  const field = path.findLast((part) => typeof part === "string");
  return /[eE]xtraArgs$/.test(field ?? "") && (found === "array" || found === "object");
}

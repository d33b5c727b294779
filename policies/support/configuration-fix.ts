import type { DocumentKind } from "../../kubeadm/config/document-kind";
import type { KubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import { API_VERSIONS, KUBEADM_GROUP, KUBEADM_VERSIONS } from "../../kubeadm/config/kubeadm-versions";
import type { Refusal, UndecodableField } from "../../kubeadm/config/refusal";
import { removedApi } from "../../kubeadm/config/removed-api";

export const FIX_TEXT = "correct the text, and check it with kubeadm config validate --config FILE.";

/** What to do where the ConfigMap has no text of a ClusterConfiguration: there is nothing to correct. */
export const FIX_ABSENT =
  "put the ClusterConfiguration there, as text; kubeadm init phase upload-config kubeadm --config FILE writes it.";

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
        ? unregisteredFix(refusal.document, kubeadm)
        : `migrate the text: kubeadm config migrate of ${removed.migrateWith} writes a newer API version; repeat it with a later kubeadm until kubeadm 1.${kubeadm.minor} reads the result.`;
    }
    case "kubernetesVersionInvalid": {
      const cluster = refusal.fault.kind === "too-old" ? /^v1\.(\d+)\./.exec(refusal.fault.version)?.[1] : undefined;
      return cluster === undefined
        ? otherwise
        : `use a kubeadm that is at most one minor version newer than the cluster: 1.${Number(cluster) + 1} for 1.${cluster}. Upgrade one minor version at a time.`;
    }
    case "unknownApi": {
      const [later] = refusal.documents.filter((document) => firstReader(document, kubeadm) !== undefined);
      if (later !== undefined) return unregisteredFix(later, kubeadm);
      return "give each document the apiVersion and kind of kubeadm, the kubelet or kube-proxy, and remove any other document.";
    }
    case "textTooLong":
      return "shorten the text; what is long belongs into files that it names.";
    case "apiVersionMissing":
    case "kindNotConvertible":
    case "kindInvalid":
    case "kindMissing":
      return `begin the document with ${header(kubeadm)}.`;
    case "kindTwice":
      return `keep one document of kind ${refusal.kind}, with the fields of both.`;
    case "apiVersionExperimental":
      return `write an API version that is not experimental: ${newestReadable(kubeadm)}.`;
    case "documentSeparatorInvalid":
      return "put nothing but a comment behind the --- that begins a document.";
    case "yamlInvalid":
    case "jsonInvalid":
      return FIX_TEXT;
    case "componentKindUnknown":
      return "give the document a kind that its component has (KubeletConfiguration, KubeProxyConfiguration), or remove it.";
    default:
      return otherwise;
  }
}

/** The newest API version that this kubeadm reads from a file without further flags. */
function newestReadable({ minor }: KubeadmRelease): string {
  const known = Math.min(minor, KUBEADM_VERSIONS.newestMinor);
  const readable = API_VERSIONS.filter(
    ({ firstMinor, lastMinor = known, experimentalUntil = 0 }) =>
      firstMinor <= known && known <= lastMinor && experimentalUntil < known,
  );
  return `${KUBEADM_GROUP}/${readable.at(-1)?.version ?? "v1beta4"}`;
}

function header(kubeadm: KubeadmRelease): string {
  return `apiVersion: ${newestReadable(kubeadm)} (or that of its fields) and kind: ClusterConfiguration`;
}

/** An API version that this kubeadm does not know yet, or a document that is not a ClusterConfiguration at all. */
function unregisteredFix({ group, version }: DocumentKind, kubeadm: KubeadmRelease): string {
  const since = firstReader({ group, version }, kubeadm);
  if (since !== undefined)
    return `use kubeadm 1.${since} or later, the first that reads ${group}/${version}; kubeadm 1.${kubeadm.minor} reads ${newestReadable(kubeadm)} at most.`;
  return `put a ClusterConfiguration there: ${header(kubeadm)}.`;
}

/** The first minor release that reads an API version which this kubeadm does not know yet. */
function firstReader({ group, version }: Omit<DocumentKind, "kind">, { minor }: KubeadmRelease): number | undefined {
  const since = API_VERSIONS.find((one) => group === KUBEADM_GROUP && one.version === version)?.firstMinor;
  return since !== undefined && since > minor ? since : undefined;
}

/** True for arguments that are a list where this API version has a map, or the other way round. */
function isOtherFormOfArgs({ path, found }: UndecodableField): boolean {
  const field = path.findLast((part) => typeof part === "string");
  return /[eE]xtraArgs$/.test(field ?? "") && (found === "array" || found === "object");
}

import type { DocumentKind } from "./document-kind";
import { KUBEADM_GROUP, REMOVED_API_VERSIONS } from "./kubeadm-versions";

/** The row of an API version of kubeadm that this minor release no longer reads; undefined for all others. */
export function removedApi({ group, version }: DocumentKind, minor: number) {
  return group === KUBEADM_GROUP
    ? REMOVED_API_VERSIONS.find((removed) => removed.version === version && removed.lastMinor < minor)
    : undefined;
}

import { goQuote } from "../go/go-syntax";
import type { DocumentKind } from "./document-kind";
import { KUBEADM_GROUP, REMOVED_API_VERSIONS } from "./kubeadm-versions";

/** The row of an API version of kubeadm that this minor release no longer reads; undefined for all others. */
export function removedApi({ group, version }: DocumentKind, minor: number) {
  return group === KUBEADM_GROUP
    ? REMOVED_API_VERSIONS.find((removed) => removed.version === version && removed.lastMinor < minor)
    : undefined;
}

/**
 * What every command that is given a file says of such a document, in the words of 1.30 or of 1.31 and later
 * (util/config/common.go validateSupportedVersion); undefined for a document that is not too old.
 */
export function oldApiWords(document: DocumentKind, minor: number): string | undefined {
  const removed = removedApi(document, minor);
  if (removed === undefined) return undefined;
  const [old, fresh] = minor >= 31 ? ["old-config-file", "new-config-file"] : ["old.yaml", "new.yaml"];
  return `your configuration file uses an old API spec: ${printedApi(document, minor)}. Please use kubeadm ${removed.migrateWith} instead and run 'kubeadm config migrate --old-config ${old} --new-config ${fresh}', which will write the new, similar spec using a newer API version.`;
}

/** The API version as these messages quote it. */
export function printedApi({ group, version, kind }: DocumentKind, minor: number): string {
  return goQuote(`${group}/${version}`) + (minor >= 31 ? ` (kind: ${goQuote(kind)})` : "");
}

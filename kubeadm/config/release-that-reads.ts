import type { DocumentKind } from "./document-kind";
import { type KubeadmRelease, parseKubeadmRelease } from "./kubeadm-release";
import { API_VERSIONS, KUBEADM_GROUP, KUBEADM_VERSIONS, REMOVED_API_VERSIONS } from "./kubeadm-versions";
import type { NamedVersions } from "./named-versions";

/**
 * The kubeadm that will read a configuration: the release that the cluster is to be upgraded to, else the minor release
 * of the text's own kubernetesVersion, else (for a label such as `stable`, or none) the newest known that decodes its API
 * version: a cluster whose release nobody names is not refused for being old. `upgradeTo` is a version such as `v1.31.4`.
 * A cluster that is older than every API version that is modeled here (v1alpha1 to v1alpha3) has to leave its API version
 * behind: the first release that no longer reads it.
 */
export function releaseThatReads(named: NamedVersions | undefined, upgradeTo: string | undefined): KubeadmRelease {
  const target = upgradeTo === undefined ? undefined : parseKubeadmRelease(upgradeTo);
  return target ?? (named && ownRelease(named)) ?? { minor: KUBEADM_VERSIONS.newestMinor };
}

function ownRelease({ document, kubernetesVersion }: NamedVersions): KubeadmRelease | undefined {
  const release = parseKubeadmRelease(kubernetesVersion ?? "");
  if (release !== undefined) return { minor: Math.max(release.minor, firstWithout(document)) };
  return lastThatDecodes(document);
}

/** The first release that no longer reads an API version that is known by name only; 0 for all others. */
function firstWithout(document: DocumentKind | undefined): number {
  const removed = REMOVED_API_VERSIONS.find(({ version }) => isApi(document, version));
  const isModeled = API_VERSIONS.some(({ version }) => version === removed?.version);
  return removed === undefined || isModeled ? 0 : removed.lastMinor + 1;
}

function lastThatDecodes(document: DocumentKind | undefined): KubeadmRelease | undefined {
  const known = API_VERSIONS.find(({ version }) => isApi(document, version));
  return known?.lastMinor === undefined ? undefined : { minor: known.lastMinor };
}

function isApi(document: DocumentKind | undefined, version: string): boolean {
  return document?.group === KUBEADM_GROUP && document.version === version;
}

import { type KubeadmRelease, parseKubeadmRelease } from "./kubeadm-release";
import { API_VERSIONS, KUBEADM_GROUP, KUBEADM_VERSIONS, REMOVED_API_VERSIONS } from "./kubeadm-versions";
import { MAX_LENGTH } from "./read-cluster-configuration";
import { textToJson } from "./text-to-json";

/**
 * The kubeadm that will read a configuration: the release that the cluster is to be upgraded to, else the minor release
 * of the text's own kubernetesVersion, else (for a label such as `stable`, or none) the newest known that decodes its API
 * version: a cluster whose release nobody names is not refused for being old. `upgradeTo` is a version such as `v1.31.4`.
 * A cluster that is older than every API version that is modelled here (v1alpha1 to v1alpha3) has to leave its API version
 * behind: the first release that no longer reads it. A text that is longer than any ConfigMap is not looked into.
 */
export function releaseThatReads(text: string, upgradeTo: string | undefined): KubeadmRelease {
  const target = upgradeTo === undefined ? undefined : parseKubeadmRelease(upgradeTo);
  return target ?? ownRelease(text) ?? { minor: KUBEADM_VERSIONS.newestMinor };
}

function ownRelease(text: string): KubeadmRelease | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const reading = textToJson(text);
  if (reading.kind === "error" || reading.value.kind !== "object") return undefined;
  const { fields } = reading.value;
  const version = fields.get("kubernetesVersion")?.value;
  const release = version?.kind === "string" ? parseKubeadmRelease(version.value) : undefined;
  const apiVersion = fields.get("apiVersion")?.value;
  const api = apiVersion?.kind === "string" ? apiVersion.value : "";
  if (release !== undefined) return { minor: Math.max(release.minor, firstWithout(api)) };
  return lastThatDecodes(api);
}

/** The first release that no longer reads an API version that is known by name only; 0 for all others. */
function firstWithout(apiVersion: string): number {
  const removed = REMOVED_API_VERSIONS.find(({ version }) => `${KUBEADM_GROUP}/${version}` === apiVersion);
  const isModelled = API_VERSIONS.some(({ version }) => version === removed?.version);
  return removed === undefined || isModelled ? 0 : removed.lastMinor + 1;
}

function lastThatDecodes(apiVersion: string): KubeadmRelease | undefined {
  const known = API_VERSIONS.find(({ version }) => `${KUBEADM_GROUP}/${version}` === apiVersion);
  return known?.lastMinor === undefined ? undefined : { minor: known.lastMinor };
}

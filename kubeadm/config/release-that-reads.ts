import { type KubeadmRelease, parseKubeadmRelease } from "./kubeadm-release";
import { API_VERSIONS, KUBEADM_GROUP, KUBEADM_VERSIONS } from "./kubeadm-versions";
import { MAX_LENGTH } from "./read-cluster-configuration";
import { textToJson } from "./text-to-json";

/**
 * The kubeadm that will read a configuration: the release that the cluster is to be upgraded to, else the minor release
 * of the text's own kubernetesVersion, else (for a label such as `stable`, or none) the newest known that decodes its API
 * version: a cluster whose release nobody names is not refused for being old. `upgradeTo` is a version such as `v1.31.4`.
 * A text that is longer than any ConfigMap is not looked into.
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
  if (release !== undefined) return { minor: release.minor };
  const apiVersion = fields.get("apiVersion")?.value;
  return apiVersion?.kind === "string" ? lastThatDecodes(apiVersion.value) : undefined;
}

function lastThatDecodes(apiVersion: string): KubeadmRelease | undefined {
  const known = API_VERSIONS.find(({ version }) => `${KUBEADM_GROUP}/${version}` === apiVersion);
  return known?.lastMinor === undefined ? undefined : { minor: known.lastMinor };
}

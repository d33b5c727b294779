import { type KubeadmRelease, parseKubeadmRelease } from "./kubeadm-release";
import { KUBEADM_VERSIONS } from "./kubeadm-versions";
import { textToJson } from "./text-to-json";

/**
 * The kubeadm that will read a configuration: the release that the cluster is to be upgraded to, else the minor release
 * of the text's own kubernetesVersion, else the newest known. `upgradeTo` is a version such as `v1.31.4`.
 */
export function releaseThatReads(text: string, upgradeTo: string | undefined): KubeadmRelease {
  const target = upgradeTo === undefined ? undefined : parseKubeadmRelease(upgradeTo);
  return target ?? ownRelease(text) ?? { minor: KUBEADM_VERSIONS.newestMinor };
}

function ownRelease(text: string): KubeadmRelease | undefined {
  const reading = textToJson(text);
  if (reading.kind === "error" || reading.value.kind !== "object") return undefined;
  const version = reading.value.fields.get("kubernetesVersion")?.value;
  const release = version?.kind === "string" ? parseKubeadmRelease(version.value) : undefined;
  return release === undefined ? undefined : { minor: release.minor };
}

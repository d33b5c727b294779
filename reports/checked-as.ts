import type { Cluster } from "../cluster/cluster";
import { type KubeadmRelease, parseKubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { KUBEADM_VERSIONS } from "../kubeadm/config/kubeadm-versions";
import type { CheckedAs } from "./report";

/** The release that a cluster was checked against, and why; `asked` is the one that `--kubeadm` names. */
export function checkedAs({ configuration, settings }: Cluster, asked: string | undefined): CheckedAs | null {
  if (configuration.kind !== "text") return null;
  const { kubeadm, reading } = configuration;
  const version = reading.kind === "decoded" ? reading.configuration.kubernetesVersion : undefined;
  return { kubeadm: releaseText(kubeadm), why: whyThat(kubeadm, asked, settings.upgradeTo?.kubernetes, version) };
}

function whyThat(
  kubeadm: KubeadmRelease,
  asked: string | undefined,
  upgradeTo: string | undefined,
  version: string | undefined,
): string {
  if (asked !== undefined) return "as asked";
  if (upgradeTo !== undefined && parseKubeadmRelease(upgradeTo) !== undefined) return `the upgrade to ${upgradeTo}`;
  if (version !== undefined && parseKubeadmRelease(version)?.minor === kubeadm.minor) {
    return `kubernetesVersion ${version}`;
  }
  return kubeadm.minor === KUBEADM_VERSIONS.newestMinor
    ? "the newest known"
    : "the last that reads its API version, as it names no release";
}

function releaseText({ minor, patch }: KubeadmRelease): string {
  return patch === undefined ? `1.${minor}` : `1.${minor}.${patch}`;
}

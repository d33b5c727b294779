import type { Cluster } from "../cluster/cluster";
import { type KubeadmRelease, parseKubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { KUBEADM_VERSIONS } from "../kubeadm/config/kubeadm-versions";
import type { CheckedAs } from "./report";

/** The release that a cluster was checked against, and why; `asked` is the one that `--kubeadm` names. */
export function checkedAs({ configuration, settings, subject }: Cluster, asked: string | undefined): CheckedAs | null {
  const kubeadm = configuration.kind === "text" ? configuration.kubeadm : subject.file?.kubeadm;
  if (kubeadm === undefined) return null;
  return { kubeadm: releaseText(kubeadm), why: whyThat(kubeadm, asked, settings.upgradeTo?.kubernetes, configuration) };
}

function whyThat(
  kubeadm: KubeadmRelease,
  asked: string | undefined,
  upgradeTo: string | undefined,
  configuration: Cluster["configuration"],
): string {
  if (asked !== undefined) return "as asked";
  if (upgradeTo !== undefined && parseKubeadmRelease(upgradeTo) !== undefined) return `the upgrade to ${upgradeTo}`;
  const { reading, named } = configuration.kind === "text" ? configuration : {};
  const version = named?.kubernetesVersion;
  if (version !== undefined && parseKubeadmRelease(version)?.minor === kubeadm.minor) {
    return `kubernetesVersion ${version}`;
  }
  return kubeadm.minor === KUBEADM_VERSIONS.newestMinor
    ? "the newest known"
    : reading?.kind === "decoded"
      ? "the last that reads its API version, as it names no release"
      : "the first that no longer reads its API version";
}

function releaseText({ minor, patch }: KubeadmRelease): string {
  return patch === undefined ? `1.${minor}` : `1.${minor}.${patch}`;
}

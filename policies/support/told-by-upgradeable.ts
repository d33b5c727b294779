import type { Cluster } from "../../cluster/cluster";
import { parseKubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import {
  KUBEADM_GROUP,
  KUBEADM_VERSIONS,
  REMOVED_API_VERSIONS,
  readableApiVersions,
} from "../../kubeadm/config/kubeadm-versions";
import type { NamedVersions } from "../../kubeadm/config/named-versions";
import type { Refusal } from "../../kubeadm/config/refusal";

/** What `kubeadm config validate` refuses and kubeadm-config-upgradeable tells in its own words. */
export const TOLD_BY_UPGRADEABLE: ReadonlySet<Refusal["id"]> = new Set([
  "kubernetesVersionInvalid",
  "apiVersionRemoved",
  "unknownApi",
] as const);

/**
 * True where the kubeadm of `upgradeTo` refuses the configuration because it is more than one minor version later, or no
 * longer knows its API version. kubeadm-config-upgradeable tells that, so no other policy tells it again.
 */
export function isToldByUpgradeable({ configuration, settings }: Cluster): boolean {
  const target = parseKubeadmRelease(settings.upgradeTo?.kubernetes ?? "");
  if (configuration.kind !== "text" || configuration.reading.kind !== "refused") return false;
  const { kubeadm, named, reading } = configuration;
  if (target?.minor !== kubeadm.minor) return false;
  const current = parseKubeadmRelease(named.kubernetesVersion ?? "")?.minor;
  if (current === undefined) return false;
  return (isTooOld(reading.refusal) && current < target.minor - 1) || isOfOtherReleases(named, current, target.minor);
}

function isTooOld(refusal: Refusal): boolean {
  return refusal.id === "kubernetesVersionInvalid" && refusal.fault.kind === "too-old";
}

/** The cluster's own kubeadm reads its API version, that of the target does not. */
function isOfOtherReleases({ document }: NamedVersions, current: number, target: number): boolean {
  if (document?.group !== KUBEADM_GROUP) return false;
  const { version } = document;
  return reads(current, version) && !reads(Math.min(target, KUBEADM_VERSIONS.newestMinor), version);
}

function reads(minor: number, version: string): boolean {
  const removed = REMOVED_API_VERSIONS.find((one) => one.version === version);
  return removed === undefined ? readableApiVersions(minor).some((one) => one === version) : minor <= removed.lastMinor;
}

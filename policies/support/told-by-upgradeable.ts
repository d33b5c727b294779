import type { Cluster } from "../../cluster/cluster";
import { documentKind } from "../../kubeadm/config/document-kind";
import { parseKubeadmRelease } from "../../kubeadm/config/kubeadm-release";
import {
  KUBEADM_GROUP,
  KUBEADM_VERSIONS,
  REMOVED_API_VERSIONS,
  readableApiVersions,
} from "../../kubeadm/config/kubeadm-versions";
import { textToJson } from "../../kubeadm/config/text-to-json";
import type { JsonNode } from "../../kubeadm/go/json/json-node";

/** The faults of `kubeadm config validate` that kubeadm-config-upgradeable tells in its own words. */
export const TOLD_BY_UPGRADEABLE: ReadonlySet<string> = new Set([
  "kubernetesVersionInvalid",
  "apiVersionRemoved",
  "unknownApi",
]);

/**
 * True where the kubeadm of `upgradeTo` refuses the configuration because it is more than one minor version later, or no
 * longer knows its API version. kubeadm-config-upgradeable tells that, so no other policy tells it again.
 */
export function isToldByUpgradeable({ configuration, settings }: Cluster): boolean {
  const target = parseKubeadmRelease(settings.upgradeTo?.kubernetes ?? "");
  if (configuration.kind !== "text" || configuration.reading.kind !== "refused") return false;
  if (target?.minor !== configuration.kubeadm.minor) return false;
  const json = textToJson(configuration.text);
  if (json.kind === "error") return false;
  return (
    (configuration.reading.error.startsWith(SKEW) && skipsAMinor(json.value, target.minor)) ||
    isOfOtherReleases(json.value, target.minor)
  );
}

/** util/config/common.go NormalizeKubernetesVersion. */
const SKEW = "this version of kubeadm only supports deploying clusters with the control plane version >= ";

function skipsAMinor(root: JsonNode, target: number): boolean {
  const current = ownMinor(root);
  return current !== undefined && current < target - 1;
}

/** The cluster's own kubeadm reads its API version, that of the target does not. */
function isOfOtherReleases(root: JsonNode, target: number): boolean {
  const [kind, current] = [documentKind(root, "json"), ownMinor(root)];
  if (kind.kind === "error" || kind.value.group !== KUBEADM_GROUP || current === undefined) return false;
  const { version } = kind.value;
  return reads(current, version) && !reads(Math.min(target, KUBEADM_VERSIONS.newestMinor), version);
}

function reads(minor: number, version: string): boolean {
  const removed = REMOVED_API_VERSIONS.find((one) => one.version === version);
  return removed === undefined ? readableApiVersions(minor).some((one) => one === version) : minor <= removed.lastMinor;
}

function ownMinor(root: JsonNode): number | undefined {
  const version = root.kind === "object" ? root.fields.get("kubernetesVersion")?.value : undefined;
  return version?.kind === "string" ? parseKubeadmRelease(version.value)?.minor : undefined;
}

import type { Finding } from "../../../cluster/outcome";
import { parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import { kubernetesVersionFault, kubernetesVersionFaultText } from "../../../kubeadm/config/kubernetes-version-fault";
import { settingName } from "../../../reasons/setting-name";
import { audienceOf } from "../audience-of";
import { messageTemplate } from "../policy";
import type { DeclaredUpgrade } from "./declared-upgrade";

interface VersionData {
  readonly place: string;
  readonly from: string;
  readonly to: string;
  /** kubeadm's words. */
  readonly error: string;
}

const tooFar = messageTemplate<VersionData>("tooFar", ([{ data }]) =>
  [
    `${data.place}: the cluster is at ${data.from}, so an upgrade to ${data.to} skips a minor version.`,
    "kubeadm can upgrade only 1 minor version at a time.",
    `kubeadm ${data.to} would fail: ${data.error}`,
    "Fix: upgrade to the next minor version first.",
  ].join("\n"),
);

const tooOld = messageTemplate<VersionData>("tooOld", ([{ data }], cluster) =>
  [
    `${data.place}: the cluster is at ${data.from}, which is newer than ${data.to}, the release of the upgrade.`,
    `kubeadm would fail: ${data.error}`,
    `Fix: name a later release (${settingName("upgradeTo.kubernetes", audienceOf(cluster))}), or none if the upgrade is done.`,
  ].join("\n"),
);

const older = messageTemplate<Omit<VersionData, "error">>("older", ([{ data }], cluster) =>
  [
    `${data.place}: the cluster is at ${data.from}, which is newer than ${data.to}, the release of the upgrade.`,
    "kubeadm refuses only a downgrade by more than one minor version, so it would go on.",
    `Fix: name a later release (${settingName("upgradeTo.kubernetes", audienceOf(cluster))}), or none if the upgrade is done.`,
  ].join("\n"),
);

const notComparable = messageTemplate<{ readonly place: string; readonly version: string; readonly to: string }>(
  "notComparable",
  ([{ data }]) =>
    [
      `${data.place}: kubernetesVersion ${data.version} is not a release, so it cannot be checked whether ${data.to} is one minor version newer.`,
      "kubeadm resolves such a name on the internet each time it reads the configuration.",
      "Fix: write the release, such as v1.30.14.",
    ].join("\n"),
);

export const VERSION_MESSAGES = {
  tooFar: tooFar.message,
  tooOld: tooOld.message,
  older: older.message,
  notComparable: notComparable.message,
};

/** phases/upgrade/policy.go EnforceVersionPolicies; kubeadm's reading of the configuration stops earlier, in other words. */
export function versionFindings({ from, to, place }: DeclaredUpgrade): readonly Finding[] {
  const target = to === undefined ? undefined : parseKubeadmRelease(to);
  if (from === undefined || to === undefined || target === undefined) return [];
  const current = parseKubeadmRelease(from);
  const where = place("kubernetesVersion");
  if (current === undefined) {
    const isLabel = kubernetesVersionFault(from, target) === undefined;
    return isLabel ? [notComparable.finding({ level: "advisory", data: { place: where, version: from, to } })] : [];
  }
  const data = { place: where, from, to };
  if (target.minor > current.minor + 1) {
    const skew = `Specified version to upgrade to "${to}" is too high; kubeadm can upgrade only 1 minor version at a time`;
    const fault = kubernetesVersionFault(from, target);
    return [
      tooFar.finding({ data: { ...data, error: fault === undefined ? skew : kubernetesVersionFaultText(fault) } }),
    ];
  }
  if (target.minor < current.minor - 1) {
    const error = `Specified version to downgrade to "${to}" is too low; kubeadm can downgrade only 1 minor version at a time`;
    return [tooOld.finding({ data: { ...data, error } })];
  }
  const back =
    target.minor < current.minor ||
    (target.minor === current.minor && target.patch !== undefined && target.patch < (current.patch ?? 0));
  return back ? [older.finding({ level: "advisory", data })] : [];
}

import type { Cluster } from "../cluster/cluster";
import { outcomeOf, type Undecided } from "../cluster/outcome";
import type { ConfigurationReading } from "../kubeadm/config/read-cluster-configuration";
import { unlessTextUnknown } from "./support/applicability";
import type { Policy } from "./support/policy";
import { apiVersionFindings, apiVersionGone } from "./support/upgrade/api-version-gone";
import { brokenKubespray, kubesprayFindings } from "./support/upgrade/broken-kubespray";
import { declaredUpgrade, upgradeRuns } from "./support/upgrade/declared-upgrade";
import { etcdFindings, etcdTooOld } from "./support/upgrade/etcd-too-old";
import { flagFindings, mixed } from "./support/upgrade/mixed-config-and-flags";
import { newerFindings, newerThanTables } from "./support/upgrade/newer-than-tables";
import { pathEndsEarly, pathFindings, pathStops } from "./support/upgrade/upgrade-path";
import { VERSION_MESSAGES, versionFindings } from "./support/upgrade/version-skew";

/** Nothing that is declared stops the upgrade that the settings name, or that the program runs. */
export const kubeadmConfigUpgradeable: Policy = {
  id: "kubeadm-config-upgradeable",
  title: "kubeadm-config upgradeable",
  description: "The target release can read the cluster's configuration and is at most one minor version newer.",
  severity: "high",
  level: "mandatory",
  remediation: "Upgrade one minor version at a time, and migrate the configuration before its API version is removed.",
  tags: ["configuration", "upgrade"],
  messages: {
    ...VERSION_MESSAGES,
    apiVersionGone: apiVersionGone.message,
    brokenKubespray: brokenKubespray.message,
    mixed: mixed.message,
    etcdTooOld: etcdTooOld.message,
    newerThanTables: newerThanTables.message,
    pathStops: pathStops.message,
    pathEndsEarly: pathEndsEarly.message,
  },
  check(cluster) {
    const known = unlessTextUnknown(cluster);
    if (known.kind === "settled") return known.outcome;
    const upgrade = declaredUpgrade(cluster, known.configuration);
    const remarks = newerFindings(upgrade);
    const declared =
      upgrade.to !== undefined ||
      upgrade.kubespray !== undefined ||
      cluster.upgradePath !== undefined ||
      upgradeRuns(cluster).length > 0 ||
      upgrade.etcd !== undefined;
    if (!declared && remarks.length === 0) {
      return { kind: "not-applicable", why: "no upgrade is declared" };
    }
    const ofKubespray = kubesprayFindings(cluster, upgrade);
    const findings = [
      ...versionFindings(upgrade),
      ...apiVersionFindings(upgrade),
      ...ofKubespray,
      ...flagFindings(cluster, upgrade),
      ...etcdFindings(upgrade),
      ...pathFindings(cluster, ofKubespray.length > 0 ? upgrade.kubespray : undefined),
    ];
    return outcomeOf(findings, findings.length > 0 ? [] : unread(cluster, known.configuration.reading), remarks);
  },
};

/** Finding nothing in a text that kubeadm rejects says nothing about an upgrade. */
function unread(cluster: Cluster, reading: ConfigurationReading): readonly Undecided[] {
  if (reading.kind === "decoded") return [];
  const data = { question: "upgrade", field: cluster.subject.field, policy: "kubeadm-config-valid" } as const;
  return [{ reason: { id: "configuration-unreadable", data }, node: null, path: null }];
}

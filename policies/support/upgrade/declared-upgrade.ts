import type { Cluster, MatchedKubeadmRun } from "../../../cluster/cluster";
import type { KnownConfiguration } from "../../../cluster/configuration/known-configuration";
import { parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import { KUBEADM_GROUP } from "../../../kubeadm/config/kubeadm-versions";
import type { ConfigurationReading } from "../../../kubeadm/config/read-cluster-configuration";
import { placeText } from "../place";

/** What is to be upgraded, and to what. */
export interface DeclaredUpgrade {
  readonly reading: ConfigurationReading;
  readonly place: (field: "apiVersion" | "kubernetesVersion") => string;
  /** kubernetesVersion and API version as in the text, also where the target cannot read it. */
  readonly from: string | undefined;
  readonly apiVersion: string | undefined;
  readonly to: string | undefined;
  readonly kubespray: string | undefined;
  /** The external etcd's version, where the settings name it. */
  readonly etcd: string | undefined;
}

/** What the settings name, else what the program upgrades to. */
export function declaredUpgrade(cluster: Cluster, { reading, named }: KnownConfiguration): DeclaredUpgrade {
  const { settings, subject } = cluster;
  const { document, lines } = named;
  const from = named.kubernetesVersion || undefined;
  const etcd = settings.kubespray?.variables?.["etcd_version"];
  return {
    reading,
    place: (field) => placeText(subject.field, lines[field]),
    from,
    apiVersion: document?.group === KUBEADM_GROUP ? document.version : undefined,
    to: settings.upgradeTo?.kubernetes ?? nextOf(upgradeRuns(cluster), from),
    kubespray: settings.upgradeTo?.kubespray,
    etcd: typeof etcd === "string" ? etcd : undefined,
  };
}

/** The next of the versions that the program upgrades to; earlier ones are left from upgrades that are done. */
function nextOf(runs: readonly MatchedKubeadmRun[], from: string | undefined): string | undefined {
  const current = parseKubeadmRelease(from ?? "")?.minor ?? 0;
  const minorOf = (version: string) => parseKubeadmRelease(version)?.minor ?? 0;
  const later = runs.flatMap(({ version }) => (version !== undefined && minorOf(version) >= current ? [version] : []));
  return (
    later.sort((one, other) => minorOf(one) - minorOf(other)).find((version) => minorOf(version) > current) ?? later[0]
  );
}

/** The runs of `kubeadm upgrade` in the program. */
export function upgradeRuns({ kubeadmRuns }: Cluster): readonly MatchedKubeadmRun[] {
  return kubeadmRuns.filter(({ command }) => command === "upgrade");
}

import { apiVersionMigration } from "../kubeadm/config/api-version-migration";
import { parseKubeadmRelease } from "../kubeadm/config/kubeadm-release";
import {
  KUBEADM_GROUP,
  KUBEADM_VERSIONS,
  kubeletSkew,
  minimumExternalEtcd,
  ownEtcd,
} from "../kubeadm/config/kubeadm-versions";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { type RefusalOfConfigMap, refusalText } from "../kubeadm/config/refusal";
import { writtenApiVersion } from "../kubeadm/config/written-api-version";
import type { Cluster } from "./cluster";
import type { KnownConfiguration } from "./configuration/known-configuration";
import { predictKubeadm } from "./predict-kubeadm";
import type { UpgradePath, UpgradePathStep } from "./upgrade-path";

/**
 * Walks an upgrade by kubeadm alone to the release that the settings name (undefined where they name none), one minor release after the other, as kubeadm skips none: which etcd
 * each step takes, which API version has to be migrated before, and where kubeadm would stop, with its words. What a step
 * stops at is taken as fixed by the next one. The kubeadm-config names the same files all the way: kubeadm writes back what it read.
 *
 * Source: phases/upgrade/policy.go, staticpods.go and postupgrade.go of kubeadm 1.22 to 1.37.
 */
export function upgradeByKubeadm(cluster: Cluster, now: Date): UpgradePath | undefined {
  const { configuration, settings } = cluster;
  const to = settings.upgradeTo?.kubernetes;
  if (to === undefined) return undefined;
  const known = configuration.kind === "text" ? configuration : undefined;
  const { configuration: read } = (known && legibleConfiguration(known.reading)) ?? {};
  if (known === undefined || read === undefined) return ends("the kubeadm-config cannot be read");
  const from = minorNow(cluster, read.kubernetesVersion);
  const last = parseKubeadmRelease(to)?.minor;
  if (from === undefined || last === undefined)
    return ends("kubernetesVersion names no release, so nobody can tell where the upgrade path begins");
  if (last < from) return ends(`the cluster is at Kubernetes 1.${from}, which is newer than ${to}`);
  const { newestMinor } = KUBEADM_VERSIONS;
  const minors = range(last === from ? from : from + 1, Math.min(last, newestMinor));
  const { external } = read.etcd;
  let apiVersion: string = read.apiVersion;
  const steps = minors.map((minor, index): UpgradePathStep => {
    const found = stopAt(minor, { cluster, known, apiVersion, isFirst: index === 0, now });
    const certFile = external?.certFile ?? "";
    const migrate = apiVersionMigration(minor, apiVersion);
    apiVersion = writtenApiVersion(minor, apiVersion);
    return {
      kubernetes: `1.${minor}`,
      kubespray: null,
      certFile,
      ...found,
      certFileAfter: certFile,
      migrate,
      etcd: etcdOf(minor, external !== undefined),
      avoid: [],
    };
  });
  const endsEarly = last > newestMinor ? `kubeadm 1.${newestMinor} is the newest that is known` : null;
  return { by: "kubeadm", steps, endsEarly };
}

function ends(why: string): UpgradePath {
  return { by: "kubeadm", steps: [], endsEarly: why };
}

/** The oldest of what the API servers run, as one that is upgraded halfway goes on from there; else what the kubeadm-config says. */
function minorNow({ live }: Cluster, kubernetesVersion: string): number | undefined {
  const running = (live?.apiServers ?? []).flatMap(({ version }) => parseKubeadmRelease(version ?? "")?.minor ?? []);
  return running.length > 0 ? Math.min(...running) : parseKubeadmRelease(kubernetesVersion)?.minor;
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** What the newest patch release of a minor release takes. */
function etcdOf(minor: number, isExternal: boolean): string {
  const withoutBuild = (version: string) => `v${version.replace(/-\d+$/, "")}`;
  if (isExternal) return `${withoutBuild(minimumExternalEtcd({ minor, patch: Number.POSITIVE_INFINITY }))} or newer`;
  const own = ownEtcd(minor);
  return own === undefined ? "kubeadm's own" : withoutBuild(own);
}

interface Step {
  readonly cluster: Cluster;
  readonly known: KnownConfiguration;
  readonly apiVersion: string;
  readonly isFirst: boolean;
  readonly now: Date;
}

type Found = Pick<UpgradePathStep, "stop" | "unknown">;

/** kubeadm reads the ConfigMap, then looks at the kubelets, then builds its etcd client on each node. */
function stopAt(minor: number, step: Step): Found {
  const { cluster, apiVersion, isFirst } = step;
  const first = cluster.controlPlane.kind === "known" ? (cluster.controlPlane.nodes[0]?.name ?? null) : null;
  const onFirst = (error: string): Found => ({
    stop: { node: first, error },
    unknown: [],
  });
  if (apiVersionMigration(minor, apiVersion) !== null) {
    const document = { group: KUBEADM_GROUP, version: apiVersion, kind: "ClusterConfiguration" };
    return onFirst(refusalText({ id: "kindNotRegistered", document, minor }));
  }
  // What the first step stops at has to be fixed before the second begins.
  if (!isFirst) return { stop: null, unknown: [] };
  const refusal = refusalAtAnyRelease(step.known);
  if (refusal !== undefined) return onFirst(refusalText(refusal));
  const old = oldKubelets(cluster, minor);
  if (old.length > 0)
    return onFirst(
      `There are kubelets in this cluster that are too old that have these versions [${[...new Set(old)].join(" ")}]`,
    );
  return atEtcdClient(step);
}

/** What kubeadm stops at whatever its release. */
function refusalAtAnyRelease({ reading }: KnownConfiguration): RefusalOfConfigMap | undefined {
  if (reading.kind === "decoded") return undefined;
  const { refusal } = reading;
  return refusal.id === "kindNotRegistered" || refusal.id === "kubernetesVersionInvalid" ? undefined : refusal;
}

function oldKubelets({ live }: Cluster, minor: number): readonly string[] {
  return (live?.nodes ?? []).flatMap(({ kubelet = "" }) => {
    const release = parseKubeadmRelease(kubelet);
    return release !== undefined && minor > release.minor + kubeletSkew(minor) ? [kubelet] : [];
  });
}

function atEtcdClient({ cluster, known, now }: Step): Found {
  if (cluster.controlPlane.kind === "unknown") return { stop: null, unknown: ["which nodes are control-plane nodes"] };
  const legible = legibleConfiguration(known.reading);
  if (legible === undefined) return { stop: null, unknown: [] };
  const reading = { kind: "decoded", ...legible } as const;
  const predictions = predictKubeadm({ ...cluster, configuration: { ...known, reading } }, { step: "upgrade", now });
  const prefix =
    legible.configuration.etcd.external === undefined ? "" : "failed to create etcd client for external etcd: ";
  const unknown: string[] = [];
  for (const { node, prediction } of predictions) {
    if (prediction.ok === false) return { stop: { node, error: prefix + prediction.error }, unknown };
    if (prediction.ok === null) unknown.push(`on ${node}, ${prediction.why}`);
  }
  const kubespray = cluster.settings.kubespray === undefined ? [] : [WITH_KUBESPRAY];
  return { stop: null, unknown: [...kubespray, ...unknown] };
}

const WITH_KUBESPRAY =
  "which files Kubespray writes into the kubeadm-config (check --kubespray A..B follows its releases)";

import type { Cluster, MatchedKubeadmRun } from "../cluster/cluster";
import type { KnownConfiguration } from "../cluster/configuration/known-configuration";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { NodeNames } from "../cluster/node-names";
import { type Finding, outcomeOf, type Undecided } from "../cluster/outcome";
import { parseKubeadmRelease } from "../kubeadm/config/kubeadm-release";
import {
  BROKEN_KUBESPRAY_RELEASES,
  KUBEADM_GROUP,
  KUBEADM_VERSIONS,
  minimumExternalEtcd,
  REMOVED_API_VERSIONS,
  readableApiVersions,
} from "../kubeadm/config/kubeadm-versions";
import { kubernetesVersionFault, kubernetesVersionFaultText } from "../kubeadm/config/kubernetes-version";
import { type ConfigurationReading, legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { refusalText } from "../kubeadm/config/refusal";
import { unlessTextUnknown } from "./support/applicability";
import { isAmong } from "./support/is-among";
import { inOneLine } from "./support/lists";
import { mixedFlags } from "./support/mixed-flags";
import { placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";

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
    `kubeadm ${data.to} would stop: ${data.error}`,
    "Fix: upgrade to the next minor version first.",
  ].join("\n"),
);

const tooOld = messageTemplate<VersionData>("tooOld", ([{ data }]) =>
  [
    `${data.place}: the cluster is at ${data.from}, which is newer than ${data.to}, the release of upgradeTo.`,
    `kubeadm would stop: ${data.error}`,
    "Fix: name a later release in upgradeTo, or none if the upgrade is done.",
  ].join("\n"),
);

const older = messageTemplate<Omit<VersionData, "error">>("older", ([{ data }]) =>
  [
    `${data.place}: the cluster is at ${data.from}, which is newer than ${data.to}, the release of upgradeTo.`,
    "kubeadm allows a step back of one minor version at most; upgrades are tested in one direction only.",
    "Fix: name a later release in upgradeTo, or none if the upgrade is done.",
  ].join("\n"),
);

const notComparable = messageTemplate<{ readonly place: string; readonly version: string; readonly to: string }>(
  "notComparable",
  ([{ data }]) =>
    [
      `${data.place}: kubernetesVersion ${data.version} names no release, so nobody can tell whether ${data.to} is one minor version later.`,
      "kubeadm looks such a name up on the internet each time it reads the configuration.",
      "Fix: write the release, such as v1.30.14.",
    ].join("\n"),
);

const apiVersionGone = messageTemplate<{
  readonly place: string;
  readonly version: string;
  readonly to: string;
  readonly migrateWith: string | undefined;
  readonly error: string | undefined;
}>("apiVersionGone", ([{ data }]) =>
  [
    `${data.place}: kubeadm ${data.to} cannot read ${KUBEADM_GROUP}/${data.version}.`,
    ...(data.error === undefined ? [] : [`kubeadm would stop on every node: ${data.error}`]),
    data.migrateWith === undefined
      ? `Fix: write an API version that both releases read.`
      : `Fix: run kubeadm config migrate of ${data.migrateWith} on the text, and put the result into the ConfigMap before the upgrade.`,
  ].join("\n"),
);

const brokenKubespray = messageTemplate<{
  readonly release: string;
  readonly fixedIn: string;
  readonly hosts: readonly string[];
  readonly missing: readonly string[];
}>("brokenKubespray", ([{ data }]) =>
  [
    `Kubespray ${data.release} breaks the upgrade of clusters whose etcd hosts are no control-plane nodes (${inOneLine(data.hosts)}).`,
    data.missing.length > 0
      ? `It lets kubeadm use the files that the ConfigMap names, and gives nobody the files of another node; they are missing on ${inOneLine(data.missing)} (kubespray 11500).`
      : "It lets kubeadm use the files that the ConfigMap names, and gives nobody the files of another node; nothing here shows that every node has them (kubespray 11500).",
    `Fix: upgrade with Kubespray ${data.fixedIn} instead, or give the files one name that every control-plane node has.`,
  ].join("\n"),
);

const mixed = messageTemplate<{ readonly source: string; readonly names: readonly string[] }>("mixed", (findings) => {
  const [{ data }] = findings;
  return [
    `${inOneLine(findings.map((one) => one.data.source))}: kubeadm upgrade is given --config and ${inOneLine(data.names.map((name) => `--${name}`))}.`,
    `kubeadm would stop: can not mix '--config' with arguments [${data.names.join(" ")}]`,
    "Since 1.30 --config of an upgrade takes an UpgradeConfiguration only; the ClusterConfiguration always comes from the ConfigMap.",
    "Fix: leave out --config, or write the flags into an UpgradeConfiguration.",
  ].join("\n");
});

const etcdTooOld = messageTemplate<{ readonly version: string; readonly minimum: string; readonly release: string }>(
  "etcdTooOld",
  ([{ data }]) =>
    [
      `External etcd ${data.version} is older than ${data.minimum}, the oldest that kubeadm ${data.release} supports.`,
      `kubeadm init would stop: this version of kubeadm only supports external etcd version >= ${data.minimum}. An upgrade does not look.`,
      "Fix: upgrade etcd first.",
    ].join("\n"),
);

const newerThanTables = messageTemplate<{ readonly names: readonly string[] }>(
  "newerThanTables",
  ([{ data }]) =>
    `${data.names.join(" and ")}: newer than what this pack knows (kubeadm 1.${KUBEADM_VERSIONS.newestMinor}, Kubespray ${KUBEADM_VERSIONS.newestKubespray}, as of ${KUBEADM_VERSIONS.asOf}); checked by the rules of the newest known.`,
);

/** Nothing that is declared stops the upgrade that the settings name, or that the program runs. */
export const kubeadmConfigUpgradeable: Policy = {
  id: "kubeadm-config-upgradeable",
  title: "kubeadm-config upgradeable",
  description:
    "The release that the cluster is to be upgraded to can read its configuration and is one minor version later at most.",
  severity: "high",
  level: "mandatory",
  remediation: "Upgrade one minor version at a time, and migrate the configuration before its API version goes.",
  messages: {
    tooFar: tooFar.message,
    tooOld: tooOld.message,
    older: older.message,
    notComparable: notComparable.message,
    apiVersionGone: apiVersionGone.message,
    brokenKubespray: brokenKubespray.message,
    mixed: mixed.message,
    etcdTooOld: etcdTooOld.message,
    newerThanTables: newerThanTables.message,
  },
  check(cluster) {
    const known = unlessTextUnknown(cluster);
    if (known.kind === "settled") return known.outcome;
    const upgrade = upgradeOf(cluster, known.configuration);
    const remarks = newer(upgrade);
    const declared =
      upgrade.to !== undefined ||
      upgrade.kubespray !== undefined ||
      upgrades(cluster).length > 0 ||
      upgrade.etcd !== undefined;
    if (!declared && remarks.length === 0) {
      return { kind: "not-applicable", why: "no upgrade is declared" };
    }
    const findings = [
      ...versionFindings(upgrade),
      ...apiVersionFindings(upgrade),
      ...kubesprayFindings(cluster, upgrade),
      ...flagFindings(cluster, upgrade),
      ...etcdFindings(upgrade),
    ];
    return outcomeOf(findings, findings.length > 0 ? [] : unread(cluster, known.configuration.reading), remarks);
  },
};

/** That nothing was found in a text at which kubeadm stops says nothing about an upgrade. */
function unread(cluster: Cluster, reading: ConfigurationReading): readonly Undecided[] {
  if (reading.kind === "decoded") return [];
  const data = { question: "upgrade", field: cluster.subject.field, policy: "kubeadm-config-valid" } as const;
  return [{ reason: { id: "configuration-unreadable", data }, node: null, path: null }];
}

/** What is to be upgraded, and to what. */
interface Upgrade {
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

function upgradeOf(cluster: Cluster, { reading, named }: KnownConfiguration): Upgrade {
  const { settings, subject } = cluster;
  const { document, lines } = named;
  const from = named.kubernetesVersion || undefined;
  const etcd = settings.kubespray?.variables?.["etcd_version"];
  return {
    reading,
    place: (field) => placeText(subject.field, lines[field]),
    from,
    apiVersion: document?.group === KUBEADM_GROUP ? document.version : undefined,
    to: settings.upgradeTo?.kubernetes ?? nextOf(upgrades(cluster), from),
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

function upgrades({ kubeadmRuns }: Cluster): readonly MatchedKubeadmRun[] {
  return kubeadmRuns.filter(({ command }) => command === "upgrade");
}

/** phases/upgrade/policy.go EnforceVersionPolicies; kubeadm's reading of the configuration stops earlier, in other words. */
function versionFindings({ from, to, place }: Upgrade): readonly Finding[] {
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

function apiVersionFindings({ reading, apiVersion, to, place }: Upgrade): readonly Finding[] {
  const target = to === undefined ? undefined : parseKubeadmRelease(to);
  if (apiVersion === undefined || to === undefined || target === undefined) return [];
  const known = Math.min(target.minor, KUBEADM_VERSIONS.newestMinor);
  if (readableApiVersions(known).some((version) => version === apiVersion)) return [];
  const removed = REMOVED_API_VERSIONS.find(({ version }) => version === apiVersion);
  const isKubeadms =
    removed !== undefined || readableApiVersions(KUBEADM_VERSIONS.newestMinor).some((one) => one === apiVersion);
  if (!isKubeadms) return [];
  const refusal = reading.kind === "refused" ? reading.refusal : undefined;
  const error = refusal?.id === "kindNotRegistered" ? refusalText(refusal) : undefined;
  const data = { place: place("apiVersion"), version: apiVersion, to, migrateWith: removed?.migrateWith, error };
  return [apiVersionGone.finding({ data })];
}

/** Only for separate etcd, and not where every node is known to have the files already. */
function kubesprayFindings(cluster: Cluster, { reading, kubespray }: Upgrade): readonly Finding[] {
  const broken = BROKEN_KUBESPRAY_RELEASES.find(({ release }) => release === withV(kubespray));
  const { controlPlane, etcdHosts } = cluster;
  if (broken === undefined || controlPlane.kind !== "known") return [];
  const names = new NodeNames(controlPlane.nodes);
  const hosts = etcdHosts.filter((host) => !isAmong(names, host)).map((host) => host.name);
  const files = externalEtcdFiles(legibleConfiguration(reading));
  if (hosts.length === 0 || files.length === 0) return [];
  const without = (kind: "missing" | "undecided") =>
    controlPlane.nodes
      .filter((node) => files.some(({ path }) => node.files.presence(path).kind === kind))
      .map((node) => node.name);
  const missing = without("missing");
  if (missing.length === 0 && without("undecided").length === 0) return [];
  const finding = { data: { ...broken, hosts, missing } };
  return [brokenKubespray.finding(missing.length > 0 ? finding : { ...finding, level: "advisory" })];
}

function flagFindings(cluster: Cluster, { from, to }: Upgrade): readonly Finding[] {
  return upgrades(cluster).flatMap((run): readonly Finding[] => {
    const release = parseKubeadmRelease(run.version ?? to ?? from ?? "");
    const names = run.config && release !== undefined ? mixedFlags(run.flags, release.minor) : [];
    if (names.length === 0) return [];
    const finding = { group: names.join(" "), data: { source: run.source.name, names } };
    return [mixed.finding(run.undecided === undefined ? finding : { ...finding, level: "advisory" })];
  });
}

/** Only `kubeadm init` looks (ExternalEtcdVersion), so it never stops an upgrade. */
function etcdFindings({ reading, etcd, to, from }: Upgrade): readonly Finding[] {
  const release = parseKubeadmRelease(to ?? from ?? "");
  const external = legibleConfiguration(reading)?.configuration.etcd.external !== undefined;
  if (etcd === undefined || release === undefined || !external) return [];
  const minimum = minimumExternalEtcd(release);
  const { minor, patch } = release;
  const data = { version: etcd, minimum, release: patch === undefined ? `1.${minor}` : `1.${minor}.${patch}` };
  return isOlder(etcd, minimum) ? [etcdTooOld.finding({ level: "advisory", data })] : [];
}

function newer({ from, to, kubespray }: Upgrade): readonly Finding[] {
  const kubernetes = [to, from].find(
    (version) => (parseKubeadmRelease(version ?? "")?.minor ?? 0) > KUBEADM_VERSIONS.newestMinor,
  );
  const newest = KUBEADM_VERSIONS.newestKubespray;
  const names = [
    ...(kubernetes === undefined ? [] : [`Kubernetes ${kubernetes}`]),
    ...(kubespray !== undefined && isOlder(newest, kubespray) && !isSameMinor(newest, kubespray)
      ? [`Kubespray ${kubespray}`]
      : []),
  ];
  return names.length === 0 ? [] : [newerThanTables.finding({ level: "advisory", data: { names } })];
}

/** The first three numbers count; false where there are none. */
function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbers(version), numbers(than)];
  if (one === undefined || other === undefined) return false;
  const at = one.findIndex((number, index) => number !== other[index]);
  return (one[at] ?? 0) < (other[at] ?? 0);
}

function isSameMinor(one: string, other: string): boolean {
  return numbers(one)?.slice(0, 2).join(".") === numbers(other)?.slice(0, 2).join(".");
}

function numbers(version: string): readonly number[] | undefined {
  const match = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(version.trim());
  return match === null ? undefined : match.slice(1).map(Number);
}

function withV(release: string | undefined): string | undefined {
  return release === undefined || release.startsWith("v") ? release : `v${release}`;
}

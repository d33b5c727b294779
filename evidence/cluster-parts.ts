import type { ConfigurationState, Subject } from "../cluster/cluster";
import type { ClusterParts } from "../cluster/cluster-parts";
import type { ClusterSettings, MachineSettings, SettingsProblem } from "../cluster/cluster-settings";
import type { Documents } from "../cluster/documents";
import type { Evidence } from "../cluster/evidence";
import type { LiveCluster } from "../cluster/live-cluster";
import type { Node } from "../cluster/node";
import { NodeNames } from "../cluster/node-names";
import type { UndecidedReason } from "../cluster/presence";
import type { UpgradePath } from "../cluster/upgrade-path";
import { parseKubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { publicProse, publicValue } from "../machine/public-text";
import type { Source, Urn } from "../machine/source";
import { declared } from "./declared";
import { askedUpgradePath, type KubesprayUpgrade } from "./kubespray/asked-upgrade-path";
import { listingOverLayout } from "./listing-over-layout";
import { apiServerEvidence, liveControlPlane } from "./live-cluster/live-evidence";
import { readConfigurationRecord } from "./read-configuration-record";
import { type ReadDocuments, readDocuments } from "./read-documents";
import { resolveResource } from "./resolve-resource";

/** What is needed to put one cluster's parts together. */
export interface ClusterSource {
  readonly name: string;
  readonly subject: Subject;
  readonly configuration: ConfigurationState;
  readonly settings: ClusterSettings;
  readonly documents: Documents;
  /** What the API of the running cluster shows, where it was read. */
  readonly live?: LiveCluster | undefined;
  /** The resource that a Pulumi name or URN in the settings means. */
  readonly resolve: (resource: string) => Urn | undefined;
  readonly problems: readonly SettingsProblem[];
  /** The upgrade by Kubespray that is to be followed, where it is not the one of the settings. */
  readonly upgrade?: KubesprayUpgrade | undefined;
}

/**
 * One cluster's own documents as parts. The nodes come from the settings, else from the listing, else from the live
 * cluster, else from the inventory; the others add addresses to nodes of the same name.
 */
export function clusterParts(source: ClusterSource): ClusterParts {
  const { settings, configuration } = source;
  const read = readDocuments(settings, source.documents, kubernetesMinor(configuration));
  const other = read.otherStack;
  const resolve = (resource: string) =>
    source.resolve(resource) ?? (other === undefined ? undefined : resolveResource(resource, other.resources));
  const named = [machinesOf(settings, "controlPlaneNodes", resolve), read.listing?.controlPlane ?? []];
  const [first, ...others] = [
    ...named,
    source.live === undefined ? [] : liveControlPlane(source.live),
    read.kubespray?.controlPlane ?? [],
  ].filter((nodes) => nodes.length > 0);
  const declaredNodes = withLiveNames(
    (first ?? []).map((node) => withAliases(node, others.flat())),
    source.live,
  );
  const isNamed = [...named, read.kubespray?.controlPlane ?? []].some((nodes) => nodes.length > 0);
  const notNamed = [
    ...liveNodesNotNamed(source.live, declaredNodes),
    ...(isNamed ? [] : liveNodesNotShown(source.live)),
  ];
  const etcdHosts = firstOf(
    machinesOf(settings, "etcdHosts", resolve),
    read.listing?.etcdHosts,
    read.kubespray?.etcdHosts,
  );
  return {
    name: source.name,
    subject: source.subject,
    configuration,
    inventoryEtcd: read.inventoryEtcd,
    settings,
    declaredNodes,
    nodesNotNamed: notNamed,
    etcdHosts,
    otherHosts: [
      ...machinesOf(settings, "otherHosts", resolve),
      ...furtherMachines(read, [...declaredNodes, ...etcdHosts]),
    ],
    declared: declared(settings.name, settings.files ?? []),
    documents: [...read.evidence, ...runningWith(source.live, read, declaredNodes)],
    live: source.live,
    completeness: read.completeness,
    completenessOfOthers: read.completenessOfOthers,
    otherStack: other?.parts,
    etcdServers: read.etcdServers,
    record: source.documents.record && readConfigurationRecord(source.documents.record),
    comparison: source.documents.comparedRecord && {
      other: readConfigurationRecord(source.documents.comparedRecord),
      allowed: settings.compareWith?.allow ?? [],
    },
    upgradePath: upgradePathOf(source, read),
    problems: [...source.problems, ...read.problems, ...unresolved(settings, resolve)],
  };
}

/** By the releases that are asked for, else by those of the settings: the one that ran last, and the one to upgrade with. */
function upgradePathOf(
  { configuration, settings, upgrade }: ClusterSource,
  { kubesprayInput }: ReadDocuments,
): UpgradePath | undefined {
  const { kubespray, upgradeTo } = settings;
  const [from, to] = [kubespray?.release, upgradeTo?.kubespray].map((release) => release?.match(RELEASE)?.[0]);
  const asked =
    upgrade ?? (from === undefined || to === undefined ? undefined : { from, to, kubernetes: upgradeTo?.kubernetes });
  return asked && askedUpgradePath(asked, configuration, kubesprayInput);
}

/** A branch of Kubespray has no place in the order of its releases. */
const RELEASE = /^v?\d{1,4}\.\d{1,4}\.\d{1,4}$/;

/** What API servers run with, but for the places that a listing has looked at: it is younger than the start of a Pod. */
function runningWith(
  live: LiveCluster | undefined,
  { listing }: ReadDocuments,
  controlPlane: readonly Node[],
): readonly Evidence[] {
  const evidence = (live?.apiServers ?? []).map(apiServerEvidence);
  if (listing === undefined) return evidence;
  const shown = { controlPlane, etcdHosts: [], otherHosts: [], evidence, completeness: new Map() };
  return listingOverLayout({ evidence: [], completeness: listing.completeness }, shown).evidence;
}

/** Pods show the nodes on which an API server runs; one that is down has none. */
function liveNodesNotShown(live: LiveCluster | undefined): readonly UndecidedReason[] {
  const [server] = live?.nodes.length === 0 ? live.apiServers : [];
  if (server === undefined) return [];
  return [{ reason: { id: "live-nodes-not-shown", data: {} }, source: { name: server.pod, kind: "kubectl" } }];
}

/** Control-plane nodes of the live cluster that are none of those that settings, a listing or an inventory name. */
function liveNodesNotNamed(live: LiveCluster | undefined, declaredNodes: readonly Node[]): readonly UndecidedReason[] {
  const names = new NodeNames(declaredNodes);
  return (live === undefined ? [] : liveControlPlane(live))
    .filter(({ name, addresses }) => [name, ...addresses].every((one) => names.named(one).length === 0))
    .map(({ name, declaredBy }) => ({
      reason: { id: "live-node-not-named", data: { node: name } },
      source: declaredBy,
    }));
}

/** The nodes under the names and addresses of the Nodes of Kubernetes that they are, whatever an inventory calls them. */
function withLiveNames(nodes: readonly Node[], live: LiveCluster | undefined): readonly Node[] {
  const names = new NodeNames(nodes);
  const found = (live?.nodes ?? []).map((one) => {
    const same = [one.name, ...one.addresses].map((name) => names.named(name)).find(({ length }) => length === 1);
    return { ...one, same: same?.[0] };
  });
  return nodes.map((node) => {
    const own = found.filter(({ same }) => same === node);
    return {
      ...node,
      otherNames: [
        ...new Set([...node.otherNames, ...own.map(({ name }) => name).filter((name) => name !== node.name)]),
      ],
      addresses: [...new Set([...node.addresses, ...own.flatMap(({ addresses }) => addresses)])],
    };
  });
}

/** Machines of the documents that are none of these, whatever the documents take them for: the settings have the last word. */
function furtherMachines({ listing, kubespray }: ReadDocuments, these: readonly Node[]): readonly Node[] {
  const names = new NodeNames(these);
  return [listing, kubespray]
    .flatMap((nodes) => (nodes === undefined ? [] : [nodes.controlPlane, nodes.etcdHosts, nodes.otherHosts]))
    .flat()
    .filter((node) => names.named(node.name).length === 0);
}

function kubernetesMinor(configuration: ConfigurationState): number | undefined {
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  return parseKubeadmRelease(legible?.configuration.kubernetesVersion ?? "")?.minor;
}

type MachineKey = "controlPlaneNodes" | "etcdHosts" | "otherHosts";

function machinesOf(settings: ClusterSettings, key: MachineKey, resolve: ClusterSource["resolve"]): readonly Node[] {
  return (settings[key] ?? []).map((machine, index) => nodeOf(machine, sourceOf(settings, key, index), resolve));
}

function sourceOf(settings: ClusterSettings, key: MachineKey, index: number): Source {
  return { name: `clusters[${publicProse(settings.name)}].${key}[${index}]`, kind: "settings" };
}

function nodeOf(machine: MachineSettings, declaredBy: Source, resolve: ClusterSource["resolve"]): Node {
  const resource = machine.resource === undefined ? undefined : resolve(machine.resource);
  return {
    name: machine.name,
    otherNames: [],
    addresses: machine.addresses ?? [],
    declaredBy,
    ...(resource === undefined ? {} : { resource }),
  };
}

function withAliases(node: Node, others: readonly Node[]): Node {
  const same = others.filter((other) => other.name.toLowerCase() === node.name.toLowerCase());
  const addresses = [...new Set([...node.addresses, ...same.flatMap((other) => other.addresses)])];
  return {
    ...node,
    addresses,
    otherNames: [...new Set([...node.otherNames, ...same.flatMap((other) => other.otherNames)])],
  };
}

function firstOf(...lists: readonly (readonly Node[] | undefined)[]): readonly Node[] {
  return lists.find((list) => list !== undefined && list.length > 0) ?? [];
}

/** Machines of the settings whose `resource` is not in this stack. */
function unresolved(settings: ClusterSettings, resolve: ClusterSource["resolve"]): readonly SettingsProblem[] {
  const keys: readonly MachineKey[] = ["controlPlaneNodes", "etcdHosts", "otherHosts"];
  return keys.flatMap((key) =>
    (settings[key] ?? []).flatMap((machine, index) => {
      if (machine.resource === undefined || resolve(machine.resource) !== undefined) return [];
      const what = `No resource of this stack has the URN or the Pulumi name ${publicValue(machine.resource)}, or several have it; give the URN.`;
      return [{ cluster: settings.name, where: `${sourceOf(settings, key, index).name}.resource`, what }];
    }),
  );
}

import { basename, dirname, relative } from "node:path";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import type { Completeness } from "../cluster/completeness";
import type { DocumentPlace } from "../cluster/document-lines";
import type { DocumentFile, Documents } from "../cluster/documents";
import type { Evidence } from "../cluster/evidence";
import type { InventoryEtcd } from "../cluster/inventory-etcd";
import type { Node } from "../cluster/node";
import type { StackParts } from "../cluster/stack-parts";
import type { EtcdServers } from "../kubeadm/predict/predict-init-preflight";
import { publicPath, publicProse } from "../machine/public-text";
import type { Source } from "../machine/source";
import type { Reason } from "../reasons/reason";
import { internalErrorOf } from "./isolate";
import type { Inventory } from "./kubespray/inventory";
import type { KubesprayInput } from "./kubespray/kubespray-facts";
import { type KubesprayLayout, kubesprayLayout } from "./kubespray/kubespray-layout";
import { readInventory } from "./kubespray/read-inventory";
import { listingOverLayout, type NodeStatements } from "./listing-over-layout";
import { type ListingReading, readListing } from "./read-listing";
import { readStack } from "./read-stack";
import { readStackExport } from "./read-stack-export";
import type { StackResource } from "./stack-resource";

/** What the files that the settings name say of a cluster. */
export interface ReadDocuments {
  readonly listing: ListedNodes | undefined;
  readonly kubespray: DocumentNodes | undefined;
  /** What Kubespray would be given; undefined where there is no inventory, or one that cannot be read, nor some of its variables. */
  readonly kubesprayInput: KubesprayInput | undefined;
  /** Where etcd runs by the inventory and its variables. */
  readonly inventoryEtcd: InventoryEtcd | undefined;
  readonly evidence: readonly Evidence[];
  /** How complete the evidence is for a node, by a name of that node. */
  readonly completeness: ReadonlyMap<string, Completeness>;
  /** How complete it is for nodes that `completeness` does not name; `undefined` where the documents do not concern them. */
  readonly completenessOfOthers: Completeness | undefined;
  /** The other stack whose export stands in place of a listing. */
  readonly otherStack: OtherStack | undefined;
  /** What the listing says that etcd serves: null for plain http, `undefined` where it does not say. */
  readonly etcdServers: EtcdServers | null | undefined;
  readonly problems: readonly SettingsProblem[];
}

interface ListedNodes extends DocumentNodes {
  /** How complete the listing is for each node that it has an entry for. */
  readonly completeness: ReadonlyMap<string, Completeness>;
}

export interface DocumentNodes {
  readonly controlPlane: readonly Node[];
  readonly etcdHosts: readonly Node[];
  readonly otherHosts: readonly Node[];
}

export interface OtherStack {
  readonly resources: readonly StackResource[];
  readonly parts: StackParts;
}

/**
 * Understands the files that a cluster's settings name. `kubernetesMinor` is the minor version of the cluster's Kubernetes.
 * Pure, never throws: a file that cannot be used is a problem that says which and what to do, and makes the files of the nodes undecided that it might have spoken of.
 */
export function readDocuments(
  settings: ClusterSettings,
  documents: Documents,
  kubernetesMinor?: number | undefined,
): ReadDocuments {
  const { listing, inventory, variables } = documents;
  const listed =
    listing === undefined
      ? NOTHING_LISTED
      : attempt<Listed>(
          () => readListed(settings, listing),
          (why) => unusable(settings, "listing", { path: listing.path, why }),
        );
  const kubespray =
    inventory === undefined
      ? NO_INVENTORY
      : attempt<InventoryRead>(
          () => readKubespray(settings, inventory, { variables, kubernetesMinor }),
          (why) => unusable(settings, "kubespray", { path: inventory.path, why }),
        );
  return {
    listing: listed.listing,
    kubespray: kubespray.layout,
    kubesprayInput: kubespray.input,
    inventoryEtcd: inventoryEtcd(kubespray.layout),
    ...statements(listed.listing, kubespray.layout),
    completenessOfOthers: listed.completenessOfOthers ?? kubespray.completenessOfOthers,
    otherStack: listed.otherStack,
    etcdServers: listed.listing?.etcdServers,
    problems: [...listed.problems, ...kubespray.problems],
  };
}

function inventoryEtcd(layout: KubesprayLayout | undefined): InventoryEtcd | undefined {
  const etcd = layout?.etcd;
  return etcd?.kind === "kubeadm" ? { kind: etcd.kind, why: `${etcd.variable} is ${etcd.value}` } : etcd;
}

/** Reads a document; one that cannot be read because of an internal error is one that cannot be used. */
function attempt<Reading>(read: () => Reading, failed: (why: string) => Reading): Reading {
  try {
    return read();
  } catch (error) {
    return failed(internalErrorOf(error));
  }
}

function statements(listing: ListingReading | undefined, layout: KubesprayLayout | undefined): NodeStatements {
  if (listing !== undefined && layout !== undefined) return listingOverLayout(listing, layout);
  const { evidence, completeness } = listing ?? layout ?? NO_STATEMENTS;
  return { evidence, completeness };
}

const NO_STATEMENTS: NodeStatements = { evidence: [], completeness: new Map() };

/** What is known in place of a document that cannot be used, and what is to be said of it. */
interface Unused {
  readonly completenessOfOthers: Completeness | undefined;
  readonly problems: readonly SettingsProblem[];
}

interface Listed extends Unused {
  readonly listing?: ListingReading;
  readonly otherStack?: OtherStack;
}

const NOTHING_LISTED: Listed = { completenessOfOthers: undefined, problems: [] };

/** A listing, or the export of the stack that makes the nodes. */
function readListed(settings: ClusterSettings, file: DocumentFile): Listed {
  if (file.kind === "unreadable") return unopened(settings, "listing", file);
  const exported = readStackExport(file.text);
  if (exported === undefined) {
    const listing = readListing(file, settings.name);
    return { listing, completenessOfOthers: listing.completenessOfOthers, problems: listing.problems };
  }
  if (exported.kind === "problem") return unusable(settings, "listing", { path: file.path, why: exported.why });
  const { resources } = exported;
  return {
    otherStack: { resources, parts: readStack(resources) },
    completenessOfOthers: undefined,
    problems: exported.problems.map((what) => ({
      cluster: settings.name,
      where: `clusters[${publicProse(settings.name)}].listing`,
      what: `${file.path}: ${what}.`,
      in: { kind: "document", path: file.path },
      level: "advisory",
    })),
  };
}

interface InventoryRead extends Unused {
  readonly layout?: KubesprayLayout;
  readonly input?: KubesprayInput;
}

const NO_INVENTORY: InventoryRead = { completenessOfOthers: undefined, problems: [] };

function kubesprayInputOf(
  settings: ClusterSettings,
  path: string,
  inventory: Inventory,
  variables: readonly DocumentFile[],
): KubesprayInput {
  const { release, variables: given } = settings.kubespray ?? {};
  const texts = variables.filter((one) => one.kind === "text");
  return {
    inventory,
    files: texts.map((one) => ({ path: fromFolderOf(path, one.path), text: one.text })),
    ...(release === undefined ? {} : { release }),
    ...(given === undefined ? {} : { variables: given }),
  };
}

function readKubespray(
  settings: ClusterSettings,
  file: DocumentFile,
  {
    variables,
    kubernetesMinor,
  }: { readonly variables: readonly DocumentFile[]; readonly kubernetesMinor: number | undefined },
): InventoryRead {
  const where = `clusters[${publicProse(settings.name)}].kubespray`;
  if (file.kind === "unreadable") return unopened(settings, "kubespray", file);
  const reading = readInventory(file.text, file.path);
  if (reading.kind === "unreadable") {
    const { line, message } = reading.problem;
    const why = line === undefined ? message : `${message} (line ${line})`;
    return unusable(settings, "kubespray", { path: file.path, why, ...(line === undefined ? {} : { line }) });
  }
  const unreadable = variables.filter((one) => one.kind === "unreadable");
  const source: Source = { name: `inventory ${basename(file.path)}`, kind: "kubespray" };
  const input = kubesprayInputOf(settings, file.path, reading.inventory, variables);
  const layout = kubesprayLayout({ ...input, kubernetesMinor }, source);
  const remarks = [...reading.inventory.warnings, ...layout.remarks].map(
    (remark): SettingsProblem => ({
      cluster: settings.name,
      where,
      what: `${file.path}: ${remark}.`,
      in: { kind: "document", path: file.path },
      level: "remark",
    }),
  );
  return {
    layout: unreadable.reduce(withoutFiles, layout),
    ...(unreadable.length === 0 ? { input } : {}),
    completenessOfOthers: undefined,
    problems: [...unreadable.map((one) => unusableFile(settings, where, one)), ...remarks],
  };
}

/** Ansible would fail at a file it cannot read, and what it sets may move everything: the machines stay, the files go. */
function withoutFiles(layout: KubesprayLayout, { path }: UnusableFile): KubesprayLayout {
  const reason: Reason = { id: "variables-file-unreadable", data: { path, problem: null } };
  const completeness: Completeness = { kind: "unknown", reason };
  return {
    ...layout,
    etcd: { kind: "undecided", reason },
    evidence: [],
    completeness: new Map([...layout.completeness.keys()].map((name) => [name, completeness])),
  };
}

/** As Ansible's rules name a file: `group_vars/all/etcd.yml`. */
function fromFolderOf(inventory: string, path: string): string {
  return relative(dirname(inventory), path).replaceAll("\\", "/");
}

interface UnusableFile extends Pick<Extract<DocumentFile, { kind: "unreadable" }>, "path" | "why"> {
  /** The line that cannot be used, where it is known. */
  readonly line?: number;
}

/** The setting that names a file. */
type FileKey = "listing" | "kubespray";

/** A file that the settings name and that is not there or may not be read. */
function unopened(settings: ClusterSettings, key: FileKey, file: UnusableFile): Unused {
  const advice = "Relative paths start at the folder of the project's Pulumi.yaml.";
  const { completenessOfOthers, problems } = unusable(settings, key, file);
  return {
    completenessOfOthers,
    problems: problems.map(({ in: _, ...one }) => ({ ...one, what: `${one.what} ${advice}` })),
  };
}

/** A file that the settings name and that cannot be used: what it might have said of a node stays open. */
function unusable(settings: ClusterSettings, key: FileKey, file: UnusableFile): Unused {
  const where = `clusters[${publicProse(settings.name)}].${key}${key === "kubespray" ? ".inventory" : ""}`;
  return {
    completenessOfOthers: {
      kind: "unknown",
      reason: { id: "document-unusable", data: { document: publicPath(file.path) } },
    },
    problems: [{ ...unusableFile(settings, where, file), leavesOut: key }],
  };
}

function unusableFile(settings: ClusterSettings, where: string, { path, why, line }: UnusableFile): SettingsProblem {
  const place: DocumentPlace = { kind: "document", path, ...(line === undefined ? {} : { line }) };
  return { cluster: settings.name, where, what: `${publicPath(path)} cannot be used: ${why}.`, in: place };
}

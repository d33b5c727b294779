import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import type { DocumentFile, Documents } from "../cluster/documents";
import type { Evidence, Source } from "../cluster/evidence";
import type { Node } from "../cluster/node";
import type { World } from "../cluster/node-files";
import type { Inventory, InventoryHost } from "./kubespray/inventory";
import { readInventory } from "./kubespray/read-inventory";

/** What the files that the settings name say of a cluster. */
export interface ReadDocuments {
  readonly listing: DocumentNodes | undefined;
  readonly kubespray: DocumentNodes | undefined;
  readonly evidence: readonly Evidence[];
  readonly worlds: ReadonlyMap<string, World>;
  readonly problems: readonly SettingsProblem[];
}

export interface DocumentNodes {
  readonly controlPlane: readonly Node[];
  readonly etcdHosts: readonly Node[];
  readonly otherHosts: readonly Node[];
}

/** Understands the files that a cluster's settings name. What is wrong with one becomes a problem; the rest is used. */
export function readDocuments(settings: ClusterSettings, documents: Documents): ReadDocuments {
  const { inventory } = documents;
  const nothing = {
    listing: undefined,
    kubespray: undefined,
    evidence: [],
    worlds: new Map<string, World>(),
    problems: [],
  };
  if (inventory === undefined) return nothing;
  const where = `clusters[${settings.name}].kubespray.inventory`;
  if (inventory.kind === "unreadable") return { ...nothing, problems: [unreadable(settings, where, inventory)] };
  const reading = readInventory(inventory.text, inventory.path);
  if (reading.kind === "unreadable") {
    const line = reading.problem.line === undefined ? "" : `, line ${reading.problem.line}`;
    const what = `${inventory.path}${line}: ${reading.problem.message}`;
    return { ...nothing, problems: [{ cluster: settings.name, where, what }] };
  }
  const warnings = reading.inventory.warnings.map((warning) => ({
    cluster: settings.name,
    where,
    what: `${inventory.path}: ${warning}`,
  }));
  return { ...nothing, kubespray: nodesOf(reading.inventory), problems: warnings };
}

function unreadable(
  settings: ClusterSettings,
  where: string,
  file: Extract<DocumentFile, { kind: "unreadable" }>,
): SettingsProblem {
  return {
    cluster: settings.name,
    where,
    what: `${file.path} cannot be used: ${file.why}. Relative paths start at the folder of the project's Pulumi.yaml.`,
  };
}

function nodesOf(inventory: Inventory): DocumentNodes {
  const special = new Set([...inventory.controlPlane, ...inventory.etcd].map((host) => host.name));
  return {
    controlPlane: inventory.controlPlane.map(nodeOf),
    etcdHosts: inventory.etcd.map(nodeOf),
    otherHosts: inventory.hosts.filter((host) => !special.has(host.name)).map(nodeOf),
  };
}

function nodeOf(host: InventoryHost): Node {
  const declaredBy: Source = { name: "inventory", kind: "kubespray" };
  return { name: host.name, otherNames: [], addresses: host.addresses, declaredBy };
}

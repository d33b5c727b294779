import type { Value } from "../value";

/** A Kubespray inventory, as Ansible and Kubespray's own group names make it out. */
export interface Inventory {
  /** All hosts, in the order in which the file first names them. */
  readonly hosts: readonly InventoryHost[];
  /** kube_control_plane, then those that only the old kube-master holds. Order decides which node is first and last. */
  readonly controlPlane: readonly InventoryHost[];
  readonly etcd: readonly InventoryHost[];
  /** kube_node, then those that only the old kube-node holds. */
  readonly nodes: readonly InventoryHost[];
  readonly groups: ReadonlyMap<string, InventoryGroup>;
  /** What is odd, in words, although Ansible reads it. */
  readonly warnings: readonly string[];
}

export interface InventoryHost {
  /** Ansible's inventory_hostname: what Kubespray writes into file names. */
  readonly name: string;
  /** Where this inventory says the host can be reached, without duplicates: see hostAddresses. */
  readonly addresses: readonly string[];
  /** The variables that the inventory file gives to the host itself, templates not rendered. */
  readonly variables: Variables;
  /** The line of an INI file that first names it. */
  readonly line?: number;
}

export interface InventoryGroup {
  readonly name: string;
  /** The group's own hosts, then those of its children, as Ansible's `groups[name]` orders them. */
  readonly hosts: readonly string[];
  readonly children: readonly string[];
  /** Those of `[name:vars]`. */
  readonly variables: Variables;
  /** Distance from `all`, along the longest way: variables of deeper groups win. */
  readonly depth: number;
}

export type Variables = ReadonlyMap<string, Value>;

import { publicWord } from "../../machine/public-text";
import type { Value } from "../value";
import { hostAddresses } from "./host-addresses";
import type { NameBudget } from "./host-pattern";
import type { Inventory, InventoryGroup, InventoryHost, Variables } from "./inventory";
import { InventoryError } from "./inventory-error";

/**
 * Collects what a parser finds, as ansible.inventory.data.InventoryData does, and makes the Inventory of it.
 * Throws InventoryError for what Ansible refuses and for inventories of no sensible size.
 */
export class InventoryBuilder {
  readonly names: NameBudget = { left: MAX_HOSTS };
  private readonly hosts = new Map<string, Map<string, Value>>();
  private readonly groups = new Map<string, GroupDraft>();
  private readonly lines = new Map<string, number>();
  private readonly warnings: string[] = [];
  private steps = 0;

  constructor() {
    this.addGroup("all");
    this.addGroup("ungrouped");
  }

  hasGroup(name: string): boolean {
    return this.groups.has(name);
  }

  addGroup(name: string): void {
    if (this.groups.has(name)) return;
    if (name === "") throw new InventoryError("a group has an empty name");
    if (this.groups.size >= MAX_GROUPS) throw new InventoryError(`it has more than ${MAX_GROUPS} groups`);
    this.groups.set(name, { hosts: new Set(), children: new Set(), parents: new Set(), variables: new Map() });
  }

  /** A host named again keeps what it has: its first port, all its groups, and variables until they are set again. */
  addHost(name: string, group: string, port?: number): void {
    if (name === "") throw new InventoryError("a host has an empty name");
    if (!this.hosts.has(name)) {
      if (this.hosts.size >= MAX_HOSTS) throw new InventoryError(`it has more than ${MAX_HOSTS} hosts`);
      this.hosts.set(name, new Map(port === undefined ? [] : [["ansible_port", port]]));
    }
    this.draft(group).hosts.add(name);
  }

  /** The line of the file that names a host; the first one counts. */
  setLine(name: string, line: number): void {
    if (!this.lines.has(name)) this.lines.set(name, line);
  }

  /** `child` is a group, or else a host (Ansible's `add_child`). */
  addChild(group: string, child: string): void {
    const parent = this.draft(group);
    const kid = this.groups.get(child);
    if (kid === undefined) {
      if (!this.hosts.has(child)) throw new InventoryError(`${publicWord(child)} is not a known host or group`);
      parent.hosts.add(child);
      return;
    }
    if (parent.children.has(child)) return;
    if (group === child || this.isAbove(child, group))
      throw new InventoryError(
        `group ${publicWord(child)} cannot be a child of ${publicWord(group)}, which is ${group === child ? "itself" : "below it"}`,
      );
    parent.children.add(child);
    kid.parents.add(group);
  }

  /** As Ansible does, a name that is a group's goes to the group even where a host of that name is meant. */
  setVariable(name: string, variable: string, value: Value): void {
    const variables = this.groups.get(name)?.variables ?? this.hosts.get(name);
    variables?.set(variable, value);
  }

  warn(warning: string): void {
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push(warning);
  }

  inventory(): Inventory {
    const groups = this.finishedGroups();
    const hosts = new Map(
      [...this.hosts].map(([name, variables]) => [name, host(name, variables, this.lines.get(name))]),
    );
    const pick = (...names: readonly string[]): readonly InventoryHost[] => {
      const members = new Set(names.flatMap((name) => groups.get(name)?.hosts ?? []));
      return [...members].flatMap((name) => hosts.get(name) ?? []);
    };
    const inventory = {
      hosts: [...hosts.values()],
      controlPlane: pick("kube_control_plane", "kube-master"),
      etcd: pick("etcd"),
      nodes: pick("kube_node", "kube-node"),
      groups,
    };
    return { ...inventory, warnings: [...this.warnings, ...oddities(inventory)] };
  }

  private draft(name: string): GroupDraft {
    const draft = this.groups.get(name);
    if (draft === undefined) throw new InventoryError(`${publicWord(name)} is not a known group`);
    return draft;
  }

  private isAbove(group: string, below: string): boolean {
    const above = new Set([below]);
    for (const name of above) {
      const { parents } = this.draft(name);
      this.spend(1 + parents.size);
      for (const parent of parents) above.add(parent);
    }
    return above.has(group);
  }

  /** Nested groups multiply; this keeps walks through them within what real inventories need. */
  private spend(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_STEPS) throw new InventoryError("its groups lie within each other too often to be read");
  }

  private finishedGroups(): ReadonlyMap<string, InventoryGroup> {
    if (this.draft("all").parents.size > 0)
      throw new InventoryError("the group all cannot be a child of another group");
    this.settleUngrouped();
    const depths = this.depths();
    return new Map(
      [...this.groups].map(([name, draft]) => {
        const members = this.members(name);
        const { children, variables } = draft;
        return [name, { name, hosts: members, children: [...children], variables, depth: depths.get(name) ?? 0 }];
      }),
    );
  }

  /** `ungrouped` loses whoever is in another group too, and gets whoever is in none but `all` (`reconcile_inventory`). */
  private settleUngrouped(): void {
    const ungrouped = this.draft("ungrouped");
    const isChild = [...ungrouped.parents].some((parent) => parent !== "all");
    const members = [...this.groups].flatMap(([name, { hosts }]) =>
      name === "all" || (name === "ungrouped" && !isChild) ? [] : [...hosts],
    );
    const grouped = new Set(members);
    for (const host of this.hosts.keys()) {
      if (grouped.has(host)) ungrouped.hosts.delete(host);
      else ungrouped.hosts.add(host);
    }
  }

  /**
   * A group's own hosts, then those of its children, then those of their children. Where Ansible leaves the order to
   * chance (two levels down), it is the order of the file.
   */
  private members(group: string): readonly string[] {
    const family = new Set([group]);
    const members = new Set<string>();
    for (const name of family) {
      const { children, hosts } = this.draft(name);
      this.spend(1 + children.size + hosts.size);
      for (const child of children) family.add(child);
      for (const host of hosts) members.add(host);
    }
    return [...members];
  }

  /** Every group without a parent is a child of `all`. Parents come before their children. */
  private depths(): ReadonlyMap<string, number> {
    const waiting = new Map([...this.groups].map(([name, draft]) => [name, draft.parents.size]));
    const depths = new Map([...this.groups.keys()].map((name) => [name, name === "all" ? 0 : 1]));
    const ready = new Set([...waiting].flatMap(([name, parents]) => (parents === 0 ? [name] : [])));
    for (const name of ready) {
      for (const child of this.draft(name).children) {
        depths.set(child, Math.max(depths.get(child) ?? 0, (depths.get(name) ?? 0) + 1));
        const left = (waiting.get(child) ?? 0) - 1;
        waiting.set(child, left);
        if (left === 0) ready.add(child);
      }
    }
    return depths;
  }
}

interface GroupDraft {
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly parents: Set<string>;
  readonly variables: Map<string, Value>;
}

const MAX_HOSTS = 100_000;
const MAX_GROUPS = 10_000;
const MAX_STEPS = 20_000_000;
const MAX_WARNINGS = 20;

function host(name: string, variables: Variables, line: number | undefined): InventoryHost {
  const addresses = hostAddresses((variable) => variables.get(variable));
  return { name, addresses, variables, ...(line === undefined ? {} : { line }) };
}

function oddities(inventory: Omit<Inventory, "warnings">): readonly string[] {
  const { controlPlane, etcd, groups, hosts } = inventory;
  if (hosts.length === 0) return ["it names no hosts (those of Kubespray's sample are comments)"];
  const warnings: string[] = [];
  if (controlPlane.length === 0)
    warnings.push("no host is in the group kube_control_plane (or kube-master, its old name)");
  if (etcd.length === 0) warnings.push("no host is in the group etcd");
  const both = hosts.filter((host) => groups.has(host.name)).map((host) => host.name);
  if (both.length > 0) warnings.push(`host and group have the same name: ${both.slice(0, 5).join(", ")}`);
  return warnings;
}

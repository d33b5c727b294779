import { memoize } from "../../machine/memoize";
import type { Reason } from "../../reasons/reason";
import type { Value } from "../value";
import { isMapping, readAnsibleYaml, readerValue } from "./ansible-yaml";
import type { Inventory, InventoryGroup, InventoryHost, Variables } from "./inventory";

/** A file below group_vars or host_vars, with its path from the inventory's folder: `group_vars/all/etcd.yml`. */
export interface VariablesFile {
  readonly path: string;
  readonly text: string;
}

export interface AnsibleVariables {
  /** The value that Ansible gives a variable on a host, templates not rendered; undefined where nothing sets it. */
  readonly valueOn: (host: InventoryHost, name: string) => Value;
  /** Files that Ansible would fail at, as the beginning of a sentence: `group_vars/all.yml cannot be read: …`. */
  readonly broken: readonly Reason[];
  /** Files whose contents cannot be read without a password. */
  readonly encrypted: readonly string[];
}

/**
 * Variables in Ansible's order (VARIABLE_PRECEDENCE of ansible-core 2.19, `hash_behaviour: replace`), weakest first: of the
 * inventory `all` and then its other groups, group_vars/all, other group_vars (deeper groups win, then
 * ansible_group_priority, then the name), the host's own of the inventory, host_vars, and `extra` as given with `-e`.
 */
export function ansibleVariables(
  inventory: Inventory,
  files: readonly VariablesFile[],
  extra: Variables,
): AnsibleVariables {
  const folder = new VariablesFolder(files);
  const groupsOf = groupsByHost(inventory);
  const all = inventory.groups.get("all")?.variables ?? NONE;
  const layersOf = memoize((host: InventoryHost): readonly Variables[] => {
    const groups = [...(groupsOf.get(host.name) ?? [])].sort(weakestFirst);
    return [
      all,
      ...groups.map((group) => group.variables),
      ...folder.of("group_vars", "all"),
      ...groups.flatMap((group) => folder.of("group_vars", group.name)),
      host.variables,
      ...folder.of("host_vars", host.name),
      extra,
    ];
  });
  return {
    valueOn: (host, name) =>
      layersOf(host)
        .findLast((layer) => layer.has(name))
        ?.get(name),
    broken: folder.broken,
    encrypted: folder.encrypted,
  };
}

const NONE: Variables = new Map();

/** All groups but `all` that a host is in, those included that Kubespray adds (roles/dynamic_groups, legacy_groups.yml). */
function groupsByHost(inventory: Inventory): ReadonlyMap<string, readonly InventoryGroup[]> {
  const byHost = new Map<string, InventoryGroup[]>();
  const add = (host: string, group: InventoryGroup): void => {
    const groups = byHost.get(host);
    if (groups === undefined) byHost.set(host, [group]);
    else if (!groups.includes(group)) groups.push(group);
  };
  for (const group of inventory.groups.values()) {
    if (group.name !== "all") for (const host of group.hosts) add(host, group);
  }
  for (const [name, members] of ADDED_GROUPS) {
    const group = inventory.groups.get(name) ?? { name, hosts: [], children: [], variables: NONE, depth: 1 };
    for (const member of members) for (const host of inventory.groups.get(member)?.hosts ?? []) add(host, group);
  }
  return byHost;
}

const ADDED_GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ["kube_control_plane", ["kube-master"]],
  ["kube_node", ["kube-node"]],
  ["calico_rr", ["calico-rr"]],
  [
    "k8s_cluster",
    ["k8s-cluster", "kube_control_plane", "kube-master", "kube_node", "kube-node", "calico_rr", "calico-rr"],
  ],
];

function weakestFirst(a: InventoryGroup, b: InventoryGroup): number {
  return a.depth - b.depth || priority(a) - priority(b) || (a.name < b.name ? -1 : 1);
}

function priority(group: InventoryGroup): number {
  const value = Number(group.variables.get("ansible_group_priority") ?? 1);
  return Number.isFinite(value) ? value : 1;
}

/** The files beside an inventory, each read once. */
class VariablesFolder {
  readonly broken: Reason[] = [];
  readonly encrypted: string[] = [];
  private readonly read = new Map<string, Variables>();
  /** Paths below `group_vars/NAME/` and the like. Such a folder hides a file NAME.yml, whatever is in it. */
  private readonly below = new Map<string, string[]>();

  constructor(files: readonly VariablesFile[]) {
    for (const { path, text } of [...files].sort(inFolderOrder)) {
      const names = path.split("/");
      const wanted = isVariablesPath(names);
      if (wanted) this.read.set(path, this.parse(path, text));
      if (names.length <= 2) continue;
      const folder = names.slice(0, 2).join("/");
      this.below.set(folder, [...(this.below.get(folder) ?? []), ...(wanted ? [path] : [])]);
    }
  }

  /** What is set for a group or host: by all files of its folder, or else by the first of NAME, NAME.yml, NAME.yaml, NAME.json. */
  of(kind: "group_vars" | "host_vars", name: string): readonly Variables[] {
    const path = `${kind}/${name}`;
    const single = ["", ".yml", ".yaml", ".json"].map((ending) => path + ending).find((file) => this.read.has(file));
    const found = this.below.get(path) ?? (single === undefined ? [] : [single]);
    return found.map((file) => this.read.get(file) ?? NONE);
  }

  private parse(path: string, text: string): Variables {
    if (text.startsWith("$ANSIBLE_VAULT")) {
      this.encrypted.push(path);
      return NONE;
    }
    const reading = readAnsibleYaml(text);
    if (reading.kind === "problem") {
      const at = reading.line === undefined ? "" : ` (line ${reading.line})`;
      this.broken.push({ id: "variables-file-unreadable", data: { path, problem: `${reading.message}${at}` } });
      return NONE;
    }
    const { document } = reading;
    if (isMapping(document)) return new Map([...document].map(([name, value]) => [String(name), readerValue(value)]));
    if (document !== null && document !== "" && document !== false)
      this.broken.push({ id: "variables-file-unreadable", data: { path, problem: "it is not a mapping" } });
    return NONE;
  }
}

/** As Ansible's loader picks them: no hidden files, no backups, and only these endings below a folder. */
function isVariablesPath(names: readonly string[]): boolean {
  const [kind, ...rest] = names;
  const last = rest.at(-1);
  if ((kind !== "group_vars" && kind !== "host_vars") || last === undefined) return false;
  if (rest.length === 1) return true;
  const hidden = rest.slice(1).some((name) => name.startsWith(".") || name.endsWith("~"));
  return !hidden && /(?:^[^.]+|\.ya?ml|\.json)$/u.test(last) && !rest.slice(1, -1).some((name) => name.includes("."));
}

/** Folder by folder, by name, as Ansible's sorted listing comes to them. */
function inFolderOrder(a: VariablesFile, b: VariablesFile): number {
  const [left, right] = [a.path.split("/"), b.path.split("/")];
  const at = left.findIndex((name, index) => name !== right[index]);
  const [one, other] = [left[at] ?? "", right[at] ?? ""];
  return one < other ? -1 : 1;
}

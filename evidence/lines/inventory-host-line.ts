import { readInventory } from "../kubespray/read-inventory";
import { entryOf, type YamlNode, yamlTrees } from "./yaml-tree";

/** A function that gives the line on which an inventory first names a host; undefined for a name that it does not have. */
export function inventoryHostLine(text: string, fileName: string): (name: string) => number | undefined {
  const reading = readInventory(text, fileName);
  if (reading.kind === "unreadable") return () => undefined;
  const lines = new Map(
    reading.inventory.hosts.flatMap(({ name, line }) => (line === undefined ? [] : [[name, line] as const])),
  );
  if (lines.size === 0) for (const tree of yamlTrees(text)) addHosts(tree, lines);
  return (name) => lines.get(name);
}

/** The hosts of a group and of those below it. */
function addHosts(groups: YamlNode, lines: Map<string, number>): void {
  const waiting = groups.kind === "map" ? groups.entries.map(({ value }) => value) : [];
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
    const hosts = entryOf(group, "hosts")?.value;
    for (const { key, line } of hosts?.kind === "map" ? hosts.entries : [])
      lines.set(key, Math.min(line, lines.get(key) ?? line));
    const children = entryOf(group, "children")?.value;
    if (children?.kind === "map") waiting.push(...children.entries.map(({ value }) => value));
  }
}

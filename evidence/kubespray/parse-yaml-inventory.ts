import { publicWord } from "../../machine/public-text";
import type { Value } from "../value";
import { type AnsibleYaml, isMapping, readAnsibleYaml, readerValue } from "./ansible-yaml";
import { hostPattern } from "./host-pattern";
import type { InventoryBuilder } from "./inventory-builder";
import { InventoryError } from "./inventory-error";

/**
 * Reads a YAML (or JSON) inventory into `builder` as Ansible's plugin does (ansible-core 2.19, plugins/inventory/yaml.py).
 * Throws InventoryError where Ansible refuses the file.
 */
export function parseYamlInventory(text: string, builder: InventoryBuilder): void {
  const reading = readAnsibleYaml(text);
  if (reading.kind === "problem") throw new InventoryError(reading.message, reading.line);
  const { document } = reading;
  if (!isMapping(document) || document.size === 0)
    throw new InventoryError("as YAML it is not a mapping of groups, such as all: {hosts: …, children: …}");
  const plugin = document.get("plugin");
  if (plugin !== undefined && plugin !== null && plugin !== "" && plugin !== false)
    throw new InventoryError(
      "it configures an inventory plugin, which asks other systems for the hosts; give a file that `ansible-inventory --list --yaml` has written",
    );
  const parser = new YamlParser(builder);
  for (const [name, group] of document) parser.group(name, group);
}

type Mapping = ReadonlyMap<AnsibleYaml, AnsibleYaml>;

const SECTIONS: ReadonlySet<AnsibleYaml> = new Set(["vars", "children", "hosts"]);
/** Aliases can put one thing in many places: how many groups, hosts and variables are visited. */
const MAX_VISITS = 1_000_000;

class YamlParser {
  private visits = 0;
  /** Values that aliases share stay shared. */
  private readonly made = new Map<AnsibleYaml, Value>();

  constructor(private readonly builder: InventoryBuilder) {}

  /** Returns the group's name. */
  group(name: AnsibleYaml, group: AnsibleYaml): string {
    this.visit(1);
    if (typeof name !== "string") throw new InventoryError("the name of a group is not text; put it in quotes");
    if (group !== null && !isMapping(group)) {
      this.builder.warn(`group ${publicWord(name)} is not a mapping, so Ansible leaves it out`);
      return name;
    }
    this.builder.addGroup(name);
    for (const [key, section] of group ?? []) {
      const entries = asSection(key, section, name);
      if (entries !== undefined) this.section(name, key, entries);
      else if (section !== null)
        this.builder.warn(
          `${publicWord(String(key))} of group ${publicWord(name)} is not a mapping, so Ansible leaves it out`,
        );
    }
    return name;
  }

  private section(group: string, key: AnsibleYaml, entries: Mapping): void {
    if (key === "vars") {
      for (const [variable, value] of entries)
        this.builder.setVariable(group, String(variable), readerValue(value, this.made));
    } else if (key === "children") {
      for (const [child, content] of entries) this.builder.addChild(group, this.group(child, content));
    } else if (key === "hosts") {
      for (const [pattern, variables] of entries) this.host(group, pattern, variables);
    } else
      this.builder.warn(
        `${publicWord(String(key))} of group ${publicWord(group)} is none of hosts, children and vars, so Ansible leaves it out`,
      );
  }

  private visit(things: number): void {
    this.visits += things;
    if (this.visits > MAX_VISITS) throw new InventoryError("its groups lie within each other too often to be read");
  }

  private host(group: string, pattern: AnsibleYaml, content: AnsibleYaml): void {
    if (typeof pattern !== "string")
      throw new InventoryError(`a host of group ${publicWord(group)} has a name that is not text; put it in quotes`);
    const variables = asVariables(content);
    if (variables === undefined)
      throw new InventoryError(`a host of group ${publicWord(group)} has something else than variables below it`);
    const { names, port } = hostPattern(pattern, this.builder.names);
    this.visit(names.length * (1 + variables.size));
    for (const name of names) {
      this.builder.addHost(name, group, port);
      for (const [variable, value] of variables)
        this.builder.setVariable(name, String(variable), readerValue(value, this.made));
    }
  }
}

/** `hosts: node1` stands for `hosts: {node1: }`; undefined where there is no mapping. */
function asSection(key: AnsibleYaml, section: AnsibleYaml, group: string): Mapping | undefined {
  if (isMapping(section)) return section;
  if (section === null || !SECTIONS.has(key)) return undefined;
  if (typeof section === "string") return new Map([[section, null]]);
  throw new InventoryError(
    `${publicWord(String(key))} of group ${publicWord(group)} must be a mapping (names followed by a colon), not a list or a number`,
  );
}

/** Ansible takes anything empty for no variables; undefined where it is something else. */
function asVariables(content: AnsibleYaml): Mapping | undefined {
  if (isMapping(content)) return content;
  const empty = content === null || content === "" || content === 0 || content === false;
  return empty || (Array.isArray(content) && content.length === 0) ? new Map() : undefined;
}

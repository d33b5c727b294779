import { publicWord } from "../../machine/public-text";
import type { Value } from "../value";
import { hostPattern } from "./host-pattern";
import type { InventoryBuilder } from "./inventory-builder";
import { InventoryError } from "./inventory-error";
import { pythonLiteral } from "./python-literal";
import { shellWords } from "./shell-words";

/**
 * Reads an INI inventory into `builder` as Ansible's plugin does (ansible-core 2.19, plugins/inventory/ini.py).
 * Throws InventoryError with the line where Ansible refuses the file. No error repeats a line: it may hold a password.
 */
export function parseIniInventory(text: string, builder: InventoryBuilder): void {
  const parser = new IniParser(builder);
  text.split(LINE_END).forEach((line, index) => {
    try {
      parser.line(line.trim(), index + 1);
    } catch (error) {
      if (error instanceof InventoryError) throw new InventoryError(error.message, error.line ?? index + 1);
      throw error;
    }
  });
  parser.end();
}

/** Where Python's `str.splitlines` ends a line, but for the information separators of ASCII. */
const LINE_END = /\r\n|[\n\r\v\f\x85\u2028\u2029]/;

const SECTION = /^\[([^:\]\s]+)(?::([\p{L}\p{N}_]+))?\]\s*(?:#.*)?$/u;
const GROUP_NAME = /^([^:\]\s]+)\s*(?:#.*)?$/su;

class IniParser {
  private group = "ungrouped";
  private section = "hosts";
  /** Groups that a section `:vars` or a parent named before their own section came. */
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly builder: InventoryBuilder) {}

  line(line: string, number: number): void {
    if (line === "" || line.startsWith("#") || line.startsWith(";")) return;
    const section = SECTION.exec(line);
    if (section !== null) return this.startSection(section[1] ?? "", section[2] ?? "hosts", number);
    if (line.startsWith("[") && line.endsWith("]"))
      throw new InventoryError("a section name with spaces or other characters that cannot stand there");
    if (this.section === "hosts") this.hostLine(line, number);
    else if (this.section === "vars") this.variableLine(line);
    else this.childLine(line, number);
  }

  /**
   * Ansible refuses a file that names groups which it does not have. Kubespray ships such a file (inventory/local/hosts.ini
   * in v2.15), and what is meant is plain, so it is read without them, with a warning.
   */
  end(): void {
    for (const [name, { parents, line }] of this.pending) {
      const shown = publicWord(name);
      const section = parents.size === 0 ? `[${shown}:vars]` : `[${publicWord([...parents].at(-1) ?? "")}:children]`;
      this.builder.warn(
        `${section} names the group ${shown}, which has no section of its own (line ${line}); Ansible refuses that`,
      );
    }
  }

  private startSection(group: string, section: string, line: number): void {
    if (section !== "hosts" && section !== "children" && section !== "vars")
      throw new InventoryError(`[${publicWord(group)}:${publicWord(section)}] is none of hosts, children and vars`);
    this.group = group;
    this.section = section;
    if (!this.builder.hasGroup(group)) {
      if (section === "vars") this.pendingGroup(group, line);
      this.builder.addGroup(group);
    }
    if (section !== "vars") this.settle(group);
  }

  /** The section of a pending group has come: its parents get it. */
  private settle(group: string): void {
    const parents = this.pending.get(group)?.parents ?? [];
    this.pending.delete(group);
    for (const parent of parents) this.builder.addChild(parent, group);
  }

  private pendingGroup(group: string, line: number): Pending {
    const pending = this.pending.get(group) ?? { parents: new Set(), line };
    this.pending.set(group, pending);
    return pending;
  }

  private hostLine(line: string, number: number): void {
    const words = shellWords(line);
    const [pattern, ...settings] = words ?? [];
    if (pattern === undefined)
      throw new InventoryError("a host line with a quote that is not closed or a backslash at its end");
    if (/^\w+=/.test(pattern))
      throw new InventoryError(
        "key=value stands where a host's name is expected; variables of a group go under [GROUP:vars]",
      );
    const variables = settings.map((setting): { readonly name: string; readonly value: Value } => {
      const at = setting.indexOf("=");
      if (at < 0) throw new InventoryError("after a host's name there is something that is not key=value");
      return { name: setting.slice(0, at), value: pythonLiteral(setting.slice(at + 1)) };
    });
    const { names, port } = hostPattern(pattern, this.builder.names);
    if (port === undefined && pattern.trim().endsWith(":"))
      throw new InventoryError("a host name may not end in a colon, which is kept for a port");
    if (names.some((name) => name.trim() === "---"))
      throw new InventoryError("--- is not a host name; this looks like YAML in a file that is read as INI");
    for (const name of names) {
      this.builder.addHost(name, this.group, port);
      this.builder.setLine(name, number);
      for (const variable of variables) this.builder.setVariable(name, variable.name, variable.value);
    }
  }

  private variableLine(line: string): void {
    const at = line.indexOf("=");
    if (at < 0)
      throw new InventoryError(`in [${publicWord(this.group)}:vars] there is something that is not key=value`);
    this.builder.setVariable(this.group, line.slice(0, at).trim(), pythonLiteral(line.slice(at + 1).trim()));
  }

  private childLine(line: string, number: number): void {
    const child = GROUP_NAME.exec(line)?.[1];
    if (child === undefined)
      throw new InventoryError(`in [${publicWord(this.group)}:children] there is something that is not a group name`);
    if (this.builder.hasGroup(child)) this.builder.addChild(this.group, child);
    else this.pendingGroup(child, number).parents.add(this.group);
  }
}

interface Pending {
  readonly parents: Set<string>;
  readonly line: number;
}

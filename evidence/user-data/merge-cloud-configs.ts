import { load } from "js-yaml";
import type { Budget } from "../../machine/budget";
import type { Reason, UserDataProblem } from "../../reasons/reason";
import { PYYAML_SCHEMA } from "../pyyaml-schema";
import type { CloudInitPart } from "./decode-user-data";
import { unreadable } from "./unreadable";

/** The keys and values of a cloud-config. */
export interface CloudConfig {
  readonly [key: string]: unknown;
}

export type MergedCloudConfig =
  | { readonly kind: "config"; readonly config: CloudConfig }
  | { readonly kind: "undecided"; readonly reason: Reason };

/**
 * Reads cloud-configs as PyYAML does (YAML 1.1) and merges them in order, each by its own merge type, else key by key
 * with the last one winning (cloudinit/handlers/cloud_config.py, cloudinit/mergers, at 2026-08). Never throws, and
 * never repeats the text in what it says.
 */
export function mergeCloudConfigs(parts: readonly CloudInitPart[], budget?: Budget): MergedCloudConfig {
  let merged: CloudConfig = {};
  for (const part of parts) {
    if (budget?.takeBytes(VALUE_SIZE * part.text.length) === false)
      return { kind: "undecided", reason: unreadable("cloud-configs-too-large") };
    const config = parse(part.text);
    if (config === undefined) return { kind: "undecided", reason: unreadable("cloud-config-invalid") };
    const mergers = mergersOf(config, part.mergeType);
    if (mergers === undefined) return { kind: "undecided", reason: unreadable("cloud-config-merge-type") };
    const { merge_how: _how, merge_type: _type, ...rest } = config;
    const both = new Merge(mergers).dict(merged, rest);
    if (typeof both === "string") return { kind: "undecided", reason: unreadable(both) };
    merged = both;
  }
  return { kind: "config", config: merged };
}

/** How many bytes the values of a YAML text take for each of its characters; an alias of an archive can repeat a text. */
const VALUE_SIZE = 4;

/** An empty document is an empty configuration; anything else that is not a map is none. */
function parse(text: string): CloudConfig | undefined {
  try {
    const value: unknown = hasNoContent(text) ? {} : load(text, { schema: PYYAML_SCHEMA, json: true });
    return isMap(value) ? value : value === null ? {} : undefined;
  } catch {
    return undefined;
  }
}

/** The merge method and options for each type, as `dict(replace)+list(append)+str()` names them. */
type Mergers = ReadonlyMap<string, readonly string[]>;

/** CloudConfigPartHandler._extract_mergers. */
const DEFAULT: Mergers = new Map([
  ["dict", ["replace"]],
  ["list", []],
  ["str", []],
]);

function mergersOf(config: CloudConfig, header: string | undefined): Mergers | undefined {
  const own = config["merge_how"] ?? config["merge_type"];
  const named = own === undefined || own === null ? [] : typeof own === "string" ? fromText(own) : fromList(own);
  const more = header === undefined ? [] : fromText(header);
  if (named === undefined || more === undefined) return undefined;
  const all = [...named, ...more];
  // cloud-init has no merger of another name, and fails.
  if (!all.every(([name]) => DEFAULT.has(name))) return undefined;
  // The first merger that can do a type does it.
  return all.length === 0 ? DEFAULT : new Map([...all].reverse());
}

type Named = readonly (readonly [name: string, options: readonly string[]])[];

function fromText(text: string): Named | undefined {
  const named: (readonly [string, readonly string[]])[] = [];
  for (const piece of text.split("+").map((one) => one.trim().toLowerCase().replaceAll("-", "_"))) {
    if (piece === "") continue;
    const [, name, options] = /^([a-z_][a-z0-9_]*)\((.*)\)$/.exec(piece) ?? [];
    if (name === undefined || options === undefined) return undefined;
    named.push([name, options.split(",").map((one) => one.trim())]);
  }
  return named;
}

function fromList(list: unknown): Named | undefined {
  if (!Array.isArray(list)) return undefined;
  const named: (readonly [string, readonly string[]])[] = [];
  for (const one of list) {
    const [name, settings]: readonly unknown[] = isMap(one)
      ? [one["name"], one["settings"]]
      : Array.isArray(one)
        ? [one[0], one.slice(1)]
        : [];
    if (typeof name !== "string" || !Array.isArray(settings)) return undefined;
    named.push([name.replaceAll("-", "_").trim(), settings.map(String)]);
  }
  return named;
}

/** Aliases can make a small text unfold without end. */
const MOST_STEPS = 100_000;

/** One merge of two values (cloudinit/mergers/m_dict.py, m_list.py, m_str.py). */
class Merge {
  private steps = 0;
  private problem: UserDataProblem | undefined;

  constructor(private readonly mergers: Mergers) {}

  /** The merged maps, or why there are none. */
  dict(old: CloudConfig, added: CloudConfig): CloudConfig | UserDataProblem {
    const merged = this.map(old, added);
    return this.steps > MOST_STEPS ? "cloud-configs-too-large" : (this.problem ?? merged);
  }

  /** What Python refuses, or takes apart into characters or keys. */
  private unmerged(old: unknown): unknown {
    this.problem = "cloud-config-merge-type";
    return old;
  }

  private merge(old: unknown, added: unknown): unknown {
    this.steps += 1;
    if (this.steps > MOST_STEPS) return old;
    if (Array.isArray(old)) return this.list(old, added);
    if (typeof old === "string") return this.str(old, added);
    return isMap(old) ? this.map(old, added) : old;
  }

  private map(old: CloudConfig, added: unknown): CloudConfig {
    const options = this.mergers.get("dict");
    if (options === undefined || !isMap(added)) return old;
    const result = new Map(Object.entries(old));
    for (const [key, value] of Object.entries(added)) {
      this.steps += 1;
      if (!result.has(key)) result.set(key, value);
      else if (value === null && options.includes("allow_delete")) result.delete(key);
      else if (options.includes("replace")) result.set(key, value);
      else if (recurses(options, value)) result.set(key, this.merge(result.get(key), value));
    }
    return Object.fromEntries(result);
  }

  private list(old: readonly unknown[], added: unknown): unknown {
    const options = this.mergers.get("list");
    if (options === undefined) return old;
    const method = ["append", "prepend", "replace", "no_replace"].find((one) => options.includes(one)) ?? "replace";
    if (method === "no_replace") return old;
    if (!Array.isArray(added)) return method === "replace" ? added : this.unmerged(old);
    this.steps += added.length + old.length;
    if (this.steps > MOST_STEPS) return old;
    if (method === "append") return [...old, ...added];
    if (method === "prepend") return [...added, ...old];
    return old.map((value, index) => {
      if (index >= added.length) return value;
      return recurses(options, added[index]) && (!isMap(added[index]) || options.includes("recurse_dict"))
        ? this.merge(value, added[index])
        : added[index];
    });
  }

  private str(old: string, added: unknown): unknown {
    const options = this.mergers.get("str");
    if (options === undefined) return old;
    if (!options.includes("append")) return added;
    return typeof added === "string" ? old + added : this.unmerged(old);
  }
}

function recurses(options: readonly string[], value: unknown): boolean {
  if (Array.isArray(value)) return options.includes("recurse_array") || options.includes("recurse_list");
  return typeof value === "string" ? options.includes("recurse_str") : isMap(value);
}

function isMap(value: unknown): value is CloudConfig {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  );
}

/** Blank lines and comments only. */
function hasNoContent(text: string): boolean {
  return text.split("\n").every((line) => {
    const content = line.trim();
    return content === "" || content.startsWith("#");
  });
}

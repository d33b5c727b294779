import type { JsonNode } from "../go/json/json-node";
import { configurationText } from "./configuration-text";

/** The files of etcd.external, as absolute paths on the nodes. A name that is left out stays what it is. */
export interface EtcdFileNames {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

export type Renaming =
  /** Nothing to do: the text names these files already, or has no etcd.external. */
  | { readonly kind: "same" }
  | { readonly kind: "renamed"; readonly text: string; readonly fields: readonly (keyof EtcdFileNames)[] }
  /** The text cannot be edited without a change to something else. */
  | { readonly kind: "refused"; readonly why: string };

/**
 * The text of a ClusterConfiguration with other names for the files of etcd.external, and every other byte as it was:
 * comments, order, quoting and line ends. A field that the text does not have is not added.
 *
 * The result is read again: it must say what the text said but for these fields, else nothing is renamed. Never throws.
 */
export function renameEtcdFiles(text: string, names: EtcdFileNames): Renaming {
  const reading = configurationText(text).decoded();
  if (reading.kind === "error") return { kind: "refused", why: "it cannot be read" };
  const external = field(field(reading.value, "etcd"), "external");
  if (external === undefined) return { kind: "same" };
  const wanted = FIELDS.flatMap((name) => {
    const [value, to] = [field(external, name), names[name]];
    if (value === undefined || to === undefined || (value.kind === "string" && value.value === to)) return [];
    return [{ name, value, to }];
  });
  if (wanted.length === 0) return { kind: "same" };
  if (reading.next !== undefined) return { kind: "refused", why: "more than one document stands in it" };
  const repeated = reading.duplicates.find(({ path }) => path[0] === "etcd");
  if (repeated !== undefined) return { kind: "refused", why: `${repeated.path.join(".")} stands in it twice` };

  const edits: Edit[] = [];
  for (const { name, value, to } of wanted) {
    const edit = value.kind === "string" ? editOf(text, value, to) : undefined;
    if (edit === undefined) {
      return { kind: "refused", why: `etcd.external.${name} is not written as one word in one line` };
    }
    edits.push(edit);
  }
  const renamed = [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((before, { from, to, by }) => before.slice(0, from) + by + before.slice(to), text);
  const expected = new Map(wanted.map(({ name, to }) => [name, to]));
  if (!saysTheSame(reading.value, renamed, expected)) {
    return { kind: "refused", why: "what names the files is used for something else as well, such as by an alias" };
  }
  return { kind: "renamed", text: renamed, fields: wanted.map(({ name }) => name) };
}

const FIELDS = ["caFile", "certFile", "keyFile"] as const;

/** A part of the text, by 0-based offsets, and what takes its place. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** How a scalar of one line is replaced, in the quotes that it has. */
function editOf(text: string, { at, value }: JsonNode & { readonly kind: "string" }, name: string): Edit | undefined {
  const from = offsetOf(text, at.index);
  const rest = text.slice(from);
  const [quoted] = /^(?:"(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\r\n]|'')*')/.exec(rest) ?? [];
  const length = quoted?.length ?? (value !== "" && rest.startsWith(value) ? value.length : undefined);
  if (length === undefined) return undefined;
  const by = quoted === undefined ? plain(name) : quoted.startsWith("'") ? single(name) : JSON.stringify(name);
  return { from, to: from + length, by };
}

/** Where a mark is in a string of JavaScript: go-yaml counts characters after the byte order mark, Go's JSON reader here units. */
function offsetOf(text: string, index: number): number {
  if (configurationText(text).isJson) return index;
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  return mark + [...text.slice(mark, mark + 2 * index)].slice(0, index).join("").length;
}

/** A path that means itself in YAML without quotes, also within `{}`; else it is quoted. */
function plain(name: string): string {
  return /^\/[\w./@%+=-]*$/.test(name) ? name : JSON.stringify(name);
}

function single(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

function saysTheSame(before: JsonNode, text: string, names: ReadonlyMap<string, string>): boolean {
  const reading = configurationText(text).decoded();
  return reading.kind === "value" && JSON.stringify(plainOf(reading.value)) === JSON.stringify(plainOf(before, names));
}

/** Plain data, with these names in etcd.external; numbers as they are written, so that none loses digits. */
function plainOf(node: JsonNode, names?: ReadonlyMap<string, string>, path: readonly string[] = []): unknown {
  const renamed =
    path.length === 3 && path[0] === "etcd" && path[1] === "external" ? names?.get(path[2] ?? "") : undefined;
  if (renamed !== undefined) return renamed;
  switch (node.kind) {
    case "null":
      return null;
    case "bool":
    case "string":
      return node.value;
    case "number":
      return [node.literal];
    case "array":
      return node.items.map((item, index) => plainOf(item, names, [...path, String(index)]));
    case "object":
      return [...node.fields].map(([name, { value }]) => [name, plainOf(value, names, [...path, name])]);
  }
}

function field(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === "object" ? node.fields.get(name)?.value : undefined;
}

import type { DocumentLines, Sought } from "../../cluster/document-lines";
import { once } from "../../kubeadm/config/once";
import { inventoryHostLine } from "./inventory-host-line";
import { placeLine } from "./place-line";
import { entryOf, textOf, type YamlNode, yamlTrees } from "./yaml-tree";

/**
 * The lines of a listing, or of settings: both name nodes and their files in the same way. A document is read when the first line
 * is asked for, which most runs never do.
 */
export function listingLines(text: string): DocumentLines {
  const trees = once(() => yamlTrees(text));
  return {
    ...NO_LINES,
    ofNode: (sought) => first(trees(), (tree) => fileLine(tree, sought) ?? nameLine(tree, sought)),
    ofPlace: (place) => first(trees(), (tree) => placeLine(tree, place)),
  };
}

/** The lines of a Kubespray inventory, INI or YAML. */
export function inventoryLines(text: string, fileName: string): DocumentLines {
  const lineOf = once(() => inventoryHostLine(text, fileName));
  return { ...NO_LINES, ofNode: ({ names }) => first(names, lineOf()) };
}

/** How a file carries a ClusterConfiguration: it is one for kubeadm, or it has a ConfigMap whose value is that text. */
export type CarriedAs =
  | "all"
  | {
      readonly value: string | undefined;
      /** The resource of a Pulumi program in YAML that has it, whose text may only be known with what is put into it. */
      readonly resource?: string;
    };

/** The lines of a file that carries a ClusterConfiguration. */
export function kubeadmConfigLines(text: string, as: CarriedAs): DocumentLines {
  if (as === "all") return { ...NO_LINES, ofConfiguration: (line) => line };
  const { value, resource } = as;
  const carrier = once(() =>
    first(
      yamlTrees(text),
      (tree) =>
        (value === undefined ? undefined : carrierOf(tree, value)) ??
        (resource === undefined ? undefined : resourceOf(tree, resource)),
    ),
  );
  return {
    ...NO_LINES,
    ofConfiguration: (line) => {
      const found = carrier();
      if (found === undefined) return undefined;
      // Only a literal block has the lines of its text; of a quoted one only the beginning is certain.
      return line === undefined || found.firstLine === undefined ? found.keyLine : found.firstLine + line - 1;
    },
  };
}

const NO_LINES: DocumentLines = {
  ofNode: () => undefined,
  ofPlace: () => undefined,
  ofConfiguration: () => undefined,
};

function resourceOf(tree: YamlNode, name: string): Carrier | undefined {
  const entry = entryOf(entryOf(tree, "resources")?.value, name);
  return entry && { keyLine: entry.line, firstLine: undefined };
}

interface Carrier {
  readonly keyLine: number;
  /** Of the text itself, where each of its lines is one of the file. */
  readonly firstLine: number | undefined;
}

function carrierOf(tree: YamlNode, configuration: string): Carrier | undefined {
  for (const node of below(tree)) {
    const entry = entryOf(entryOf(node, "data")?.value, "ClusterConfiguration");
    if (entry?.value.kind !== "scalar" || entry.value.text.trimEnd() !== configuration.trimEnd()) continue;
    return { keyLine: entry.line, firstLine: entry.value.isLiteral ? entry.value.line : undefined };
  }
  return undefined;
}

/** The entry of a path under `files: {NODE: [{path}]}` (a listing), else the entry of the node. */
function fileLine(tree: YamlNode, { names, path }: Sought): number | undefined {
  const files = entryOf(tree, "files")?.value;
  const entry = first(names, (name) => entryOf(files, name));
  if (entry?.value.kind !== "list" || path === null) return entry?.line;
  const found = entry.value.items.find((item) => textOf(item, "path") === path);
  return entryOf(found, "path")?.line ?? entry.line;
}

/** Where a list of nodes names one: `- name: master01`. */
function nameLine(tree: YamlNode, { names }: Sought): number | undefined {
  for (const node of below(tree)) {
    const item = NODE_LISTS.flatMap((key) => {
      const list = entryOf(node, key)?.value;
      return list?.kind === "list" ? list.items : [];
    }).find((one) => names.includes(textOf(one, "name") ?? ""));
    if (item !== undefined) return entryOf(item, "name")?.line;
  }
  return undefined;
}

const NODE_LISTS = ["controlPlane", "controlPlaneNodes", "etcdHosts", "otherHosts"];

/** A node and all below it, from above. */
function* below(node: YamlNode): Generator<YamlNode> {
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    const children = next.kind === "map" ? next.entries.map(({ value }) => value) : [];
    waiting.push(...(next.kind === "list" ? next.items : children).toReversed());
  }
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

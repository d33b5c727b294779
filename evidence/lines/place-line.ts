import { entryOf, textOf, type YamlNode } from "./yaml-tree";

/**
 * The line of a place as problems name it (`files.master01[3].mode`, `kubeadm-guard:clusters[prod].listing`): of the place
 * itself, else of the innermost map or list around it. The settings of a stack are under `config`.
 */
export function placeLine(tree: YamlNode, place: string): number | undefined {
  const config = entryOf(tree, "config")?.value;
  // An acceptance's place begins with the name of its file: `accept.yaml: accept[0]`.
  const step = firstKey(place.replace(/^.*: /, ""));
  for (const [root, key] of [
    [config, step.key],
    [config, `kubeadm-guard:${step.key}`],
    [tree, step.key],
    [tree, step.key.replace(/^kubeadm-guard:/, "")],
  ] as const) {
    const entry = entryOf(root, key);
    if (entry !== undefined) return innermost(entry.value, entry.line, step.rest);
  }
  return undefined;
}

function firstKey(place: string): { readonly key: string; readonly rest: string } {
  const key = /^[^.[\]]*/.exec(place)?.[0] ?? "";
  return { key, rest: place.slice(key.length) };
}

function innermost(from: YamlNode, fromLine: number, steps: string): number {
  let [node, line, rest]: [YamlNode | undefined, number, string] = [from, fromLine, steps];
  while (node !== undefined && rest !== "") {
    const index = /^\[([^[\]]*)\]/.exec(rest);
    const next: Step | undefined = index === null ? member(node, rest) : item(node, index[1] ?? "", index[0].length);
    if (next === undefined) return line;
    [node, line, rest] = [next.node, next.line, rest.slice(next.length)];
  }
  return line;
}

interface Step {
  readonly node: YamlNode;
  readonly line: number;
  /** How much of the place it takes. */
  readonly length: number;
}

/** `.NAME`, where a name may hold dots itself. */
function member(node: YamlNode, rest: string): Step | undefined {
  if (node.kind !== "map" || !rest.startsWith(".")) return undefined;
  const after = rest.slice(1);
  const fits = node.entries.filter(({ key }) => after.startsWith(key) && /^(?:$|[.[])/.test(after.slice(key.length)));
  const [longest] = fits.toSorted((a, b) => b.key.length - a.key.length);
  return longest && { node: longest.value, line: longest.line, length: longest.key.length + 1 };
}

/** `[3]`, or `[prod]` of a list of things with names. */
function item(node: YamlNode, index: string, length: number): Step | undefined {
  if (node.kind !== "list") return undefined;
  const found = /^\d+$/.test(index)
    ? node.items[Number(index)]
    : node.items.find((one) => textOf(one, "name") === index);
  return found && { node: found, line: found.line, length };
}

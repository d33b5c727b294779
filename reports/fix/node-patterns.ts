import { shellWord } from "./shell-word";

/** How a shell recognizes a node by what its host is called, in small letters; the patterns are those of `case`. */
export interface NodePatterns {
  readonly name: string;
  readonly patterns: readonly string[];
}

/**
 * The names of each node, short and long, as far as no other node has the same. A host that is called `master01.example.com`
 * is the node `master01`; a host `master01` is the node `master01.example.com`. A node that shares all its names has no pattern.
 */
export function nodePatterns(
  nodes: readonly { readonly names: readonly [string, ...string[]] }[],
): readonly NodePatterns[] {
  const named = nodes.map(({ names }) => [...new Set(names.map((name) => name.toLowerCase()))]);
  const whole = counts(named.map((names) => names));
  const short = counts(named.map((names) => [...new Set([...names, ...names.map(shortName)])]));
  return nodes.map(({ names: [name] }, index) => ({
    name,
    patterns: [...new Set((named[index] ?? []).flatMap((one) => patternsOf(one, whole, short)))],
  }));
}

type Counts = ReadonlyMap<string, number>;

function counts(lists: readonly (readonly string[])[]): Counts {
  const found = new Map<string, number>();
  for (const name of lists.flat()) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function patternsOf(name: string, whole: Counts, short: Counts): readonly string[] {
  if (whole.get(name) !== 1) return [];
  const itself = shellWord(name);
  if (isAddress(name)) return [itself];
  const first = shortName(name);
  if (short.get(first) !== 1) return [itself];
  // Of a short name, whatever domain the host puts behind it.
  return first === name ? [itself, `${shellWord(`${name}.`)}*`] : [itself, shellWord(first)];
}

function shortName(name: string): string {
  return isAddress(name) ? name : name.replace(/\..*$/s, "");
}

function isAddress(name: string): boolean {
  return /^[\d.]+$|:/.test(name);
}

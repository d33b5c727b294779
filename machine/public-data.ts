import { memoize } from "./memoize";
import { oneLine, publicName, publicPath, publicProse, publicText, publicToken } from "./public-text";

/** Names and addresses of machines, alone or in lists. */
const NAMES: ReadonlySet<string> = new Set([
  "node",
  "nodes",
  "host",
  "hosts",
  "member",
  "pod",
  "controlPlaneNodes",
  "etcdHosts",
]);

/** Names that people give to clusters. */
const LABELS: ReadonlySet<string> = new Set(["cluster", "other"]);

/** Paths of files, alone or in lists. */
const PATHS: ReadonlySet<string> = new Set(["path", "paths", "realPath", "instead"]);

/** Words of our own, by which texts are chosen. */
const OURS: ReadonlySet<string> = new Set([
  ...["id", "kind", "message", "policy", "level", "severity", "outcome", "presence", "do", "role", "step", "origin"],
  ...["question", "how", "problem", "on", "does", "what", "command", "of", "property", "argument", "by", "to", "names"],
  ...["field", "title", "url", "urn", "fingerprint", "checkedAt", "notBefore", "notAfter", "sha256", "homepage"],
]);

/**
 * A copy of plain data in which each text may be printed: names of machines and paths where they have the form of such,
 * everything else by publicText. Each text is one line, so that none can be taken for a line of a report, but those under a
 * key of `severalLines`.
 */
export function publicData<Data>(data: Data, severalLines?: ReadonlySet<string>): Data;
export function publicData(data: unknown, severalLines: ReadonlySet<string> = new Set()): unknown {
  return copy(data, "", {
    name: memoize(publicName),
    path: memoize(publicPath),
    label: memoize(publicProse),
    token: memoize(publicToken),
    line: memoize((text) => publicText(oneLine(text))),
    lines: memoize(publicText),
    severalLines,
    copies: new Map(),
  });
}

/** How texts of each kind are printed. Reports repeat the same few for each of thousands of nodes: each is worked out once. */
interface Printed {
  readonly name: (text: string) => string;
  readonly path: (text: string) => string;
  readonly label: (text: string) => string;
  readonly token: (text: string) => string;
  readonly line: (text: string) => string;
  readonly lines: (text: string) => string;
  readonly severalLines: ReadonlySet<string>;
  /** What an object became: thousands of findings may share one list of nodes, which is copied once. */
  readonly copies: Map<object, unknown>;
}

function copy(data: unknown, key: string, printed: Printed): unknown {
  if (typeof data === "string") return publicValue(data, key, printed);
  if (Array.isArray(data)) return data.map((item: unknown) => copy(item, key, printed));
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data;
  const before = printed.copies.get(data);
  if (before !== undefined) return before;
  const now = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copy(value, name, printed)]));
  printed.copies.set(data, now);
  return now;
}

function publicValue(
  text: string,
  key: string,
  { name, path, label, token, line, lines, severalLines }: Printed,
): string {
  if (NAMES.has(key)) return name(text);
  if (PATHS.has(key)) return path(text);
  if (LABELS.has(key)) return label(text);
  if (severalLines.has(key)) return lines(text);
  return OURS.has(key) || /\s/.test(text) ? line(text) : token(text);
}

import { oneLine, publicName, publicPath, publicText } from "./public-text";

/** Names and addresses of machines, alone or in lists. */
const NAMES: ReadonlySet<string> = new Set([
  "node",
  "nodes",
  "host",
  "hosts",
  "member",
  "controlPlaneNodes",
  "etcdHosts",
]);

/** Paths of files, alone or in lists. */
const PATHS: ReadonlySet<string> = new Set(["path", "paths", "realPath", "instead"]);

/**
 * A copy of plain data in which each text may be printed: names of machines and paths where they have the form of such,
 * everything else by publicText. Each text is one line, so that none can be taken for a line of a report, but those under a
 * key of `severalLines`.
 */
export function publicData<Data>(data: Data, severalLines?: ReadonlySet<string>): Data;
export function publicData(data: unknown, severalLines: ReadonlySet<string> = new Set()): unknown {
  return copy(data, "", severalLines);
}

function copy(data: unknown, key: string, severalLines: ReadonlySet<string>): unknown {
  if (typeof data === "string") return publicValue(data, key, severalLines);
  if (Array.isArray(data)) return data.map((item: unknown) => copy(item, key, severalLines));
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copy(value, name, severalLines)]));
}

function publicValue(text: string, key: string, severalLines: ReadonlySet<string>): string {
  if (NAMES.has(key)) return publicName(text);
  if (PATHS.has(key)) return publicPath(text);
  return publicText(severalLines.has(key) ? text : oneLine(text));
}

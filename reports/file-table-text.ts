import { nameRanges } from "../machine/name-ranges";
import { baseName, parent } from "../machine/paths";
import { ownerOf } from "../policies/support/node-name-in-path";
import type { FileCell, FileRow, FileTable } from "./report";

/** More rows would hide those that count. */
const MOST_ROWS = 20;
/** Fewer nodes have a row each. */
const FEWEST_TOGETHER = 6;
/** More names would make the line too long to read. */
const MOST_NAMES = 5;

/**
 * The table of nodes by files for a terminal: nodes that lack a file come first, columns have one width. Many nodes of which
 * the same is said, but for their own names, share a row.
 */
export function fileTableText({ files, rows }: FileTable): readonly string[] {
  const sorted = [...rows].sort((one, other) => rank(one) - rank(other));
  const told = sorted.map(({ node, cells }) => ({
    node,
    texts: cells.map((cell, index) => cellText(cell, files[index]?.path ?? "")),
  }));
  const together = rows.length < FEWEST_TOGETHER ? told : alikeTogether(told);
  const shown = together.slice(0, MOST_ROWS);
  const lines = [
    ["node", ...files.map(({ field, path }) => `${field} ${baseName(path)}`)],
    ...shown.map(({ node, texts }) => [node, ...texts]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("   ")
      .trimEnd(),
  );
  return together.length > MOST_ROWS ? [...text, `and ${together.length - MOST_ROWS} more`] : text;
}

interface ToldRow {
  readonly node: string;
  readonly texts: readonly string[];
}

/** Rows that say the same but for the node's own name as one, which stands there as `NAME`. */
function alikeTogether(rows: readonly ToldRow[]): readonly ToldRow[] {
  const groups = new Map<string, [ToldRow, ...ToldRow[]]>();
  for (const row of rows) {
    const key = JSON.stringify(row.texts.map((text) => text.replaceAll(row.node, "NAME")));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (group.length === 1) return first;
    const texts = first.texts.map((text) => text.replaceAll(first.node, "NAME"));
    return { node: listed(group.map(({ node }) => node)), texts };
  });
}

/** Which nodes lack which files, in one sentence. */
export function fileTableSummary({ files, rows }: FileTable): string {
  const lacking = rows.filter(({ cells }) => cells.some(({ presence }) => presence === "missing"));
  const names = lacking.map(({ node }) => node);
  const nodes = rows.map(({ node, cells }) => ({ name: node, cells }));
  const owners = new Set(files.map(({ path }) => ownerOf(path, nodes)));
  const owner = nodes.find((one) => owners.has(one) && one.cells.every(({ presence }) => presence === "present"));
  const who =
    names.length < FEWEST_TOGETHER ? names.join(", ") : `${names.length} of ${rows.length} nodes (${listed(names)})`;
  const verb = names.length === 1 ? "does" : "do";
  if (owner !== undefined) return `etcd.external names the files of ${owner.name}; ${who} ${verb} not have them.`;
  return names.length === rows.length && rows.length > 1
    ? "etcd.external names files that no control-plane node has in full."
    : `etcd.external names files that ${who} ${verb} not have.`;
}

/** One cell in a few words: `missing (has node-master01.pem)`. */
export function cellText({ presence, instead, error }: FileCell, path: string): string {
  if (presence !== "missing") return presence;
  if (instead !== null) return `missing (has ${parent(instead) === parent(path) ? baseName(instead) : instead})`;
  return error === null || error === "no such file or directory" ? "missing" : `missing (${error})`;
}

function rank({ cells }: FileRow): number {
  if (cells.some(({ presence }) => presence === "missing")) return 0;
  return cells.some(({ presence }) => presence === "undecided") ? 1 : 2;
}

function listed(names: readonly string[]): string {
  const ranges = nameRanges(names);
  const shown = ranges.slice(0, MOST_NAMES).join(", ");
  return ranges.length > MOST_NAMES ? `${shown} and ${ranges.length - MOST_NAMES} more` : shown;
}

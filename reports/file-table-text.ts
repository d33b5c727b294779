import { baseName, parent } from "../machine/paths";
import { carriesName } from "../policies/support/node-name-in-path";
import type { FileCell, FileRow, FileTable } from "./report";

/** More rows would hide those that count. */
const MOST_ROWS = 20;

/** The table of nodes by files for a terminal: nodes that lack a file come first, columns have one width. */
export function fileTableText({ files, rows }: FileTable): readonly string[] {
  const sorted = [...rows].sort((one, other) => rank(one) - rank(other));
  const shown = sorted.slice(0, MOST_ROWS);
  const lines = [
    ["node", ...files.map(({ field, path }) => `${field} ${baseName(path)}`)],
    ...shown.map(({ node, cells }) => [node, ...cells.map((cell, index) => cellText(cell, files[index]?.path ?? ""))]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("   ")
      .trimEnd(),
  );
  return rows.length > MOST_ROWS ? [...text, `and ${rows.length - MOST_ROWS} more`] : text;
}

/** Who lacks what, in one sentence. */
export function fileTableSummary({ files, rows }: FileTable): string {
  const lacking = rows.filter(({ cells }) => cells.some(({ presence }) => presence === "missing"));
  const names = lacking.map(({ node }) => node);
  const owner = rows.find(
    ({ node, cells }) =>
      cells.every(({ presence }) => presence === "present") && files.some(({ path }) => carriesName(path, node)),
  );
  const verb = names.length === 1 ? "does" : "do";
  if (owner !== undefined)
    return `etcd.external names the files of ${owner.node}; ${listed(names)} ${verb} not have them.`;
  return names.length === rows.length && rows.length > 1
    ? "etcd.external names files that no control-plane node has in full."
    : `etcd.external names files that ${listed(names)} ${verb} not have.`;
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
  const shown = names.slice(0, MOST_ROWS).join(", ");
  return names.length > MOST_ROWS ? `${shown} and ${names.length - MOST_ROWS} more` : shown;
}

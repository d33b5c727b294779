import { fileChain } from "../file-chain";
import { cellText } from "../file-table-text";
import { xmlText } from "../formats/xml-text";
import type { ClusterReport, FileRow } from "../report";

const SYMBOLS = { present: "✓", missing: "✗", undecided: "?" } as const;

/** Long tables can be filtered. */
const LONG = 10;

/** The control-plane nodes by files as a grid whose cells open their reason. */
export function fileSection(cluster: ClusterReport, id: string): string {
  const { files, rows } = cluster.files;
  if (files.length === 0 || rows.length === 0) return "";
  const columns = files.map(
    ({ field, path }) => `<th scope="col" role="columnheader">${xmlText(field)}<br><code>${xmlText(path)}</code></th>`,
  );
  return `<h3 id="${id}-files">Files on the control-plane nodes</h3>
<p id="${id}-help">Each cell opens its reason, by a click or by Enter; the arrow keys move between cells, Escape closes.</p>
${rows.length > LONG ? filter(id, rows) : ""}<div class="wide${rows.length > LONG ? " long" : ""}">
<table role="grid" class="files" id="${id}-grid" aria-labelledby="${id}-files" aria-describedby="${id}-help">
<thead><tr role="row"><th scope="col" role="columnheader">Node</th>${columns.join("")}</tr></thead>
<tbody>
${rows.map((row, index) => rowHtml(row, index, cluster, id)).join("\n")}
</tbody>
</table>
</div>`;
}

function filter(id: string, rows: readonly FileRow[]): string {
  const lacking = rows.filter((row) => !isComplete(row)).length;
  return `<form class="filter" data-grid="${id}-grid">
<label>Nodes whose name contains <input type="search" name="name" autocomplete="off"></label>
<label><input type="checkbox" name="lacking"> only the ${lacking} that lack a file or are undecided</label>
<output aria-live="polite">${rows.length} nodes</output>
</form>
`;
}

function isComplete({ cells }: FileRow): boolean {
  return cells.every(({ presence }) => presence === "present");
}

function rowHtml(row: FileRow, index: number, cluster: ClusterReport, id: string): string {
  const { files } = cluster.files;
  const cells = row.cells.map((cell, column) => {
    const file = files[column];
    if (file === undefined) return "";
    const { steps, result } = fileChain(cluster, file, row.node, cell);
    const reason = JSON.stringify({ title: `${file.field} on ${row.node}`, steps, result });
    const first = index === 0 && column === 0 ? "0" : "-1";
    return `<td role="gridcell" class="${cell.presence}"><button type="button" tabindex="${first}" aria-expanded="false" data-reason="${xmlText(reason)}"><span aria-hidden="true">${SYMBOLS[cell.presence]} </span>${xmlText(cellText(cell, file.path))}</button></td>`;
  });
  return `<tr role="row" class="node" id="${id}-row-${index}" data-node="${xmlText(row.node)}" data-complete="${isComplete(row)}"><th scope="row" role="rowheader">${xmlText(row.node)}</th>${cells.join("")}</tr>`;
}

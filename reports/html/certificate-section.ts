import { xmlText } from "../formats/xml-text";
import type { CertificateReport, ClusterReport } from "../report";

const WIDTH = 720;
const ROW = 22;
const HEAD = 24;

/** The certificates on a time line, and the same as a table. */
export function certificateSection({ certificates }: ClusterReport, checkedAt: string, id: string): string {
  if (certificates.length === 0) return "";
  const now = Date.parse(checkedAt);
  const rows = certificates.map(
    (one, index) =>
      `<tr><th scope="row">${index + 1}</th><td>${xmlText(one.subject)}</td><td>${xmlText(one.field)}</td><td>${xmlText(one.notBefore)}</td><td>${xmlText(one.notAfter)}</td><td>${stateOf(one, now)}</td><td>${xmlText(listed(one.nodes))}</td></tr>`,
  );
  return `<h3 id="${id}-certificates">Certificates</h3>
${timeLine(certificates, now)}
<div class="wide" role="region" aria-labelledby="${id}-certificates" tabindex="0"><table>
<thead><tr><th scope="col">No.</th><th scope="col">Subject</th><th scope="col">Field</th><th scope="col">Valid from</th><th scope="col">Valid until</th><th scope="col">When checked</th><th scope="col">Nodes</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

const MOST_NODES = 10;

function listed(nodes: readonly string[]): string {
  const shown = nodes.slice(0, MOST_NODES).join(", ");
  return nodes.length > MOST_NODES ? `${shown} and ${nodes.length - MOST_NODES} more` : shown;
}

type State = "valid" | "expired" | "not valid yet";

function stateOf({ notBefore, notAfter }: CertificateReport, now: number): State {
  if (now > Date.parse(notAfter)) return "expired";
  return now < Date.parse(notBefore) ? "not valid yet" : "valid";
}

/** One bar for each certificate; the line is the time of the check. The table beside it says the same in words. */
function timeLine(certificates: readonly CertificateReport[], now: number): string {
  const times = [now, ...certificates.flatMap((one) => [Date.parse(one.notBefore), Date.parse(one.notAfter)])];
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const x = (time: number) => Math.round((40 + ((time - from) / Math.max(1, to - from)) * (WIDTH - 60)) * 10) / 10;
  const height = HEAD + certificates.length * ROW + 6;
  const bars = certificates.map((one, index) => {
    const [begin, end] = [x(Date.parse(one.notBefore)), x(Date.parse(one.notAfter))];
    const y = HEAD + index * ROW;
    const state = stateOf(one, now).replaceAll(" ", "-");
    return `<text x="4" y="${y + 13}">${index + 1}</text><rect class="${state}" x="${begin}" y="${y + 3}" width="${Math.max(2, end - begin)}" height="12" rx="2"/>`;
  });
  const ticks = yearsBetween(from, to).map((year) => {
    const at = x(Date.UTC(year, 0));
    const label = at > WIDTH - 40 ? "" : `<text x="${at + 3}" y="14">${year}</text>`;
    return `<line class="tick" x1="${at}" x2="${at}" y1="${HEAD - 4}" y2="${height}"/>${label}`;
  });
  return `<svg class="time" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Time line of the certificates; the table below says the same">
${ticks.join("")}${bars.join("\n")}<line class="now" x1="${x(now)}" x2="${x(now)}" y1="${HEAD - 6}" y2="${height}"/>
</svg>
<p class="legend">The dashed line is the time of the check; an outlined bar is a certificate that was not valid then.</p>`;
}

/** At most ten years, evenly spaced. */
function yearsBetween(from: number, to: number): readonly number[] {
  const [first, last] = [new Date(from).getUTCFullYear() + 1, new Date(to).getUTCFullYear()];
  const step = Math.max(1, Math.ceil((last - first + 1) / 10));
  return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step);
}

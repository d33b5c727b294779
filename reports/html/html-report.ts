import { createHash } from "node:crypto";
import { carrierText } from "../carrier-text";
import { xmlText } from "../formats/xml-text";
import type { Report } from "../report";
import { verdict } from "../verdict";
import { clusterSection, verdictBadge } from "./cluster-section";
import { PAGE_SCRIPT } from "./page-script";
import { PAGE_STYLE } from "./page-style";

/**
 * Reports as one HTML page that needs nothing else: no network, no other file. It can be read without color, without a
 * mouse and without its script, which only opens the reason of a cell and filters long tables.
 */
export function htmlReport(reports: readonly Report[]): string {
  const clusters = reports.flatMap((report) => report.clusters.map((cluster) => ({ cluster, report })));
  const sections = clusters.map(({ cluster, report }, index) =>
    clusterSection(cluster, report, `cluster-${index + 1}`),
  );
  const title = clusters.length === 1 ? `kubeadm-guard: ${clusters[0]?.cluster.name}` : "kubeadm-guard: all clusters";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hash(PAGE_STYLE)}'; script-src '${hash(PAGE_SCRIPT)}'">
<title>${xmlText(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${xmlText(title)}</h1>
<p>${xmlText(madeBy(reports))}</p>
</header>
<main>
${clusters.length === 1 ? "" : overview(clusters)}
${sections.join("\n")}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function madeBy(reports: readonly Report[]): string {
  const versions = new Set(reports.map(({ tool }) => `${tool.name} ${tool.version}`));
  const times = reports.map(({ checkedAt }) => checkedAt).sort();
  const [first = "", last = ""] = [times[0], times.at(-1)];
  const when = first === last ? `checked at ${first}` : `checked from ${first} to ${last}`;
  return reports.length === 0 ? "No reports were given." : `Made by ${[...versions].join(", ")}; ${when}.`;
}

type OfReport = { readonly cluster: Report["clusters"][number]; readonly report: Report };

const ORDER = ["refused", "undecided", "passed"] as const;

/** The clusters in one table, those that are refused first. */
function overview(clusters: readonly OfReport[]): string {
  const rows = clusters
    .map((one, index) => ({ ...one, id: `cluster-${index + 1}`, verdict: verdict(one.cluster) }))
    .sort((one, other) => ORDER.indexOf(one.verdict.kind) - ORDER.indexOf(other.verdict.kind));
  const counts = ORDER.map((kind) => `${rows.filter((row) => row.verdict.kind === kind).length} ${kind}`).join(", ");
  return `<section aria-labelledby="overview">
<h2 id="overview">Overview</h2>
<p>${clusters.length} clusters: ${counts}.</p>
<div class="wide" role="region" aria-label="Overview of the clusters" tabindex="0">
<table>
<thead><tr><th scope="col">Cluster</th><th scope="col">From</th><th scope="col">Verdict</th><th scope="col">Findings</th><th scope="col">Checked as</th><th scope="col">Checked at</th></tr></thead>
<tbody>
${rows
  .map(
    ({ cluster, report, id, verdict: { counts } }) =>
      `<tr><th scope="row"><a href="#${id}">${xmlText(cluster.name)}</a></th><td>${xmlText(carrierText(cluster))}</td><td>${verdictBadge(cluster)}</td><td>${xmlText(counts === "" ? "none" : counts)}</td><td>${cluster.checkedAs === null ? "unknown" : `kubeadm ${xmlText(cluster.checkedAs.kubeadm)}`}</td><td class="when">${xmlText(report.checkedAt)}</td></tr>`,
  )
  .join("\n")}
</tbody>
</table>
</div>
</section>`;
}

import { jsonText } from "./json-text";
import type { Report } from "./report";

/** The report as one JSON document, in the shape of docs/check-schema.json; ends in a line feed. */
export function jsonReport(report: Report): string {
  const clusters = report.clusters.map((cluster) => ({
    ...cluster,
    kubeadm: Object.fromEntries(cluster.predictions.map(({ node, ok, error }) => [node, { ok, error }])),
  }));
  return jsonText({ ...report, clusters });
}

import { carrierText } from "./carrier-text";
import type { ClusterReport, Report } from "./report";

/** Which program checked which text and when, for records: reports with the same hash are about the same configuration. */
export function checkedByText(cluster: ClusterReport, { tool, checkedAt }: Report): string {
  const { field, sha256 } = cluster.subject;
  const text = sha256 === null ? `the text of ${field} is not known` : `SHA-256 of ${field}: ${sha256}`;
  return `Checked by ${tool.name} ${tool.version} at ${checkedAt}: ${carrierText(cluster)}; ${text}`;
}

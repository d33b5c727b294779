import { oneLine, publicName, publicText } from "../machine/public-text";
import type { ClusterReport } from "./report";

/** Texts of several lines; every other text of a report is one line. */
const SEVERAL_LINES: ReadonlySet<string> = new Set(["text", "fix", "error", "why", "remediation"]);

/** Names of nodes, alone or in lists. */
const NODES: ReadonlySet<string> = new Set(["node", "nodes", "controlPlaneNodes", "etcdHosts"]);

/** The report with nothing in it that may be secret (machine/public-text.ts): whatever a formatter prints went through here. */
export function publicReport(report: ClusterReport): ClusterReport {
  return publicCopy(report, "");
}

/** A copy of plain data in which each text may be printed. */
function publicCopy<Data>(data: Data, key: string): Data;
function publicCopy(data: unknown, key: string): unknown {
  if (typeof data === "string" && NODES.has(key)) return publicName(data);
  if (typeof data === "string") return publicText(SEVERAL_LINES.has(key) ? data : oneLine(data));
  if (Array.isArray(data)) return data.map((item: unknown) => publicCopy(item, key));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, publicCopy(value, name)]));
}

import { pathToFileURL } from "node:url";
import { baseName } from "../../machine/paths";
import type { ClusterReport, FindingReport, InputReport } from "../report";

/** Where in a file a finding can be shown. */
export interface Place {
  /** Relative to the folder of the run, as a URI reference; absolute for a file elsewhere. */
  readonly uri: string;
  /** The same as a path. */
  readonly path: string;
  readonly line: number | null;
}

/**
 * The file that a finding is best shown in: the document that its text names, else what carries the kubeadm-config, else
 * what says where the nodes are; none where no file was read.
 */
export function placeOf(finding: FindingReport, cluster: ClusterReport): Place | undefined {
  const { inputs } = cluster;
  const named = inputs.find(({ role, path }) => isDocument(role) && finding.text.includes(baseName(path)));
  const input = named ?? inputs[0];
  if (input === undefined) return undefined;
  const uri = input.path.startsWith("/") ? pathToFileURL(input.path).href : encodeURI(input.path);
  return { uri, path: input.path, line: lineIn(input, finding, cluster) };
}

function isDocument(role: InputReport["role"]): boolean {
  return role === "inventory" || role === "listing";
}

/** Lines are those of the ClusterConfiguration: of the file only where it is not a ConfigMap. */
function lineIn({ path }: InputReport, finding: FindingReport, { subject, files }: ClusterReport): number | null {
  if (subject.field !== baseName(path)) return null;
  const field = files.files.find((one) => one.path === finding.path);
  if (field?.line != null) return field.line;
  const at = finding.text.indexOf(`${subject.field}:`);
  const line = at < 0 ? Number.NaN : Number.parseInt(finding.text.slice(at + subject.field.length + 1), 10);
  return line > 0 ? line : null;
}

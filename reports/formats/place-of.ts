import { pathToFileURL } from "node:url";
import type { ClusterReport, FindingReport } from "../report";

/** Where in a file a finding can be shown. */
export interface Place {
  /** Relative to the folder of the run, as a URI reference; absolute for a file elsewhere. */
  readonly uri: string;
  /** The same as a path. */
  readonly path: string;
  readonly line: number | null;
}

/** The file that a finding is best shown in: the kubeadm-config, else what says where the nodes are; none for neither. */
export function placeOf({ path }: FindingReport, { inputs, files }: ClusterReport): Place | undefined {
  const [input] = inputs;
  if (input === undefined) return undefined;
  const field = files.files.find((one) => one.path === path);
  const uri = input.path.startsWith("/") ? pathToFileURL(input.path).href : encodeURI(input.path);
  return { uri, path: input.path, line: input.role === "kubeadm-config" ? (field?.line ?? null) : null };
}

import type { Finding } from "../../cluster/outcome";
import { publicData } from "../../machine/public-data";
import { publicName, publicPath } from "../../machine/public-text";

/**
 * The finding as its message may be written from it: nothing in it may be secret, and each text is one line, so that none
 * can be taken for a line of a report. Only kubeadm's own errors keep their lines, the further ones indented.
 */
export function publicFinding<Data>(finding: Finding<Data>): Finding<Data>;
export function publicFinding(finding: Finding): Finding {
  const { node, path, data } = finding;
  return {
    ...finding,
    node: node === null ? null : publicName(node),
    path: path === null ? null : publicPath(path),
    data: withIndentedErrors(publicData(data, ERRORS)),
  };
}

const ERRORS: ReadonlySet<string> = new Set(["error"]);

function withIndentedErrors(data: unknown): unknown {
  if (typeof data !== "object" || data === null || !("error" in data) || typeof data.error !== "string") return data;
  return { ...data, error: data.error.replace(/\n(?=\S)/g, "\n  ") };
}

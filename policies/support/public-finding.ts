import type { Finding } from "../../cluster/outcome";
import { oneLine, publicName, publicText } from "../../machine/public-text";

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
    path: path === null ? null : publicText(oneLine(path)),
    data: publicCopy(data, ""),
  };
}

function publicCopy(data: unknown, key: string): unknown {
  if (typeof data === "string") return publicText(key === "error" ? data.replace(/\n(?=\S)/g, "\n  ") : oneLine(data));
  if (Array.isArray(data)) return data.map((item: unknown) => publicCopy(item, key));
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, publicCopy(value, name)]));
}

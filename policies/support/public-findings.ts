import type { Finding } from "../../cluster/outcome";
import { publicData } from "../../machine/public-data";
import { oneLine, publicName, publicPath } from "../../machine/public-text";

/**
 * The findings of one message as it may be written from them: nothing in them may be secret, and each text is one line, so
 * that none can be taken for a line of a report. Only kubeadm's own errors keep their lines, the further ones indented.
 * What findings share, they share afterwards.
 */
export function publicFindings<Data>(
  findings: readonly [Finding<Data>, ...Finding<Data>[]],
): readonly [Finding<Data>, ...Finding<Data>[]];
export function publicFindings(findings: readonly Finding[]): readonly Finding[] {
  const shown = publicData(
    findings.map(({ data }) => data),
    ERRORS,
  );
  return findings.map((finding, index) => ({
    ...finding,
    node: finding.node === null ? null : publicName(finding.node),
    path: finding.path === null ? null : publicPath(finding.path),
    data: withShownError(shown[index], finding.path),
  }));
}

const ERRORS: ReadonlySet<string> = new Set(["error"]);

/** kubeadm's error repeats the path as it is. */
function withShownError(data: unknown, path: string | null): unknown {
  if (typeof data !== "object" || data === null || !("error" in data) || typeof data.error !== "string") return data;
  const error = path === null || path === "" ? data.error : data.error.replaceAll(path, () => oneLine(path));
  return { ...data, error: error.replace(/\n(?=\S)/g, "\n  ") };
}

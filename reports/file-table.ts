import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { describeNode } from "../cluster/node";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { publicData } from "../machine/public-data";
import { publicName } from "../machine/public-text";
import { similarFile } from "../policies/support/file-instead";
import { renderedFiles } from "../policies/support/unrendered-fields";
import { reasonText, settledBy } from "../reasons/reason-texts";
import type { Audience } from "../reasons/setting-name";
import { completenessText } from "./completeness-text";
import { reasonReport } from "./reason-report";
import type { FileCell, FileTable } from "./report";
import { sourceReport } from "./source-report";

/** The control-plane nodes by the files of etcd.external; empty where either is not known. */
export function fileTable(cluster: Cluster, audience: Audience): FileTable {
  const { configuration, controlPlane } = cluster;
  if (configuration.kind !== "text") return { files: [], rows: [] };
  const legible = legibleConfiguration(configuration.reading);
  const files = renderedFiles(cluster, externalEtcdFiles(legible)).files.map(({ field, path }) => ({
    field,
    path,
    line: legible?.lineOf(["etcd", "external", field]) ?? null,
  }));
  if (files.length === 0 || controlPlane.kind === "unknown") return { files, rows: [] };
  const rows = controlPlane.nodes.map((node) => ({
    node: describeNode(node),
    cells: files.map(({ path }) => fileCell(node, path, cluster, audience)),
  }));
  return { files, rows };
}

const NOTHING = {
  realPath: null,
  source: null,
  links: [],
  error: null,
  complete: null,
  instead: null,
  reasons: [],
} as const;

/** What is thought to be at a path on a node, and every operation that affected it. */
export function fileCell(node: ControlPlaneNode, path: string, cluster: Cluster, audience: Audience): FileCell {
  const presence = node.files.presence(path);
  const history = node.files.history(path).map(({ source, does }) => ({ source: sourceReport(source), does }));
  switch (presence.kind) {
    case "present": {
      const { realPath, file, links } = presence;
      const source = sourceReport(file.source);
      return { ...NOTHING, history, presence: "present", realPath, source, links: links.map(sourceReport) };
    }
    case "missing": {
      const { error, removedBy, links } = presence;
      return {
        ...NOTHING,
        history,
        presence: "missing",
        error,
        source: removedBy === undefined ? null : sourceReport(removedBy),
        links: links.map(sourceReport),
        complete: removedBy === undefined ? completenessText(node.files.completeness) : null,
        instead: similarFile(node, path, cluster)?.path ?? null,
      };
    }
    case "undecided": {
      const reasons = presence.reasons.map(({ reason, source }) => ({
        why: reasonText(publicData(reason), publicName(describeNode(node))),
        reason: reasonReport(reason, source),
        settledBy: settledBy(reason, audience),
      }));
      return { ...NOTHING, history, presence: "undecided", reasons };
    }
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One cluster with kubeadm's own answers; the format is described in the README beside the cases. */
export interface RecordedCluster {
  readonly id: string;
  readonly title: string;
  readonly kubernetesVersion: string;
  readonly controlPlane: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  readonly etcdHosts: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  readonly configMap: { readonly data: Readonly<Record<string, string>> };
  readonly files: Readonly<Record<string, readonly CaseFile[]>>;
  readonly kubeadm: { readonly nodes: Readonly<Record<string, CaseVerdict>> };
}

export interface CaseFile {
  readonly path: string;
  readonly link: string | null;
  readonly mode: string;
  readonly content: string | null;
}

export interface CaseVerdict {
  readonly ok: boolean;
  readonly stage: string;
  readonly error: string | null;
}

/** The recorded clusters of a folder under test/fixtures. */
export function recordedClusters(folder: "clusters" | "clusters-with-etcd"): readonly RecordedCluster[] {
  const root = join(__dirname, "..", "fixtures", folder);
  return readdirSync(root)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name): RecordedCluster => JSON.parse(readFileSync(join(root, name), "utf8")));
}

/** Cases in which a path is a template that nobody rendered: kubeadm-config-rendered tells of it, and no policy about files. */
export const UNRENDERED_CASES: readonly string[] = ["path-shell-variable", "path-template"];

/** The cases about presence: each node came past the reading of the ConfigMap, and failed, if at all, at opening a file. */
export function presenceCases(): readonly RecordedCluster[] {
  return recordedClusters("clusters").filter((one) =>
    Object.values(one.kubeadm.nodes).every(
      ({ stage, error }) =>
        (stage === "external etcd client" || stage === "later") && (error === null || error.startsWith("open ")),
    ),
  );
}

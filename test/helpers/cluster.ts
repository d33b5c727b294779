import { assembleClusters } from "../../cluster/assemble-clusters";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings, SettingsProblem } from "../../cluster/cluster-settings";
import { knownConfiguration } from "../../cluster/configuration/known-configuration";
import type { Documents } from "../../cluster/documents";
import type { LiveCluster } from "../../cluster/live-cluster";
import type { StackParts } from "../../cluster/stack-parts";
import { clusterParts } from "../../evidence/cluster-parts";
import { configurationText } from "../../kubeadm/config/configuration-text";
import type { RecordedCluster } from "./recorded-clusters";

const EMPTY_STACK: StackParts = {
  evidence: [],
  kubeadmRuns: [],
  nodes: [],
  graph: { machines: new Map(), dependencies: new Map() },
  plannedPems: new Map(),
  precedes: () => true,
};

/** A cluster from the text of its configuration and from settings, with nothing else in its stack. */
export function clusterFrom(
  text: string,
  settings: ClusterSettings,
  stack: StackParts = EMPTY_STACK,
  documents: Documents = { variables: [] },
  problems: readonly SettingsProblem[] = [],
  live?: LiveCluster,
): Cluster {
  const parts = clusterParts({
    name: settings.name,
    subject: {
      source: { name: "kubeadm-config", kind: "kubernetes:core/v1:ConfigMap" },
      field: "data.ClusterConfiguration",
    },
    configuration: knownConfiguration(configurationText(text), settings.upgradeTo?.kubernetes),
    settings,
    documents,
    live,
    resolve: () => undefined,
    problems,
  });
  const [cluster] = assembleClusters([parts], stack);
  if (cluster === undefined) throw new Error("one part makes one cluster");
  return cluster;
}

/** A recorded cluster as settings: its nodes, and all their files with `unlisted: missing`. */
export function settingsOfCase(one: RecordedCluster): ClusterSettings {
  return {
    name: one.id,
    controlPlaneNodes: one.controlPlane,
    etcdHosts: one.etcdHosts,
    unlisted: "missing",
    files: Object.entries(one.files).flatMap(([node, files]) =>
      files.map(({ path, link, mode, content }) => ({
        nodes: [node],
        path,
        ...(link === null ? { mode } : { link }),
        ...(content === null ? {} : { content }),
      })),
    ),
  };
}

/** A ClusterConfiguration with external etcd and these files, as kubeadm writes it. */
export function externalEtcd(files: {
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly caFile?: string;
}): string {
  const lines = Object.entries(files).map(([field, path]) => `    ${field}: ${path}`);
  return [
    "apiVersion: kubeadm.k8s.io/v1beta3",
    "kind: ClusterConfiguration",
    "kubernetesVersion: v1.29.10",
    "etcd:",
    "  external:",
    ...lines,
    "    endpoints:",
    "    - https://192.168.10.21:2379",
    "",
  ].join("\n");
}

import type { ExternalEtcd } from "../kubeadm/config/cluster-configuration";
import { refusalText } from "../kubeadm/config/refusal";
import type { ExternalEtcdFileStates } from "../kubeadm/predict/file-state";
import { type EtcdClientPrediction, predictEtcdClient } from "../kubeadm/predict/predict-etcd-client";
import { predictInitPreflight } from "../kubeadm/predict/predict-init-preflight";
import type { Cluster, ControlPlaneNode } from "./cluster";
import { fileOnNode } from "./file-on-node";
import { localEtcdClient } from "./local-etcd-client";

/** What is to be run: `kubeadm upgrade node phase control-plane`, or `kubeadm init phase preflight`. */
export type KubeadmStep = "upgrade" | "init";

export interface KubeadmQuestion {
  readonly step: KubeadmStep;
  /** The time of the run. */
  readonly now: Date;
}

export interface NodePrediction {
  readonly node: string;
  readonly prediction: EtcdClientPrediction;
}

/**
 * Predicts what kubeadm comes to say on each control-plane node, in the order of the nodes; none where they are not
 * known. Never throws.
 *
 * `upgrade`: the etcd client that is built before anything is changed (phases/upgrade/staticpods.go
 * StaticPodControlPlane, the same in 1.26.15 to 1.37.2). An error of an external etcd is what follows `failed to create
 * etcd client for external etcd: `, any other is given in full. `init`: the checks ExternalEtcdVersion and
 * ExternalEtcdClientCertificates; where etcd is local neither is run. The time of day in a message is `NOW`.
 */
export function predictKubeadm(cluster: Cluster, question: KubeadmQuestion): readonly NodePrediction[] {
  if (cluster.controlPlane.kind === "unknown") return [];
  const { nodes } = cluster.controlPlane;
  const predict = predictionFor(cluster, nodes, question);
  return nodes.map((node) => ({ node: node.name, prediction: predict(node) }));
}

type Predict = (node: ControlPlaneNode) => EtcdClientPrediction;

function predictionFor(cluster: Cluster, nodes: readonly ControlPlaneNode[], question: KubeadmQuestion): Predict {
  const { configuration, subject } = cluster;
  if (subject.file?.ofNode !== undefined)
    return () => ({
      ok: null,
      why: "the ConfigMap, which an upgrade reads since kubeadm 1.30 instead of a node's file",
    });
  if (configuration.kind === "absent") return () => ({ ok: false, error: configuration.error });
  if (configuration.kind !== "text") return () => ({ ok: null, why: `the text of ${subject.field}` });
  const { reading } = configuration;
  if (reading.kind === "refused") return () => ({ ok: false, error: refusalText(reading.refusal) });
  const { etcd, certificatesDir } = reading.configuration;
  const { external } = etcd;
  if (question.step === "init") {
    return external === undefined ? () => ({ ok: true }) : (node) => atInit(node, external, cluster, question);
  }
  return external === undefined
    ? localEtcdClient(nodes, cluster.etcdHosts, certificatesDir)
    : (node) => predictEtcdClient(filesOn(node, external));
}

function atInit(
  node: ControlPlaneNode,
  external: ExternalEtcd,
  { etcdHosts, etcdServers }: Cluster,
  { now }: KubeadmQuestion,
): EtcdClientPrediction {
  const { endpoints } = external;
  const files = filesOn(node, external);
  const prediction = predictInitPreflight({ files, endpoints, node, etcdHosts, etcdServers, now: now.getTime() });
  return prediction.ok === false ? { ok: false, error: withoutTimeOfDay(prediction.error) } : prediction;
}

/** Go prints the second in which it looks at a certificate; the same cluster must give the same text. */
function withoutTimeOfDay(error: string): string {
  return error.replace(/current time \S+/g, "current time NOW");
}

function filesOn(node: ControlPlaneNode, { certFile, keyFile, caFile }: ExternalEtcd): ExternalEtcdFileStates {
  return {
    certFile: fileOnNode(node, certFile),
    keyFile: fileOnNode(node, keyFile),
    caFile: fileOnNode(node, caFile),
  };
}

import { type EtcdClientPrediction, predictEtcdClient } from "../kubeadm/predict/predict-etcd-client";
import type { ControlPlaneNode } from "./cluster";
import { fileOnNode } from "./file-on-node";
import type { Node } from "./node";
import { NodeNames } from "./node-names";

/**
 * Predicts the etcd client that `kubeadm upgrade` builds where etcd is local, for one node (util/etcd/etcd.go
 * NewFromCluster, as 1.30.14 was seen to do it). Errors are given in full.
 *
 * kubeadm asks the API server for etcd's pods, and waits a minute for them where there are none; then it opens its own
 * client certificate. Whether etcd answers is not known here, so nothing ever passes for certain.
 */
export function localEtcdClient(
  nodes: readonly ControlPlaneNode[],
  etcdHosts: readonly Node[],
  certificatesDir: string,
): (node: ControlPlaneNode) => EtcdClientPrediction {
  const hosts = new NodeNames(etcdHosts);
  const pods = nodes.map((node) => ({ node, runs: runsEtcd(node, hosts, etcdHosts.length > 0) }));
  if (pods.every(({ runs }) => runs === false)) {
    const error = `${FAILED}${NO_ENDPOINTS}`;
    return () => ({ ok: false, error });
  }
  const areKnown = pods.some(({ runs }) => runs === true);
  const endpoints = pods.flatMap(({ node, runs }) => (runs === true ? [endpointOf(node)] : [])).join(" ");
  return (node) => {
    const prediction = predictEtcdClient({
      certFile: fileOnNode(node, `${certificatesDir}/etcd/healthcheck-client.crt`),
      keyFile: fileOnNode(node, `${certificatesDir}/etcd/healthcheck-client.key`),
      caFile: fileOnNode(node, `${certificatesDir}/etcd/ca.crt`),
    });
    if (!areKnown) {
      // With pods it opens the file, without any it waits for them in vain.
      if (prediction.ok !== false) return { ok: null, why: "whether etcd runs as pods" };
      return { ok: false, error: `${FAILED}${prediction.error}, or a minute later ${NO_ENDPOINTS}` };
    }
    if (prediction.ok === null) return prediction;
    return prediction.ok
      ? { ok: null, why: "whether etcd answers" }
      : { ok: false, error: `${FAILED}error creating etcd client for [${endpoints}] endpoints: ${prediction.error}` };
  };
}

const FAILED = "failed to create etcd client: ";
const NO_ENDPOINTS = "could not retrieve the list of etcd endpoints: context deadline exceeded";

/** Whether kubeadm's etcd runs on the node as a pod; undefined where nothing says where etcd runs. */
function runsEtcd(node: ControlPlaneNode, hosts: NodeNames, hostsAreKnown: boolean): boolean | undefined {
  if ([node.name, ...node.addresses].some((name) => hosts.named(name).length > 0)) return true;
  const manifest = node.files.presence("/etc/kubernetes/manifests/etcd.yaml");
  if (manifest.kind === "present") return true;
  return manifest.kind === "missing" || hostsAreKnown ? false : undefined;
}

/** The address that kubeadm's etcd pod advertises: the node's first. */
function endpointOf({ name, addresses: [address = name] }: ControlPlaneNode): string {
  return `https://${address.includes(":") ? `[${address}]` : address}:2379`;
}

import { controlPlaneNodesKnown } from "./control-plane-nodes-known";
import { etcdTopologyMatchesNodes } from "./etcd-topology-matches-nodes";
import { externalEtcdEndpointsSound } from "./external-etcd-endpoints-sound";
import { externalEtcdFilesNamedForEveryNode } from "./external-etcd-files-named-for-every-node";
import { externalEtcdFilesOnEveryControlPlaneNode } from "./external-etcd-files-on-every-control-plane-node";
import { kubeadmConfigRendered } from "./kubeadm-config-rendered";
import { kubeadmConfigValid } from "./kubeadm-config-valid";
import type { Policy } from "./policy";

/** Every policy, in the order of reports. The first carries the settings, so it must stay first. */
export const policies: readonly Policy[] = [
  controlPlaneNodesKnown,
  externalEtcdFilesOnEveryControlPlaneNode,
  externalEtcdFilesNamedForEveryNode,
  externalEtcdEndpointsSound,
  etcdTopologyMatchesNodes,
  kubeadmConfigValid,
  kubeadmConfigRendered,
];

import { controlPlaneNodesKnown } from "./control-plane-nodes-known";
import { externalEtcdFilesNamedForEveryNode } from "./external-etcd-files-named-for-every-node";
import { externalEtcdFilesOnEveryControlPlaneNode } from "./external-etcd-files-on-every-control-plane-node";
import { kubeadmConfigValid } from "./kubeadm-config-valid";
import type { Policy } from "./policy";

/** Every policy, in the order of reports. The first carries the settings, so it must stay first. */
export const policies: readonly Policy[] = [
  controlPlaneNodesKnown,
  externalEtcdFilesOnEveryControlPlaneNode,
  externalEtcdFilesNamedForEveryNode,
  kubeadmConfigValid,
];

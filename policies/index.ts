import { acceptancesCurrent } from "./acceptances-current";
import { apiserversUseDeclaredEtcdFiles } from "./apiservers-use-declared-etcd-files";
import { controlPlaneEndpointStable } from "./control-plane-endpoint-stable";
import { controlPlaneNodesKnown } from "./control-plane-nodes-known";
import { environmentsAgree } from "./environments-agree";
import { etcdTopologyMatchesNodes } from "./etcd-topology-matches-nodes";
import { externalEtcdCertPairsWithKey } from "./external-etcd-cert-pairs-with-key";
import { externalEtcdCertTrusted } from "./external-etcd-cert-trusted";
import { externalEtcdCertUsable } from "./external-etcd-cert-usable";
import { externalEtcdEndpointsValid } from "./external-etcd-endpoints-valid";
import { externalEtcdFilesNamedForEveryNode } from "./external-etcd-files-named-for-every-node";
import { externalEtcdFilesOnEveryControlPlaneNode } from "./external-etcd-files-on-every-control-plane-node";
import { externalEtcdFilesVisibleToApiserver } from "./external-etcd-files-visible-to-apiserver";
import { kubeadmCertsCoverExternalEtcd } from "./kubeadm-certs-cover-external-etcd";
import { kubeadmConfigMatchesRecord } from "./kubeadm-config-matches-record";
import { kubeadmConfigRendered } from "./kubeadm-config-rendered";
import { kubeadmConfigUpgradeable } from "./kubeadm-config-upgradeable";
import { kubeadmConfigValid } from "./kubeadm-config-valid";
import { privateKeysProtected } from "./private-keys-protected";
import type { Policy } from "./support/policy";

/** Every policy, in the order of reports. The first carries the settings, so it must stay first. */
export const policies: readonly Policy[] = [
  controlPlaneNodesKnown,
  externalEtcdFilesOnEveryControlPlaneNode,
  apiserversUseDeclaredEtcdFiles,
  externalEtcdFilesNamedForEveryNode,
  externalEtcdCertPairsWithKey,
  externalEtcdCertTrusted,
  externalEtcdCertUsable,
  externalEtcdFilesVisibleToApiserver,
  externalEtcdEndpointsValid,
  etcdTopologyMatchesNodes,
  kubeadmConfigValid,
  kubeadmConfigRendered,
  kubeadmConfigUpgradeable,
  controlPlaneEndpointStable,
  kubeadmCertsCoverExternalEtcd,
  privateKeysProtected,
  kubeadmConfigMatchesRecord,
  environmentsAgree,
  acceptancesCurrent,
];

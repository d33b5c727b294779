/** What the API of a running cluster shows of its machines, beside the kubeadm-config. */
export interface LiveCluster {
  /** In the order in which kubectl printed them. */
  readonly nodes: readonly LiveNode[];
  /** One for each node on which a kube-apiserver of kubeadm runs. */
  readonly apiServers: readonly ApiServer[];
  /** The nodes on which etcd runs as kubeadm's static Pod. */
  readonly etcdPodNodes: readonly string[];
}

export interface LiveNode {
  readonly name: string;
  readonly addresses: readonly string[];
  /** By its label, the one of today or the one of kubeadm before 1.24. */
  readonly isControlPlane: boolean;
  /** The version that its kubelet reports: `v1.30.14`. */
  readonly kubelet: string | undefined;
}

/** A running kube-apiserver, as its mirror Pod shows it. */
export interface ApiServer {
  readonly node: string;
  readonly pod: string;
  /** The tag of its image: `v1.30.14`. */
  readonly version: string | undefined;
  /** Paths on the node: what its flags name, through the hostPath mounts of the Pod. Empty where a flag is not given. */
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly etcdServers: readonly string[];
  /** Those of the files that a hostPath mount shows: they lie on the node, not in the image. */
  readonly filesOnNode: readonly string[];
}

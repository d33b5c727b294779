/** The releases that an upgrade passes through, in order, and what would happen at each. */
export interface UpgradePath {
  /** Who runs the upgrade: Kubespray, or people with kubeadm. */
  readonly by: "kubespray" | "kubeadm";
  readonly steps: readonly UpgradePathStep[];
  /** Why the walk ends before its target; null where it does not. */
  readonly endsEarly: string | null;
}

export interface UpgradePathStep {
  /** The minor release that the cluster has after the step: `1.30`. */
  readonly kubernetes: string;
  /** `v2.26.1`; null where kubeadm is run without Kubespray. */
  readonly kubespray: string | null;
  /** What the kubeadm-config names during the step; empty where etcd is local. */
  readonly certFile: string;
  /**
   * The first control-plane node, in the order of the upgrade, at which kubeadm stops, with its words; null where it stops nowhere.
   * `node` is null where it is not known which nodes these are.
   */
  readonly stop: { readonly node: string | null; readonly error: string } | null;
  /** What is not known of the step, one line each. */
  readonly unknown: readonly string[];
  /** What the kubeadm-config names afterwards, if the step is done. */
  readonly certFileAfter: string;
  /** Set where the target cannot read the API version that the kubeadm-config has by then. */
  readonly migrate: string | null;
  /**
   * The etcd that this release of Kubespray installs, before it comes to the control plane; without Kubespray the one that kubeadm
   * runs as its own, or the oldest external one that it supports.
   */
  readonly etcd: string;
  /** Other releases of the same minor that would fail, with where and why. */
  readonly avoid: readonly { readonly kubespray: string; readonly node: string | null; readonly error: string }[];
}

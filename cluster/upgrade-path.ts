/** The releases that an upgrade passes through, in order, and what would happen at each. */
export interface UpgradePath {
  readonly steps: readonly UpgradePathStep[];
  /** Why the walk ends before its target; null where it does not. */
  readonly endsEarly: string | null;
}

export interface UpgradePathStep {
  /** The minor release that the cluster has after the step: `1.30`. */
  readonly kubernetes: string;
  /** `v2.26.1`. */
  readonly kubespray: string;
  /** What the kubeadm-config names during the step. */
  readonly certFile: string;
  /** The first control-plane node, in the order of the upgrade, at which kubeadm stops, with its words; null where it stops nowhere. */
  readonly stop: { readonly node: string; readonly error: string } | null;
  /** What is not known of the step, one line each. */
  readonly unknown: readonly string[];
  /** What the kubeadm-config names afterwards, if the step is done. */
  readonly certFileAfter: string;
  /** Set where the target cannot read the API version that the kubeadm-config has by then. */
  readonly migrate: string | null;
  /** The etcd that this release of Kubespray installs, before it comes to the control plane. */
  readonly etcd: string;
  /** Other releases of the same minor that would fail, with where and why. */
  readonly avoid: readonly { readonly kubespray: string; readonly node: string; readonly error: string }[];
}

import type { Reason } from "../reasons/reason";

/** Where etcd runs by a Kubespray inventory and its variables: as services (external for kubeadm), or in kubeadm's own pods. */
export type InventoryEtcd =
  | { readonly kind: "external" }
  /** `why` is a clause: `etcd_deployment_type is kubeadm`. */
  | { readonly kind: "kubeadm"; readonly why: string }
  | { readonly kind: "undecided"; readonly reason: Reason };

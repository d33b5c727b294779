import * as pulumi from "@pulumi/pulumi";

/** What a live cluster's kubeadm-config holds. */
export interface ObservedKubeadmConfigArgs {
  /** The ConfigMap's `data`, with `ClusterConfiguration` in it. */
  readonly data: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/**
 * Shows the kubeadm-config of a running cluster to kubeadm-guard, which then checks it in every preview. Creates no resources.
 * What a program only reads, the engine does not show to policies; what is handed to this component it does.
 *
 *     const live = k8s.core.v1.ConfigMap.get("kubeadm-config", "kube-system/kubeadm-config", { provider });
 *     new ObservedKubeadmConfig("prod", { data: live.data });
 */
export class ObservedKubeadmConfig extends pulumi.ComponentResource {
  constructor(name: string, args: ObservedKubeadmConfigArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kubeadm-guard:index:ObservedKubeadmConfig", name, args, opts);
    this.registerOutputs(args);
  }
}

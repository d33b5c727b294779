import * as pulumi from "@pulumi/pulumi";

/** What a live Pod of kube-system holds. */
export interface ObservedPodArgs {
  /** With the name and the labels. */
  readonly metadata: pulumi.Input<object>;
  /** With the node, the containers and the volumes. */
  readonly spec: pulumi.Input<object>;
  /** With the states of the containers: a Pod that does not run shows nothing. */
  readonly status: pulumi.Input<object>;
  /** The cluster's name, if the stack declares several. */
  readonly cluster?: pulumi.Input<string>;
}

/**
 * Shows a mirror Pod of a running cluster to kubeadm-guard: with which etcd files kube-apiserver runs on its node, or that etcd does.
 * Creates no resources.
 *
 *     const { metadata, spec, status } = k8s.core.v1.Pod.get("apiserver-1", "kube-system/kube-apiserver-master01", { provider });
 *     new ObservedPod("apiserver-1", { metadata, spec, status });
 */
export class ObservedPod extends pulumi.ComponentResource {
  constructor(name: string, args: ObservedPodArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kubeadm-guard:index:ObservedPod", name, args, opts);
    this.registerOutputs(args);
  }
}

import * as pulumi from "@pulumi/pulumi";

/** What a live Node holds. */
export interface ObservedNodeArgs {
  /** With the name and the labels. */
  readonly metadata: pulumi.Input<object>;
  /** With the addresses. */
  readonly status?: pulumi.Input<object>;
  /** The cluster's name, if the stack declares several. */
  readonly cluster?: pulumi.Input<string>;
}

/**
 * Shows a Node of a running cluster to kubeadm-guard: one with the label of a control-plane node is one, under its name and its
 * addresses. Creates no resources.
 *
 *     const { metadata, status } = k8s.core.v1.Node.get("master01", "master01", { provider });
 *     new ObservedNode("master01", { metadata, status });
 */
export class ObservedNode extends pulumi.ComponentResource {
  constructor(name: string, args: ObservedNodeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kubeadm-guard:index:ObservedNode", name, args, opts);
    this.registerOutputs(args);
  }
}

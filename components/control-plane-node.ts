import * as pulumi from "@pulumi/pulumi";

/** Arguments of ControlPlaneNode. */
export interface ControlPlaneNodeArgs {
  /** The node's name in Kubernetes. Default: the Pulumi name of this component. */
  readonly name?: pulumi.Input<string>;
  /** Addresses by which connections of the program reach it. They need not be known before the update. */
  readonly addresses?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** The virtual machine, or the component that makes it. Matches copies and user data to the node before any address is known. */
  readonly resource?: pulumi.Resource;
  /** The cluster's name, if the stack declares several. */
  readonly cluster?: pulumi.Input<string>;
}

/**
 * Declares that a machine is a control-plane node, for kubeadm-guard to know it by. Creates no resources.
 *
 * Only needed where the program does not say it already, by running `kubeadm init` or `kubeadm join --control-plane`.
 *
 *     new ControlPlaneNode("master01", { resource: vm, addresses: [vm.accessIpV4] });
 */
export class ControlPlaneNode extends pulumi.ComponentResource {
  constructor(name: string, args: ControlPlaneNodeArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    // A URN is known in the first preview, and the dependency on it comes along.
    const properties = { ...args, resource: args.resource?.urn };
    super("kubeadm-guard:index:ControlPlaneNode", name, properties, opts);
    this.registerOutputs(properties);
  }
}

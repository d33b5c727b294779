import * as pulumi from "@pulumi/pulumi";

/** Arguments of NodeFile. */
export interface NodeFileArgs {
  /** The absolute path. */
  readonly path: pulumi.Input<string>;
  /** Names or addresses of the nodes that have it. Default: every control-plane node. */
  readonly nodes?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** For a symbolic link: its target, exactly as stored. */
  readonly link?: pulumi.Input<string>;
  /** Octal digits: "0600". */
  readonly mode?: pulumi.Input<string>;
  /** The file's text, if the program has it. A secret stays one. */
  readonly content?: pulumi.Input<string>;
  /** The SHA-256 of its content, in hexadecimal digits, if only that is known. */
  readonly sha256?: pulumi.Input<string>;
  /** The cluster's name, if the stack declares several. */
  readonly cluster?: pulumi.Input<string>;
}

/**
 * Declares a file that some tool outside Pulumi puts on nodes (an image, Ansible, a configuration management), so that
 * kubeadm-guard can rely on it. Creates no resources.
 *
 *     new NodeFile("etcd-ca", { path: "/etc/ssl/etcd/ssl/ca.pem", mode: "0644" });
 */
export class NodeFile extends pulumi.ComponentResource {
  constructor(name: string, args: NodeFileArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kubeadm-guard:index:NodeFile", name, args, opts);
    this.registerOutputs(args);
  }
}

import type { FileOperation } from "../machine/file-operation";
import type { KubeadmInvocation } from "../machine/kubeadm-invocation";
import type { Source, Urn } from "../machine/source";
import type { Reason } from "../reasons/reason";

/**
 * Evidence: what one source does to the files of one machine.
 *
 * A source (a resource of the stack, an entry of the settings, a host of an inventory) says in order what it puts,
 * links, copies or removes. NodeFiles plays these operations, so that "copied to /tmp, then installed" and "written,
 * then removed" come out as they would on the machine. Readers under evidence/ make evidence; nothing else does.
 */

/** Which machine a source is about, as far as the source itself says. NodeIdentity matches it to nodes. */
export type Machine =
  /** Every control-plane node of the cluster (an entry of `files` without `nodes`). */
  | { readonly by: "every-control-plane-node" }
  /** A node's name, as settings, listings and inventories give it. */
  | { readonly by: "name"; readonly name: string }
  /** An SSH connection: its host where known, and the resources its connection was made from. */
  | {
      readonly by: "connection";
      readonly host: string | undefined;
      /** 22 if absent. */
      readonly port?: number;
      /** The host that several machines share by port; `host` then ends with the port (split-by-port.ts). */
      readonly behind?: string;
      readonly resources: readonly Urn[];
    }
  /** The machine, or the group of machines, that a resource makes. */
  | { readonly by: "resource"; readonly urn: Urn }
  /** Those nodes that these words name, or that these resources refer to; none where they name none. */
  | {
      readonly by: "words";
      readonly words: readonly string[];
      readonly resources: readonly Urn[];
      readonly reason: Reason;
      /** Where they name no machine that is known, any node. */
      readonly orAny?: true;
    }
  /**
   * The hosts of an Ansible inventory, or any machine where these are not known. `kubespray`: what runs there is Kubespray, which
   * leaves behind what the settings' layout of this inventory says.
   */
  | {
      readonly by: "inventory";
      readonly path: string | undefined;
      readonly kubespray: { readonly release: string | undefined } | undefined;
      readonly hosts: readonly string[] | undefined;
      readonly reason: Reason;
    }
  /** Some machine; which one is not known. */
  | { readonly by: "unknown"; readonly reason: Reason };

/** What one source does on one machine, in order. */
export interface Evidence {
  readonly source: Source;
  readonly machine: Machine;
  readonly operations: readonly FileOperation[];
  /** The name of the only cluster that it is about, where the source says so. */
  readonly cluster?: string;
}

/** What one source does on the machine where the program runs, in order. */
export interface LocalWork {
  readonly source: Source;
  readonly operations: readonly FileOperation[];
  /** What chooses the cluster that kubectl speaks to, besides its arguments: equal for equal clusters. */
  readonly kubeconfig: string;
}

/** A run of kubeadm that a source declares on a machine. */
export interface KubeadmRun extends KubeadmInvocation {
  readonly source: Source;
  readonly machine: Machine;
}

import type { FileOperation } from "../machine/file-operation";
import type { KubeadmInvocation } from "../machine/kubeadm-invocation";
import type { Reason } from "../reasons/reason";

/** What a text does, in the order in which it happens. */
export interface ShellReading {
  /** On the machine where the text runs. */
  readonly operations: readonly FileOperation[];
  readonly kubeadm: readonly KubeadmInvocation[];
  /** On other machines, through ssh, scp and rsync. */
  readonly remote: readonly RemoteReading[];
  /** Programs and scripts that this module knows nothing about. Each might do anything. */
  readonly unread: readonly Reason[];
}

/** What a text does on a machine that it reaches through ssh. */
export interface RemoteReading extends Omit<ShellReading, "remote"> {
  /** The host as the text names it, without user; `undefined` where it depends on something unknown. */
  readonly host: string | undefined;
  /** 22 if absent. */
  readonly port?: number;
  /** Set where it is any number of machines: the program that chooses them. */
  readonly everywhere?: Reason;
}

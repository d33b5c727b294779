import type { Reason } from "../reasons/reason";

/** A run of kubeadm, as a shell text or user data writes it. */
export interface KubeadmInvocation {
  readonly command: "init" | "join-control-plane" | "join-worker" | "upload-certs" | "upgrade";
  /** `--config FILE` was given. */
  readonly config: boolean;
  /** `--upload-certs` was given (always true for the command upload-certs). */
  readonly uploadCerts: boolean;
  /** A certificate key was given, by flag or by a config file that names one. */
  readonly certificateKey: boolean;
  /** Flags other than `--config`, without values, for kubeadm's rule on mixing. */
  readonly flags: readonly string[];
  /** The version argument of `upgrade apply`, if it is literal. */
  readonly version?: string;
  /** `--node-name`, if it is literal. */
  readonly nodeName?: string;
  /** Set where this run is only possible (a condition, a file that is not shown): why that is not known. */
  readonly undecided?: Reason;
}

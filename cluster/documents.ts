/** The files that a cluster's settings name, read and waiting to be understood. */
export interface Documents {
  readonly listing?: DocumentFile;
  readonly inventory?: DocumentFile;
  /** group_vars and host_vars beside the inventory. */
  readonly variables: readonly DocumentFile[];
  /** The record of the kubeadm-config. */
  readonly record?: DocumentFile;
  /** The record of the environment that this one is compared with. */
  readonly comparedRecord?: DocumentFile;
}

export type DocumentFile =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  /** `path` is the absolute path that was tried, `why` the reason as the end of a sentence. */
  | { readonly kind: "unreadable"; readonly path: string; readonly why: string };

/** A node, and a file on it where one is meant, to be found in a document. */
export interface Sought {
  /** All names and addresses of the node. */
  readonly names: readonly string[];
  readonly path: string | null;
}

/** On which lines of a document things are; lines count from 1, `undefined` is where it does not have them. */
export interface DocumentLines {
  /** The line that says most about a file on a node: the file's, else the node's. */
  readonly ofNode: (sought: Sought) => number | undefined;
  /** The line of a place as problems name it: `files.master01[3].mode`, `kubeadm-guard:clusters[0].listing`. */
  readonly ofPlace: (place: string) => number | undefined;
  /** The line of a line of the ClusterConfiguration that the document carries; without one, where the text begins. */
  readonly ofConfiguration: (line: number | undefined) => number | undefined;
}

/** A place in a document or in the settings that a finding is about. */
export type DocumentPlace =
  | { readonly kind: "document"; readonly path: string; readonly place?: string; readonly line?: number }
  | { readonly kind: "setting"; readonly place: string };

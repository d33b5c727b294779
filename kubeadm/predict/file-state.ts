import type { OpenError } from "./open-error";

/** What is known of one file on a node, links resolved. */
export type FileState =
  /** It can be opened; `content` is undefined where the program does not show it. May hold a key: never printed. */
  | { readonly state: "present"; readonly content: string | undefined }
  | { readonly state: "unopenable"; readonly errno: OpenError }
  | { readonly state: "undecided" };

/** A file that the configuration names; `path` is empty where it names none, and `file` then says nothing. */
export interface NamedFile {
  readonly path: string;
  readonly file: FileState;
}

/** The three files of etcd.external on one node. */
export interface ExternalEtcdFileStates {
  readonly certFile: NamedFile;
  readonly keyFile: NamedFile;
  readonly caFile: NamedFile;
}

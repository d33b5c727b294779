import type { LegibleConfiguration } from "../kubeadm/config/read-cluster-configuration";

/** A field of etcd.external that names a file, in the order in which kubeadm opens them (etcd v3.5 client/pkg/transport/listener.go). */
export type ExternalEtcdField = "certFile" | "keyFile" | "caFile";

export interface ExternalEtcdFile {
  readonly field: ExternalEtcdField;
  readonly path: string;
}

const FIELDS: readonly ExternalEtcdField[] = ["certFile", "keyFile", "caFile"];

/** The non-empty files of etcd.external in kubeadm's reading order; empty where etcd is not external or the text cannot be read. */
export function externalEtcdFiles(legible: LegibleConfiguration | undefined): readonly ExternalEtcdFile[] {
  const external = legible?.configuration.etcd.external;
  if (external === undefined) return [];
  return FIELDS.flatMap((field) => (external[field] === "" ? [] : [{ field, path: external[field] }]));
}

export function externalEtcdPaths(legible: LegibleConfiguration | undefined): readonly string[] {
  return externalEtcdFiles(legible).map((file) => file.path);
}

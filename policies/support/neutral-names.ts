import type { Cluster } from "../../cluster/cluster";
import type { ExternalEtcdField, ExternalEtcdFile } from "../../cluster/external-etcd-files";
import { baseName, parent } from "../../machine/paths";
import { kubernetesOwn } from "./kubernetes-own";
import { nameInPair, neutralPath, ownerOf } from "./node-name-in-path";

/** A file that is named after one node, whose name that is, and a name for it that may be the same on every node. */
export interface NeutralName extends ExternalEtcdFile {
  readonly owner: string;
  readonly neutral: string;
}

/**
 * New names for the files that are named after one node, none of which is taken on any node: a file that is put there replaces
 * nothing, above all none of Kubernetes' own.
 */
export function neutralNames(cluster: Cluster, files: readonly ExternalEtcdFile[]): readonly NeutralName[] {
  const nodes = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
  const own = kubernetesOwn(cluster);
  const given = new Set(files.map(({ path }) => path));
  const isFree = (path: string) =>
    !given.has(path) && !own.hasPath(path) && nodes.every(({ files }) => files.presence(path).kind !== "present");
  return files.flatMap(({ field, path }) => {
    const owner = ownerOf(path, nodes)?.name ?? nameInPair(path);
    if (owner === undefined) return [];
    const choices = [neutralPath(path, owner), ...otherNames(field, path)];
    const neutral = choices.find(isFree) ?? `/etc/etcd-client/${fileName(field, path)}`;
    given.add(neutral);
    return [{ field, path, owner, neutral }];
  });
}

const STEMS: Readonly<Record<ExternalEtcdField, string>> = {
  certFile: "etcd-client",
  keyFile: "etcd-client-key",
  caFile: "etcd-ca",
};

function otherNames(field: ExternalEtcdField, path: string): readonly string[] {
  return ["", "shared-"].map((prefix) => `${parent(path)}/${prefix}${fileName(field, path)}`);
}

function fileName(field: ExternalEtcdField, path: string): string {
  const stem = ending(path) === ".key" ? STEMS.certFile : STEMS[field];
  return `${stem}${ending(path)}`;
}

function ending(path: string): string {
  return /\.(?:pem|crt|cer|key)$/.exec(baseName(path))?.[0] ?? ".pem";
}

import type { Cluster, ControlPlaneNode } from "../../cluster/cluster";
import type { ExternalEtcdFile } from "../../cluster/external-etcd-files";
import type { ClusterConfiguration, ExternalEtcd } from "../../kubeadm/config/cluster-configuration";
import { baseName, isAtOrBelow, normalize, parent } from "../../machine/paths";
import { apiserverMounts, hostPathOf, type Mount } from "./apiserver-mounts";
import { type Fitness, fitness } from "./etcd-client-files";
import { OTHER_PURPOSE } from "./file-instead";
import { keyNamesOf, kindByName } from "./file-kind";
import { kubernetesOwn } from "./kubernetes-own";
import { nameInPair, ownerOf } from "./node-name-in-path";

type EtcdPaths = Pick<ExternalEtcd, "certFile" | "keyFile" | "caFile">;

/** Files that every control-plane node has already, under names that contain no node's name. */
export interface SharedPair {
  /** The fields that are to be changed, with their new paths. */
  readonly files: readonly ExternalEtcdFile[];
  /** False where too little of the files is shown to say that certificate and key match and that etcd's CA signed them. */
  readonly certain: boolean;
}

/** More candidates are not looked at: a pair that is meant for all nodes is near the one that is named. */
const MOST_CANDIDATES = 50;

/** The pair that all nodes share and that may be named instead of one node's; undefined where there is none. */
export function sharedPair(cluster: Cluster, now: number): SharedPair | undefined {
  const { controlPlane, configuration } = cluster;
  if (controlPlane.kind !== "known" || configuration.kind !== "text" || configuration.reading.kind !== "decoded")
    return undefined;
  const { nodes } = controlPlane;
  const read = configuration.reading.configuration;
  const { external } = read.etcd;
  const [first] = nodes;
  if (external === undefined || first === undefined || external.certFile === "") return undefined;
  const { minor } = configuration.kubeadm;
  let unsure: EtcdPaths | undefined;
  for (const files of candidates(cluster, first, external)) {
    const mounts = apiserverMounts(withFiles(read, external, files), minor);
    const worst = fitnessOnAll(files, { cluster, nodes, mounts, now });
    if (worst === "fit") return { files: changed(external, files), certain: true };
    if (worst === "unsure" && isNamedForClients(files.certFile)) unsure ??= files;
  }
  return unsure === undefined ? undefined : { files: changed(external, unsure), certain: false };
}

function withFiles(read: ClusterConfiguration, external: ExternalEtcd, files: EtcdPaths): ClusterConfiguration {
  return { ...read, etcd: { ...read.etcd, external: { ...external, ...files } } };
}

function changed(external: ExternalEtcd, files: EtcdPaths): readonly ExternalEtcdFile[] {
  const fields = ["certFile", "keyFile", "caFile"] as const;
  return fields.flatMap((field) => (files[field] === external[field] ? [] : [{ field, path: files[field] }]));
}

/** The pairs of the first node that might be meant for all, those beside the named pair first, each with a CA. */
function candidates(cluster: Cluster, node: ControlPlaneNode, external: ExternalEtcd): readonly EtcdPaths[] {
  const nodes = cluster.controlPlane.kind === "known" ? cluster.controlPlane.nodes : [];
  const own = kubernetesOwn(cluster);
  const pems = node.files.present.filter(({ path }) => /\.(?:pem|crt|cer)$/.test(path));
  const neutral = pems
    .filter((one) => ownerOf(one.path, nodes) === undefined && nameInPair(one.path) === undefined && !own.has(one))
    .map(({ path }) => path);
  const rank = (path: string) => (parent(path) === parent(external.certFile) ? 0 : /etcd/i.test(path) ? 1 : 2);
  const certificates = neutral
    .filter((path) => path !== external.certFile && kindByName(path) === "certificate")
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, MOST_CANDIDATES);
  const isEverywhere = (path: string) => nodes.every(({ files }) => files.presence(path).kind === "present");
  const { certFile, keyFile, caFile } = external;
  const isCaThere = caFile === "" || isEverywhere(caFile);
  const casBeside = (path: string) =>
    isCaThere ? [caFile] : neutral.filter((one) => kindByName(one) === "ca" && parent(one) === parent(path));
  // Only the CA may have a wrong name.
  const pairs = isCaThere || keyFile === "" ? [] : [{ certFile, keyFile }];
  const others = certificates.flatMap((one) =>
    keyNamesOf(one)
      .filter((key) => node.files.presence(key).kind === "present")
      .map((key) => ({ certFile: one, keyFile: key })),
  );
  return [...pairs, ...others].flatMap((pair) => casBeside(pair.certFile).map((ca) => ({ ...pair, caFile: ca })));
}

interface Question {
  readonly cluster: Cluster;
  readonly nodes: readonly ControlPlaneNode[];
  readonly mounts: readonly Mount[];
  readonly now: number;
}

function fitnessOnAll(files: EtcdPaths, { cluster, nodes, mounts, now }: Question): Fitness {
  const paths = [files.certFile, files.keyFile, files.caFile].filter((path) => path !== "");
  let worst: Fitness = "fit";
  for (const node of nodes) {
    const placed = {
      certFile: { node, path: files.certFile },
      keyFile: { node, path: files.keyFile },
      caFile: files.caFile === "" ? undefined : { node, path: files.caFile },
    };
    const here = paths.every((path) => isVisible(node, path, mounts)) ? fitness(placed, cluster, now) : "unfit";
    if (here === "unfit") return "unfit";
    if (here === "unsure") worst = "unsure";
  }
  return worst;
}

/** True where kube-apiserver would find the file that is on the node. */
export function isVisible({ files }: ControlPlaneNode, path: string, mounts: readonly Mount[]): boolean {
  const presence = files.presence(path);
  if (presence.kind !== "present" || hostPathOf(path, mounts)?.path !== normalize(path)) return false;
  return mounts.some(({ hostPath }) => isAtOrBelow(presence.realPath, hostPath));
}

/** Where the content is not shown, only the name says what a certificate is for. */
function isNamedForClients(path: string): boolean {
  return /client/i.test(baseName(path)) && !OTHER_PURPOSE.test(baseName(path));
}

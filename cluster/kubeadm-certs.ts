import type { FileOperation } from "../machine/file-operation";
import type { Source } from "../machine/source";
import type { Evidence, KubeadmRun, Machine } from "./evidence";
import type { Node } from "./node";
import type { NodeFiles } from "./node-files";
import type { MatchMachine } from "./node-identity";

export interface KubeadmCertsQuestion {
  readonly runs: readonly KubeadmRun[];
  readonly match: MatchMachine;
  /** The external etcd files of the kubeadm-config. */
  readonly paths: readonly string[];
  /** What is on a node but for what kubeadm downloads to it. */
  readonly filesOf: (node: Node) => NodeFiles;
}

/** True for a run that surely puts the external etcd files of its node into the Secret kubeadm-certs. */
export function uploadsExternalEtcd(run: KubeadmRun): boolean {
  return run.uploadCerts && run.config && run.undecided === undefined;
}

/** True for a run that surely writes the files of the Secret kubeadm-certs to its node. */
export function downloadsCerts(run: KubeadmRun): boolean {
  return run.command === "join-control-plane" && run.certificateKey && run.undecided === undefined;
}

/**
 * Replaces what a join with a certificate key might write by what it does write: the files that the one node has whose
 * run of kubeadm uploads them with the configuration. It leaves the evidence as it is where no such run is declared, or
 * several nodes have one. A file that the first node lacks is an empty entry of the Secret, which is not written
 * (phases/copycerts/copycerts.go of kubeadm 1.30).
 */
export function kubeadmCerts(question: KubeadmCertsQuestion): (evidence: readonly Evidence[]) => readonly Evidence[] {
  const { runs, match, paths, filesOf } = question;
  const joins = new Set(runs.filter(downloadsCerts).map(keyOf));
  const uploaders = new Set(
    runs.filter(uploadsExternalEtcd).flatMap((run) => {
      const matched = match(run.machine);
      return matched.kind === "nodes" ? matched.nodes : [];
    }),
  );
  const [first, another] = [...uploaders];
  if (joins.size === 0 || first === undefined || another !== undefined) return (evidence) => evidence;
  const uploaded = filesOf(first);
  const operations = paths.flatMap((path) => download(path, uploaded));
  return (evidence) =>
    evidence.map((one) =>
      joins.has(keyOf(one))
        ? { ...one, operations: one.operations.flatMap((step) => (isDownload(step) ? operations : [step])) }
        : one,
    );
}

const KUBEADM_CERTS: Source = { name: "kubeadm-certs", kind: "kubernetes:core/v1:Secret" };

function isDownload(operation: FileOperation): boolean {
  return operation.do === "might-write" && operation.scope.kind === "external-etcd-files";
}

/** kubeadm writes each file under the path that it was read from. */
function download(path: string, uploaded: NodeFiles): readonly FileOperation[] {
  const presence = uploaded.presence(path);
  switch (presence.kind) {
    case "present":
      return [{ do: "put", to: { kind: "file", path }, content: presence.file.content, origin: KUBEADM_CERTS }];
    case "missing":
      return [];
    case "undecided":
      return presence.reasons.map(({ reason, source }) => ({
        do: "might-write",
        scope: { kind: "below", path },
        reason: {
          id: "uploaded-file-undecided",
          data: { source: source === undefined ? null : { name: source.name, kind: source.kind }, because: reason },
        },
      }));
  }
}

/** Evidence and runs of one text on one machine share this. */
function keyOf({ source, machine }: { readonly source: Source; readonly machine: Machine }): string {
  return JSON.stringify([source.urn ?? source.name, machine]);
}

import type { ClusterReport, FileCell, NamedFileReport, SourceReport } from "./report";

/** Why a cell of the table of files says what it says: each step in one sentence, from the field to what is there now. */
export interface FileChain {
  readonly steps: readonly string[];
  readonly result: string;
}

/** The chain from the field of the kubeadm-config to a node to the sources that affected the file. */
export function fileChain(
  { subject }: Pick<ClusterReport, "subject">,
  file: NamedFileReport,
  node: string,
  cell: FileCell,
): FileChain {
  const place = file.line === null ? subject.field : `${subject.field}:${file.line}`;
  return {
    steps: [`etcd.external.${file.field} in ${place} names ${file.path}.`, ...historySteps(cell, node)],
    result: cellResult(cell),
  };
}

/** Every operation that touched the path, in order. */
export function historySteps({ history }: Pick<FileCell, "history">, node: string): readonly string[] {
  if (history.length === 0) return [`No known source touches it on ${node}.`];
  return history.map(({ source, does }) => `${sourceName(source)} ${does}.`);
}

/** What is thought to be there now, in a sentence. */
export function cellResult({ presence, realPath, source, error, complete, instead, reasons }: FileCell): string {
  switch (presence) {
    case "present":
      return `Present${realPath === null ? "" : `: the file is ${realPath}`}${source === null ? "" : `, from ${sourceName(source)}`}.`;
    case "missing": {
      const removed = source === null ? "" : `; ${sourceName(source)} removed it`;
      const known = complete === null ? "" : ` (${complete})`;
      return `Missing: ${error ?? "it is not there"}${known}${removed}${instead === null ? "" : `; the node has ${instead}`}.`;
    }
    case "undecided": {
      const why = reasons.map(({ why, reason: { source } }) =>
        source === null ? why : `${sourceName(source)}: ${why}`,
      );
      const settling = new Set(reasons.map(({ settledBy }) => settledBy));
      return `Undecided, which is not a pass: ${[...new Set(why)].join("; ")}. To settle it: ${[...settling].join(" ")}`;
    }
  }
}

function sourceName({ name, kind }: SourceReport): string {
  return `${name} (${kind})`;
}

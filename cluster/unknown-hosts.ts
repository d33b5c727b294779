import type { FileOperation } from "../machine/file-operation";
import { footprintOf } from "../machine/footprint";
import { isAtOrBelow, normalize, parent } from "../machine/paths";
import { folderOf } from "../machine/scope";
import type { EvidenceOnUnknownHost } from "./assign-evidence";
import type { UnknownHost } from "./cluster";
import type { KubeadmRun } from "./evidence";

/** The hosts that sources reach and no document declares, but for those that join as workers. `paths` are etcd's files. */
export function unknownHosts(
  reached: readonly EvidenceOnUnknownHost[],
  runs: readonly KubeadmRun[],
  paths: readonly string[],
): readonly UnknownHost[] {
  const workers = new Set(
    runs
      .filter((run) => run.command === "join-worker" && run.undecided === undefined)
      .map((run) => JSON.stringify(run.machine)),
  );
  return reached
    .filter(({ evidence }) => !workers.has(JSON.stringify(evidence.machine)))
    .map(({ evidence, host }) => ({
      host,
      source: evidence.source,
      concernsEtcdFiles: evidence.operations.some((one) => touches(one, paths)),
    }));
}

/** True if an operation may change one of the paths, or a folder above or below it. What may write anywhere is about no file. */
function touches(operation: FileOperation, paths: readonly string[]): boolean {
  if (operation.do === "might-write" && operation.scope.kind === "anywhere") return false;
  const { writes, removes, changesMode, makesFolder } = footprintOf(operation);
  const changed = [...writes, ...removes, ...changesMode].map(folderOf).concat(makesFolder ?? []);
  const beside = operation.do !== "might-write";
  return changed.some((place) =>
    paths.some((path) => {
      const [one, other] = [normalize(path), normalize(place)];
      return isAtOrBelow(one, other) || (beside && isAtOrBelow(other, parent(one)));
    }),
  );
}

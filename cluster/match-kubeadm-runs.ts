import type { MatchedKubeadmRun } from "./cluster";
import type { KubeadmRun } from "./evidence";
import type { MatchMachine } from "./node-identity";

/** The runs of kubeadm that are, or may be, on nodes of a cluster, with the nodes of those that are. */
export function matchKubeadmRuns(runs: readonly KubeadmRun[], match: MatchMachine): readonly MatchedKubeadmRun[] {
  return runs.flatMap((run): readonly MatchedKubeadmRun[] => {
    const matched = match(run.machine);
    if (matched.kind === "elsewhere" || matched.kind === "unknown-host") return [];
    return [{ ...run, nodes: matched.kind === "nodes" ? matched.nodes.map((node) => node.name) : [] }];
  });
}

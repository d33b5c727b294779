import { resolve } from "node:path";
import type { BaselineFinding } from "../cluster/baseline";
import type { Cluster } from "../cluster/cluster";
import type { Evaluation } from "../policies/evaluate";
import { fingerprint } from "../policies/support/fingerprint";
import { baselineFile } from "../reports/baseline-file";
import { writeFile } from "../settings/write-file";
import { askedClusters } from "./asked-clusters";
import type { BaselineOptions } from "./baseline-options";
import { complain } from "./complain";
import { evaluate } from "./evaluate";
import { ExitCode } from "./exit-code";
import { givenConfig, NO_KUBEADM_CONFIG } from "./given-config";
import type { Terminal } from "./terminal";
import { unopenedText } from "./unopened-file";

/**
 * `kubeadm-guard baseline`: writes the findings that check has now to a file, so that only others fail from now on. Resolves to
 * the exit code: 0 written; 3 unusable input or output.
 */
export async function baseline({ check, out }: BaselineOptions, terminal: Terminal): Promise<number> {
  const refuse = (why: string) => {
    complain(terminal, `kubeadm-guard: ${why}`);
    return ExitCode.unusable;
  };
  const given = await givenConfig(check, terminal);
  if (given.kind === "none") return refuse(NO_KUBEADM_CONFIG);
  const asked = askedClusters(given, check, terminal.folder);
  if (asked.kind === "unopened") return refuse(asked.files.map(unopenedText).join(" "));
  if (asked.kind === "unusable") return refuse(asked.why);
  const findings = asked.clusters.flatMap(({ cluster }) => findingsOf(cluster, evaluate(cluster, check, terminal.now)));
  const names = asked.clusters.map(({ cluster }) => cluster.name).join(", ");
  const path = resolve(terminal.folder, out);
  const failure = writeFile(path, baselineFile(findings));
  if (failure !== undefined) return refuse(`${path} cannot be written: ${failure}.`);
  terminal.write(`${path}: ${findings.length} ${findings.length === 1 ? "finding" : "findings"} of ${names}.\n`);
  return ExitCode.clean;
}

/** All defects that stand, without what is accepted, and without what is wrong with the input. */
function findingsOf(cluster: Cluster, evaluations: readonly Evaluation[]): readonly BaselineFinding[] {
  return evaluations.flatMap(({ policy, outcome }) =>
    (outcome.kind === "fail" ? outcome.findings : [])
      .filter(({ mustBeFixed }) => mustBeFixed === undefined)
      .map((finding) => ({
        fingerprint: fingerprint(cluster.name, policy.id, finding),
        policy: policy.id,
        cluster: cluster.name,
        node: finding.node,
        path: finding.path,
      })),
  );
}

import { resolve } from "node:path";
import type { BaselineFinding } from "../cluster/baseline";
import type { Cluster } from "../cluster/cluster";
import { publicPath, publicProse } from "../machine/public-text";
import { controlPlaneNodesKnown } from "../policies/control-plane-nodes-known";
import type { Evaluation } from "../policies/evaluate";
import { fingerprint } from "../policies/support/fingerprint";
import { baselineFile } from "../reports/baseline-file";
import type { ClusterReport, FindingLevel } from "../reports/report";
import { writeFile } from "../settings/write-file";
import { askedClusters } from "./asked-clusters";
import type { BaselineOptions } from "./baseline-options";
import type { CheckOptions } from "./check-options";
import { complain } from "./complain";
import { evaluate } from "./evaluate";
import { ExitCode } from "./exit-code";
import { givenConfig, NO_KUBEADM_CONFIG } from "./given-config";
import { reportIn } from "./report-in";
import type { Terminal } from "./terminal";
import { unopenedText } from "./unopened-file";

/**
 * `kubeadm-guard baseline`: writes the findings that check has now, or that JSON reports have, to a file, so that only others fail
 * from now on. Resolves to the exit code: 0 written; 3 unusable input or output.
 */
export async function baseline(options: BaselineOptions, terminal: Terminal): Promise<number> {
  const refuse = (why: string) => {
    complain(terminal, `kubeadm-guard: ${why}`);
    return ExitCode.unusable;
  };
  const found =
    options.kind === "check" ? await foundByCheck(options.check, terminal) : await foundIn(options.reports, terminal);
  if (found.kind === "unusable") return refuse(found.why);
  const { findings, clusters } = found;
  const path = resolve(terminal.folder, options.out);
  const failure = writeFile(path, baselineFile(findings));
  if (failure !== undefined) return refuse(`${publicPath(path)} cannot be written: ${failure}.`);
  const noun = findings.length === 1 ? "finding" : "findings";
  terminal.write(`${publicPath(path)}: ${findings.length} ${noun} of ${clusters.map(publicProse).join(", ")}.\n`);
  return ExitCode.clean;
}

type Found =
  | { readonly kind: "found"; readonly findings: readonly BaselineFinding[]; readonly clusters: readonly string[] }
  | { readonly kind: "unusable"; readonly why: string };

async function foundByCheck(check: CheckOptions, terminal: Terminal): Promise<Found> {
  const given = await givenConfig(check, terminal);
  if (given.kind === "none") return { kind: "unusable", why: NO_KUBEADM_CONFIG };
  const asked = askedClusters(given, check, terminal.folder);
  if (asked.kind === "unopened") return { kind: "unusable", why: asked.files.map(unopenedText).join(" ") };
  if (asked.kind === "unusable") return asked;
  return {
    kind: "found",
    findings: asked.clusters.flatMap(({ cluster }) => findingsOf(cluster, evaluate(cluster, check, terminal.now))),
    clusters: asked.clusters.map(({ cluster }) => cluster.name),
  };
}

async function foundIn(files: readonly string[], terminal: Terminal): Promise<Found> {
  const clusters: ClusterReport[] = [];
  for (const file of files) {
    const read = await reportIn(file, terminal);
    const path = resolve(terminal.folder, file);
    if (read.kind === "problem") return { kind: "unusable", why: `${publicPath(path)} cannot be used: ${read.why}.` };
    clusters.push(...read.report.clusters);
  }
  return { kind: "found", findings: clusters.flatMap(reportedIn), clusters: clusters.map(({ name }) => name) };
}

/** The defects of a report, those of an earlier baseline as well, without what is accepted or wrong with the settings. */
function reportedIn({ name, outcomes }: ClusterReport): readonly BaselineFinding[] {
  return outcomes.flatMap(({ policy, findings }) =>
    findings
      .filter(({ level, message }) => DEFECTS.has(level) && !isAboutSettings(policy, message))
      .map(({ fingerprint: print, node, path }) => ({ fingerprint: print, policy, cluster: name, node, path })),
  );
}

const DEFECTS: ReadonlySet<FindingLevel> = new Set(["mandatory", "advisory", "known"]);

/** A report does not say which findings must be fixed: it is the one message about problems in the settings. */
function isAboutSettings(policy: string, message: string): boolean {
  return policy === controlPlaneNodesKnown.id && message === "settingsProblem";
}

/** All defects that stand, without what is accepted, and without what is wrong with the input. */
function findingsOf(cluster: Cluster, evaluations: readonly Evaluation[]): readonly BaselineFinding[] {
  return evaluations.flatMap(({ policy, outcome }) =>
    (outcome.kind === "fail" ? outcome.findings : [])
      .filter(({ mustBeFixed }) => mustBeFixed === undefined)
      .map((finding) => ({
        fingerprint: fingerprint(cluster.name, policy.id, finding),
        policy: policy.id,
        cluster: publicProse(cluster.name),
        node: finding.node,
        path: finding.path,
      })),
  );
}

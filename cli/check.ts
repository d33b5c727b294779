import { predictKubeadm } from "../cluster/predict-kubeadm";
import { KUBEADM_VERSIONS } from "../kubeadm/config/kubeadm-versions";
import { policies } from "../policies/index";
import type { ClusterResult } from "../reports/check-result";
import { jsonReport } from "../reports/json-report";
import { textReport } from "../reports/text-report";
import { undecidedResult } from "../reports/undecided-result";
import { type AskedCluster, askedCluster } from "./asked-cluster";
import type { CheckOptions } from "./check-options";
import { judge } from "./judge";
import { readInput } from "./read-input";
import type { Terminal } from "./terminal";
import { wrongUsage } from "./wrong-usage";

/**
 * `kubeadm-guard check`: judges one kubeadm-config and writes one report. Resolves to the exit code:
 * 0 nothing found, 1 a policy failed, 2 none failed and one is undecided or a file cannot be opened, 3 wrong usage.
 */
export async function check(options: CheckOptions, terminal: Terminal): Promise<number> {
  const { kubeadmConfig: named, step, format } = options;
  if (named === undefined && terminal.isInteractive) return wrongUsage(terminal, NO_KUBEADM_CONFIG);
  const file = named ?? "-";
  const input = await readInput(file, terminal);
  if (named === undefined && input.kind === "text" && input.text === "") return wrongUsage(terminal, NO_KUBEADM_CONFIG);
  const asked = askedCluster({ file, input }, options, terminal.folder);
  const cluster = resultOf(asked, options, terminal.now);
  for (const line of [...unopenedLines(asked), ...advisoryLines(asked, cluster)])
    terminal.complain(`kubeadm-guard: ${line}\n`);
  const result = { step, clusters: [cluster] };
  terminal.write(format === "json" ? jsonReport(result) : textReport(result));
  return asked.kind === "unopened" ? 2 : exitCode(cluster);
}

const NO_KUBEADM_CONFIG = "There is no kubeadm-config to check. Name one with --kubeadm-config FILE, or pipe it in.";

function resultOf(asked: AskedCluster, { step, nodes, inventory }: CheckOptions, now: Date): ClusterResult {
  if (asked.kind === "unopened") {
    const unknown = unopenedLines(asked).join(" ");
    return { name: asked.name, outcomes: policies.map(({ id }) => undecidedResult(id, unknown)), kubeadm: [] };
  }
  const { cluster } = asked;
  return {
    name: cluster.name,
    outcomes: judge(cluster, { now }, nodes !== undefined || inventory !== undefined),
    kubeadm: predictKubeadm(cluster, { step, now }),
  };
}

function unopenedLines(asked: AskedCluster): readonly string[] {
  if (asked.kind !== "unopened") return [];
  return asked.files.map(({ option, path, why }) => `${path}, named by ${option}, cannot be opened: ${why}.`);
}

function advisoryLines(asked: AskedCluster, { outcomes }: ClusterResult): readonly string[] {
  if (asked.kind === "unopened") return [];
  const isTold = outcomes.some(({ findings }) => findings.some(({ message }) => message === "newerThanTables"));
  return [...(isTold ? [] : newerRelease(asked)), ...withoutConfiguration(asked)];
}

type Judged = Extract<AskedCluster, { kind: "cluster" }>;

/** A release that came out after the tables were written is judged by the newest rules that are known. */
function newerRelease({ release }: Judged): readonly string[] {
  if (release.minor <= KUBEADM_VERSIONS.newestMinor) return [];
  const newest = `1.${KUBEADM_VERSIONS.newestMinor}`;
  return [
    `advisory: kubeadm 1.${release.minor} is newer than ${newest}, the newest that was read (${KUBEADM_VERSIONS.asOf}); it is judged by the rules of ${newest}.`,
  ];
}

/** `kubeadm config validate` is content with such a file, so nothing else may say that it answers nothing. */
function withoutConfiguration({ cluster: { configuration } }: Judged): readonly string[] {
  if (configuration.kind !== "not-carried") return [];
  return [`advisory: ${configuration.why}, so only what kubeadm config validate says of it was judged.`];
}

function exitCode({ outcomes }: ClusterResult): number {
  if (outcomes.some(({ outcome }) => outcome === "fail")) return 1;
  return outcomes.some(({ outcome }) => outcome === "undecided") ? 2 : 0;
}

import { resolve } from "node:path";
import type { ControlPlaneNode } from "../cluster/cluster";
import { NodeNames } from "../cluster/node-names";
import { predictKubeadm } from "../cluster/predict-kubeadm";
import { upgradeByKubeadm } from "../cluster/upgrade-by-kubeadm";
import { KUBEADM_VERSIONS } from "../kubeadm/config/kubeadm-versions";
import { publicPath } from "../machine/public-text";
import { inOneLine } from "../policies/support/lists";
import { clusterReport } from "../reports/cluster-report";
import { explainedText } from "../reports/explained-text";
import { type FixPlan, fixPlan } from "../reports/fix/fix-plan";
import { fixReport } from "../reports/fix/fix-report";
import { formatReport } from "../reports/format-report";
import type { Report } from "../reports/report";
import { textReport } from "../reports/text-report";
import { thisPackage } from "../settings/this-package";
import { writeFile } from "../settings/write-file";
import { type AskedCluster, askedClusters } from "./asked-clusters";
import type { CheckOptions } from "./check-options";
import { complain } from "./complain";
import { evaluate } from "./evaluate";
import { ExitCode, exitCodeOf } from "./exit-code";
import { givenConfig, NO_KUBEADM_CONFIG } from "./given-config";
import type { Terminal } from "./terminal";
import { unopenedText } from "./unopened-file";
import { usageError } from "./usage-error";
import { writeFixScript } from "./write-fix-script";

/** `kubeadm-guard check`: checks each kubeadm-config that is given, and writes the reports. Resolves to the exit code. */
export async function check(options: CheckOptions, terminal: Terminal): Promise<number> {
  const { format, verbose, failOn } = options;
  const given = await givenConfig(options, terminal);
  if (given.kind === "none") return usageError(terminal, NO_KUBEADM_CONFIG, "check");
  const asked = askedClusters(given, options, terminal.folder);
  if (asked.kind === "unopened") {
    for (const file of asked.files) complain(terminal, `kubeadm-guard: ${unopenedText(file)}`);
    return ExitCode.unusable;
  }
  if (asked.kind === "unusable") {
    complain(terminal, `kubeadm-guard: ${asked.why}`);
    return ExitCode.unusable;
  }
  if (options.fixScript !== undefined && asked.clusters.length > 1)
    return usageError(terminal, "--fix-script is for one cluster, and there are several kubeadm-configs.", "check");
  const nowhere = options.explain.find((one) => !asked.clusters.some((of) => nodeOf(of, one.node) !== undefined));
  if (nowhere !== undefined) return usageError(terminal, noSuchNode(asked.clusters, nowhere.node), "check");
  const plans = new Map(asked.clusters.map((one) => [one, fixPlan(one.cluster, terminal.now)]));
  const report = reportOf(plans, options, terminal);
  for (const line of new Set(asked.clusters.flatMap((one) => advisoryLines(one, report))))
    complain(terminal, `kubeadm-guard: ${line}`);
  const explained = report.clusters.flatMap((one) => one.explained);
  if (format !== "text") terminal.write(formatReport(report, format));
  else if (explained.length > 0) terminal.write(explained.map(explainedText).join("\n"));
  else terminal.write(textReport(report, { verbose, color: terminal.hasColor }));
  const failures = [
    ...options.reports.flatMap(({ file, format }) => {
      const path = resolve(terminal.folder, file);
      const failure = writeFile(path, formatReport(report, format));
      return failure === undefined ? [] : [`the report ${publicPath(path)} cannot be written: ${failure}.`];
    }),
    ...[...plans.values()].flatMap((plan) =>
      options.fixScript === undefined ? [] : writeFixScript(options.fixScript, plan, terminal),
    ),
  ];
  for (const line of failures) complain(terminal, `kubeadm-guard: ${line}`);
  return failures.length > 0 ? ExitCode.unusable : exitCodeOf(report, failOn);
}

/** The one control-plane node that goes by a name. */
function nodeOf({ cluster: { controlPlane } }: AskedCluster, name: string): ControlPlaneNode | undefined {
  const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
  const [found, another] = new NodeNames(nodes).named(name);
  return another === undefined ? nodes.find((one) => one.name === found?.name) : undefined;
}

function noSuchNode(clusters: readonly AskedCluster[], name: string): string {
  const nodes = clusters.flatMap(({ cluster: { controlPlane } }) =>
    controlPlane.kind === "known" ? controlPlane.nodes : [],
  );
  if (nodes.length === 0) return "--explain needs the nodes. Name them with --nodes or --inventory.";
  return `--explain: ${name} is not the name of one control-plane node. They are ${inOneLine(nodes.map((one) => one.name))}.`;
}

function reportOf(plans: ReadonlyMap<AskedCluster, FixPlan>, options: CheckOptions, { now }: Terminal): Report {
  const { step, kubeadm } = options;
  const tool = thisPackage();
  return {
    tool,
    origin: "check",
    step,
    checkedAt: now.toISOString(),
    clusters: [...plans].map(([asked, plan]) => {
      const { cluster } = asked;
      const upgradePath = cluster.upgradePath ?? upgradeByKubeadm(cluster, now);
      // The text on a terminal names no places, so no file is looked through for them.
      const inputs = options.format === "text" && options.reports.length === 0 ? [] : asked.inputs();
      const explain = options.explain.flatMap(({ node: name, path }) => {
        const node = nodeOf(asked, name);
        return node === undefined ? [] : [{ node, path }];
      });
      const evaluations = evaluate(cluster, options, now);
      const predictions = predictKubeadm(cluster, { step, now });
      const fix = fixReport(plan);
      return clusterReport(
        { cluster, evaluations, predictions, kubeadm, inputs, explain, upgradePath, fix },
        tool,
        "check",
      );
    }),
  };
}

function advisoryLines(asked: AskedCluster, { clusters }: Report): readonly string[] {
  const isTold = clusters.some(({ outcomes }) =>
    outcomes.some(({ findings }) => findings.some(({ message }) => message === "newerThanTables")),
  );
  return [...(isTold ? [] : newerRelease(asked)), ...withoutConfiguration(asked)];
}

/** A release that came out after the tables were written is checked by the newest rules that are known. */
function newerRelease({ release }: AskedCluster): readonly string[] {
  if (release.minor <= KUBEADM_VERSIONS.newestMinor) return [];
  const newest = `1.${KUBEADM_VERSIONS.newestMinor}`;
  return [
    `advisory: kubeadm 1.${release.minor} is newer than ${newest}, the newest that was read (${KUBEADM_VERSIONS.asOf}); it is checked by the rules of ${newest}.`,
  ];
}

/** `kubeadm config validate` is content with such a file, so nothing else may say that it answers nothing. */
function withoutConfiguration({ cluster: { configuration } }: AskedCluster): readonly string[] {
  if (configuration.kind !== "not-carried") return [];
  return [`advisory: ${configuration.why}, so only what kubeadm config validate says of it was checked.`];
}

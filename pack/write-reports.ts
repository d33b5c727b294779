import type { Cluster } from "../cluster/cluster";
import { predictKubeadm } from "../cluster/predict-kubeadm";
import { upgradeByKubeadm } from "../cluster/upgrade-by-kubeadm";
import { publicPath } from "../machine/public-text";
import type { Evaluation } from "../policies/evaluate";
import { clusterReport } from "../reports/cluster-report";
import { fixPlan } from "../reports/fix/fix-plan";
import { fixReport } from "../reports/fix/fix-report";
import { FILE_NAMES, formatOfFile, formatReport } from "../reports/format-report";
import type { Report } from "../reports/report";
import { thisPackage } from "../settings/this-package";
import { writeFile } from "../settings/write-file";
import { inputFiles } from "./input-files";
import type { RunSettings } from "./run-settings";

/** What a preview found out about its clusters. */
export type CheckedClusters = readonly { readonly cluster: Cluster; readonly evaluations: readonly Evaluation[] }[];

/** Writes the reports that the settings name, each in the format of its name. Returns what could not be written, each as a sentence. */
export function writeReports(run: RunSettings, checked: CheckedClusters, now: Date): readonly string[] {
  const { reports: files } = run;
  if (files.length === 0) return [];
  const report = reportOf(checked, run, now);
  return files.flatMap(({ path, where }) => {
    const format = formatOfFile(path);
    if (format === undefined) return [`${where}: ${publicPath(path)}: the name of a report ends in ${FILE_NAMES}.`];
    const failure = writeFile(path, formatReport(report, format));
    return failure === undefined ? [] : [`${where}: the report ${publicPath(path)} cannot be written: ${failure}.`];
  });
}

/** Of a preview the next step is an upgrade: it reads the kubeadm-config that the stack leaves behind. */
function reportOf(checked: CheckedClusters, run: RunSettings, now: Date): Report {
  const tool = thisPackage();
  return {
    tool,
    origin: "preview",
    step: "upgrade",
    checkedAt: now.toISOString(),
    clusters: checked.map(({ cluster, evaluations }) => {
      const predictions = predictKubeadm(cluster, { step: "upgrade", now });
      const inputs = inputFiles(cluster, run);
      const upgradePath = cluster.upgradePath ?? upgradeByKubeadm(cluster, now);
      const fix = fixReport(fixPlan(cluster, now));
      return clusterReport({ cluster, evaluations, predictions, inputs, upgradePath, fix }, tool, "preview");
    }),
  };
}

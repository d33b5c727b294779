import { relative, resolve, sep } from "node:path";
import { predictKubeadm } from "../cluster/predict-kubeadm";
import { KUBEADM_VERSIONS } from "../kubeadm/config/kubeadm-versions";
import { clusterReport } from "../reports/cluster-report";
import { formatReport } from "../reports/format-report";
import type { InputReport, Report } from "../reports/report";
import { textReport } from "../reports/text-report";
import { thisPackage } from "../settings/this-package";
import { type AskedCluster, askedCluster } from "./asked-cluster";
import type { CheckOptions } from "./check-options";
import { evaluate } from "./evaluate";
import { ExitCode, exitCodeOf } from "./exit-code";
import { givenConfig, NO_KUBEADM_CONFIG } from "./given-config";
import type { Terminal } from "./terminal";
import { unopenedText } from "./unopened-file";
import { usageError } from "./usage-error";
import { writeFile } from "./write-file";

/** `kubeadm-guard check`: checks one kubeadm-config and writes one report. Resolves to the exit code. */
export async function check(options: CheckOptions, terminal: Terminal): Promise<number> {
  const { format, verbose, failOn } = options;
  const given = await givenConfig(options, terminal);
  if (given.kind === "none") return usageError(terminal, NO_KUBEADM_CONFIG);
  const asked = askedCluster(given, options, terminal.folder);
  if (asked.kind === "unopened") {
    for (const file of asked.files)
      terminal.complain(`kubeadm-guard: ${unopenedText(file)}
`);
    return ExitCode.unusable;
  }
  const report = reportOf(asked, options, terminal);
  for (const line of advisoryLines(asked, report)) terminal.complain(`kubeadm-guard: ${line}\n`);
  terminal.write(
    format === "text" ? textReport(report, { verbose, colour: terminal.hasColour }) : formatReport(report, format),
  );
  const failures = options.reports.flatMap(({ file, format }) => {
    const path = resolve(terminal.folder, file);
    const failure = writeFile(path, formatReport(report, format));
    return failure === undefined ? [] : [`the report ${path} cannot be written: ${failure}.`];
  });
  for (const line of failures) terminal.complain(`kubeadm-guard: ${line}\n`);
  return failures.length > 0 ? ExitCode.unusable : exitCodeOf(report, failOn);
}

type Readable = Extract<AskedCluster, { kind: "cluster" }>;

function reportOf({ cluster }: Readable, options: CheckOptions, { now, folder }: Terminal): Report {
  const { step, nodes, inventory, kubeadm } = options;
  const tool = thisPackage();
  const evaluations = evaluate(
    cluster,
    now,
    nodes !== undefined || inventory !== undefined || cluster.live !== undefined,
  );
  const predictions = predictKubeadm(cluster, { step, now });
  return {
    tool,
    origin: "check",
    step,
    checkedAt: now.toISOString(),
    clusters: [clusterReport({ cluster, evaluations, predictions, kubeadm, inputs: inputsOf(options, folder) }, tool)],
  };
}

function inputsOf({ kubeadmConfig, nodes, inventory }: CheckOptions, folder: string): readonly InputReport[] {
  const config = kubeadmConfig === "-" ? undefined : kubeadmConfig;
  const named = [
    { role: "kubeadm-config", file: config },
    { role: "inventory", file: inventory },
    { role: "listing", file: nodes },
  ] as const;
  return named.flatMap(({ role, file }) => {
    if (file === undefined) return [];
    const path = relative(folder, resolve(folder, file)).split(sep).join("/");
    return [{ role, path: path.startsWith("../") ? resolve(folder, file) : path }];
  });
}

function advisoryLines(asked: Readable, { clusters }: Report): readonly string[] {
  const isTold = clusters.some(({ outcomes }) =>
    outcomes.some(({ findings }) => findings.some(({ message }) => message === "newerThanTables")),
  );
  return [...(isTold ? [] : newerRelease(asked)), ...withoutConfiguration(asked)];
}

/** A release that came out after the tables were written is checked by the newest rules that are known. */
function newerRelease({ release }: Readable): readonly string[] {
  if (release.minor <= KUBEADM_VERSIONS.newestMinor) return [];
  const newest = `1.${KUBEADM_VERSIONS.newestMinor}`;
  return [
    `advisory: kubeadm 1.${release.minor} is newer than ${newest}, the newest that was read (${KUBEADM_VERSIONS.asOf}); it is checked by the rules of ${newest}.`,
  ];
}

/** `kubeadm config validate` is content with such a file, so nothing else may say that it answers nothing. */
function withoutConfiguration({ cluster: { configuration } }: Readable): readonly string[] {
  if (configuration.kind !== "not-carried") return [];
  return [`advisory: ${configuration.why}, so only what kubeadm config validate says of it was checked.`];
}

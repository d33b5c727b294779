import { resolve } from "node:path";
import { assembleClusters } from "../cluster/assemble-clusters";
import type { Cluster, ConfigurationState } from "../cluster/cluster";
import type { ClusterParts } from "../cluster/cluster-parts";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import { deepFreeze } from "../cluster/deep-freeze";
import type { Documents } from "../cluster/documents";
import { clusterParts } from "../evidence/cluster-parts";
import { readStack } from "../evidence/read-stack";
import type { KubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { legibleConfiguration, readClusterConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { releaseThatReads } from "../kubeadm/config/release-that-reads";
import { readDocumentFiles } from "../settings/read-files";
import { agreedFindings } from "./agreed-findings";
import type { ClusterOptions } from "./check-options";
import { comparisonFile } from "./comparison-file";
import { LIVE } from "./given-config";
import { type KubeadmConfigInput, kubeadmConfigInput } from "./kubeadm-config-input";
import { liveInput } from "./live-input";
import type { Input } from "./read-input";
import type { UnopenedFile } from "./unopened-file";

/** The cluster that a command line asks about. */
export type AskedCluster =
  | { readonly kind: "cluster"; readonly cluster: Cluster; readonly release: KubeadmRelease }
  | { readonly kind: "unopened"; readonly files: readonly UnopenedFile[] };

interface ReadConfig {
  /** As named on the command line; `-` is standard input, LIVE what kubectl said. */
  readonly file: string;
  readonly input: Input;
}

/** Puts the cluster together from the given kubeadm-config and the files that the options name. Never throws. */
export function askedCluster({ file, input }: ReadConfig, options: ClusterOptions, folder: string): AskedCluster {
  const path = file === LIVE ? "the live cluster" : file === "-" ? "standard input" : resolve(folder, file);
  if (input.kind === "unreadable") {
    const files = [{ option: file === LIVE ? "--live" : "--kubeadm-config", path, why: input.why }];
    return { kind: "unopened", files };
  }
  const shown = input.kind === "text" ? liveInput(input.text) : undefined;
  const config: KubeadmConfigInput =
    input.kind === "text"
      ? kubeadmConfigInput(shown?.kubeadmConfig ?? input.text, file)
      : { kind: "absent", field: path, error: `${path} is no UTF-8 text` };
  const text = textOf(config);
  const release = releaseThatReads(text ?? "", options.kubeadm ?? options.upgradeTo);
  const configuration = configurationOf(config, text, release);
  const comparison = options.compare === undefined ? undefined : comparisonFile(resolve(folder, options.compare));
  if (comparison?.kind === "unusable") {
    return {
      kind: "unopened",
      files: [{ option: "--compare", path: comparison.path, why: comparison.why }],
    };
  }
  const agreed = agreedFindings(options, folder, nameOf(configuration));
  if (agreed.kind === "unopened") return agreed;
  const settings = {
    ...settingsOf(nameOf(configuration), options),
    ...agreed.settings,
    ...(comparison && { compareWith: comparison.settings }),
  };
  const documents = readDocumentFiles(settings, folder);
  const files = unopenedFiles(documents);
  if (files.length > 0) return { kind: "unopened", files };
  const read = clusterParts({
    name: settings.name,
    subject: {
      source: { name: path, kind: "file" },
      field: config.field,
      ...(config.kind === "file" ? { file: { text: config.text, kubeadm: release } } : {}),
    },
    // Read here, for the release that is asked; see `configuration`.
    text: { kind: "to-come", waitsFor: [] },
    settings,
    documents,
    live: shown?.live,
    resolve: () => undefined,
    problems: [],
  });
  const parts: ClusterParts = { ...read, configuration, problems: read.problems.map(atOption) };
  const [cluster] = assembleClusters([parts], readStack([]));
  if (cluster === undefined) throw new Error("one part makes one cluster");
  const problems = [...cluster.problems, ...noNodes(cluster)];
  return { kind: "cluster", cluster: deepFreeze({ ...cluster, problems }), release };
}

/** kubeadm's own name for a cluster that is given none. */
const DEFAULT_NAME = "kubernetes";

/** The text of the ClusterConfiguration, if there is one. */
function textOf(config: KubeadmConfigInput): string | undefined {
  if (config.kind === "absent") return undefined;
  return config.kind === "config-map" ? config.text : config.document;
}

function configurationOf(
  config: KubeadmConfigInput,
  text: string | undefined,
  kubeadm: KubeadmRelease,
): ConfigurationState {
  if (config.kind === "absent") return config;
  if (text === undefined) return { kind: "not-carried", why: `${config.field} holds no ClusterConfiguration` };
  return { kind: "text", text, kubeadm, reading: readClusterConfiguration(text, kubeadm) };
}

function nameOf(configuration: ConfigurationState): string {
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  return legible?.configuration.clusterName || DEFAULT_NAME;
}

function settingsOf(name: string, { nodes, inventory, kubespray, upgradeTo, record }: ClusterOptions): ClusterSettings {
  return {
    name,
    ...(nodes === undefined ? {} : { listing: nodes }),
    ...(record === undefined ? {} : { record }),
    ...(inventory === undefined
      ? {}
      : { kubespray: { inventory, ...(kubespray === undefined ? {} : { release: kubespray }) } }),
    ...(upgradeTo === undefined ? {} : { upgradeTo: { kubernetes: upgradeTo } }),
  };
}

function unopenedFiles({ listing, inventory, record, comparedRecord }: Documents): readonly UnopenedFile[] {
  const named = [
    { option: "--nodes", file: listing },
    { option: "--inventory", file: inventory },
    { option: "--record", file: record },
    { option: "--compare", file: comparedRecord },
  ];
  return named.flatMap(({ option, file }) =>
    file?.kind === "unreadable" ? [{ option, path: file.path, why: file.why }] : [],
  );
}

/** Problems of documents are told by their place in the settings; here they came by an option. */
function atOption(problem: SettingsProblem): SettingsProblem {
  return { ...problem, where: problem.where.endsWith(".listing") ? "--nodes" : "--inventory" };
}

/** A document without a fault that names no control-plane node: it answers another question. */
function noNodes({ settings, controlPlane, problems }: Cluster): readonly SettingsProblem[] {
  const { name, listing, kubespray } = settings;
  const file = listing ?? kubespray?.inventory;
  const hasFault = problems.some(({ level }) => level === undefined);
  if (file === undefined || controlPlane.kind === "known" || hasFault) return [];
  const form =
    listing === undefined
      ? "put them into the group kube_control_plane"
      : "give it controlPlane: [{name: master01, addresses: [192.168.10.11]}]";
  const where = listing === undefined ? "--inventory" : "--nodes";
  return [{ cluster: name, where, what: `${file} names no control-plane nodes; ${form}.` }];
}

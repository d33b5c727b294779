import { resolve } from "node:path";
import { assembleClusters } from "../cluster/assemble-clusters";
import type { Cluster, ConfigurationState } from "../cluster/cluster";
import type { ClusterParts } from "../cluster/cluster-parts";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import { knownConfiguration } from "../cluster/configuration/known-configuration";
import { type SubjectFile, subjectFile } from "../cluster/configuration/subject-file";
import { deepFreeze } from "../cluster/deep-freeze";
import type { Documents } from "../cluster/documents";
import type { LiveCluster } from "../cluster/live-cluster";
import { clusterParts } from "../evidence/cluster-parts";
import { readStack } from "../evidence/read-stack";
import type { KubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { releaseThatReads } from "../kubeadm/config/release-that-reads";
import { publicName, publicPath } from "../machine/public-text";
import type { InputFile } from "../reports/finding-places";
import { readDocumentFiles } from "../settings/read-files";
import { agreedFindings } from "./agreed-findings";
import type { ClusterOptions } from "./cluster-options";
import { comparisonFile } from "./comparison-file";
import { LIVE } from "./given-config";
import { inputFiles } from "./input-files";
import { type KubeadmConfigInput, kubeadmConfigInputs } from "./kubeadm-config-input";
import { liveInput } from "./live-input";
import type { Input } from "./read-input";
import type { UnopenedFile } from "./unopened-file";

/** A cluster that a command line asks about, and the release that it is checked against. */
export interface AskedCluster {
  readonly cluster: Cluster;
  readonly release: KubeadmRelease;
  /** The files that were read for it, what carries the kubeadm-config first. */
  readonly inputs: () => readonly InputFile[];
}

/** The clusters that a command line asks about: several where the kubeadm-configs of several were handed over together. */
export type AskedClusters =
  | { readonly kind: "clusters"; readonly clusters: readonly [AskedCluster, ...AskedCluster[]] }
  | { readonly kind: "unopened"; readonly files: readonly UnopenedFile[] }
  /** What was handed over is not a kubeadm-config. One line. */
  | { readonly kind: "unusable"; readonly why: string };

interface ReadConfig {
  /** As named on the command line; `-` is standard input, LIVE what kubectl said. */
  readonly file: string;
  readonly input: Input;
}

/** Puts the clusters together from the given kubeadm-config and the files that the options name. Never throws. */
export function askedClusters({ file, input }: ReadConfig, options: ClusterOptions, folder: string): AskedClusters {
  const path = file === LIVE ? "the live cluster" : file === "-" ? "standard input" : resolve(folder, file);
  const shownPath = file === LIVE || file === "-" ? path : publicPath(path);
  if (input.kind === "unreadable") {
    const files = [
      { option: file === LIVE ? "--live" : "--kubeadm-config", path: file === "-" ? file : path, why: input.why },
    ];
    return { kind: "unopened", files };
  }
  const shown = input.kind === "text" ? liveInput(input.text) : undefined;
  const read =
    input.kind === "text"
      ? kubeadmConfigInputs(shown?.kubeadmConfig ?? input.text, file)
      : { ...input, kind: "unusable" as const };
  if (read.kind === "unusable") return { kind: "unusable", why: `${shownPath} is not usable. ${read.why}` };
  const comparison = options.compare === undefined ? undefined : comparisonFile(resolve(folder, options.compare));
  if (comparison?.kind === "unusable") {
    return {
      kind: "unopened",
      files: [{ option: "--compare", path: comparison.path, why: comparison.why }],
    };
  }
  const count = read.inputs.length;
  const named = read.inputs.map((config, index) =>
    namedConfig(config, options, count === 1 ? "" : ` (${index + 1} of ${count})`),
  );
  const settings = { ...settingsOf(options), ...(comparison && { compareWith: comparison.settings }) };
  const documents = readDocumentFiles({ name: "", ...settings }, folder);
  const files = unopenedFiles(documents);
  if (files.length > 0) return { kind: "unopened", files };
  const clusters: AskedCluster[] = [];
  for (const config of named) {
    const agreed = agreedFindings(options, folder, config.name);
    if (agreed.kind === "unopened") return agreed;
    const own = { ...settings, ...agreed.settings, name: config.name };
    const asked = askedCluster({ config, path, options, settings: own, documents, live: shown?.live });
    const kubeadmConfig =
      file === LIVE || file === "-" || input.kind !== "text" ? undefined : { file, text: input.text };
    const inputs = () =>
      inputFiles({ cluster: asked.cluster, kubeadmConfig, documents, accept: options.accept }, folder);
    clusters.push({ ...asked, inputs });
  }
  const [first, ...others] = clusters;
  if (first === undefined) throw new Error("one input makes one cluster");
  return { kind: "clusters", clusters: [first, ...others] };
}

/** One kubeadm-config, read for the release that is asked. */
interface NamedConfig {
  readonly config: KubeadmConfigInput;
  readonly release: KubeadmRelease;
  readonly configuration: ConfigurationState;
  readonly name: string;
}

/** `which` is added to the name where there are several. */
function namedConfig(config: KubeadmConfigInput, options: ClusterOptions, which: string): NamedConfig {
  const asked = options.kubeadm ?? (options.kubesprayTo === undefined ? options.upgradeTo : undefined);
  const configuration = configurationOf(config, asked);
  const release = configuration.kind === "text" ? configuration.kubeadm : releaseThatReads(undefined, asked);
  return { config, release, configuration, name: nameOf(configuration) + which };
}

interface Question {
  readonly config: NamedConfig;
  /** Where it was read from. */
  readonly path: string;
  readonly options: ClusterOptions;
  readonly settings: ClusterSettings;
  readonly documents: Documents;
  readonly live: LiveCluster | undefined;
}

function askedCluster({
  config: named,
  path,
  options,
  settings,
  documents,
  live,
}: Question): Omit<AskedCluster, "inputs"> {
  const { config, release, configuration } = named;
  const read = clusterParts({
    name: settings.name,
    subject: {
      source: { name: path, kind: "file" },
      field: config.field,
      ...(config.kind === "file" ? { file: fileOf(config, release, options) } : {}),
    },
    configuration,
    settings,
    documents,
    live,
    resolve: () => undefined,
    problems: [],
    upgrade: kubesprayUpgrade(options),
  });
  const parts: ClusterParts = { ...read, problems: read.problems.map(atOption) };
  const [cluster] = assembleClusters([parts], readStack([]));
  if (cluster === undefined) throw new Error("one part makes one cluster");
  const problems = [...cluster.problems, ...noNodes(cluster), ...otherConfigMap(cluster, config, path)];
  return { cluster: deepFreeze({ ...cluster, problems }), release };
}

/** What `--kubespray A..B` asks for. */
function kubesprayUpgrade({ kubespray: from, kubesprayTo: to, upgradeTo: kubernetes }: ClusterOptions) {
  return from === undefined || to === undefined ? undefined : { from, to, kubernetes };
}

/** From this minor release on an upgrade reads the ConfigMap, whatever file it is given (cmd/upgrade/common.go). */
const FILE_UNREAD_SINCE = 30;

type FileInput = Extract<KubeadmConfigInput, { kind: "file" }>;

function fileOf({ text, ofNode }: FileInput, kubeadm: KubeadmRelease, { step }: ClusterOptions): SubjectFile {
  const isUnread = step !== "init" && kubeadm.minor >= FILE_UNREAD_SINCE && ofNode !== undefined;
  return { ...subjectFile(text, kubeadm), ...(isUnread ? { ofNode } : {}) };
}

/** kubeadm's own name for a cluster that is given none. */
const DEFAULT_NAME = "kubernetes";

function configurationOf(config: KubeadmConfigInput, asked: string | undefined): ConfigurationState {
  if (config.kind === "absent") return config;
  const text = config.kind === "config-map" ? config.text : config.document;
  return text === undefined
    ? { kind: "not-carried", why: `${config.field} holds no ClusterConfiguration` }
    : knownConfiguration(text, asked);
}

function nameOf(configuration: ConfigurationState): string {
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  return legible?.configuration.clusterName || DEFAULT_NAME;
}

function settingsOf({
  nodes,
  inventory,
  kubespray,
  upgradeTo: asked,
  kubesprayTo,
  upgradeKubesprayTo,
  record,
}: ClusterOptions): Omit<ClusterSettings, "name"> {
  // An upgrade path has several steps; the policies look at one.
  const upgradeTo = kubesprayTo === undefined ? asked : undefined;
  return {
    ...(nodes === undefined ? {} : { listing: nodes }),
    ...(record === undefined ? {} : { record }),
    ...(inventory === undefined
      ? {}
      : { kubespray: { inventory, ...(kubespray === undefined ? {} : { release: kubespray }) } }),
    ...(upgradeTo === undefined && upgradeKubesprayTo === undefined
      ? {}
      : {
          upgradeTo: {
            ...(upgradeTo === undefined ? {} : { kubernetes: upgradeTo }),
            ...(upgradeKubesprayTo === undefined ? {} : { kubespray: upgradeKubesprayTo }),
          },
        }),
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

/** Problems of documents are reported by their place in the settings; here they came by an option. */
function atOption(problem: SettingsProblem): SettingsProblem {
  return { ...problem, where: problem.where.endsWith(".listing") ? "--nodes" : "--inventory" };
}

/** The text of another ConfigMap, such as a copy of the real one, is checked as if kubeadm read it. */
function otherConfigMap({ name }: Cluster, config: KubeadmConfigInput, path: string): readonly SettingsProblem[] {
  if (config.kind !== "config-map" || config.otherName === undefined) return [];
  const { namespace, name: other } = config.otherName;
  const what = `It is the ConfigMap ${publicName(namespace)}/${publicName(other)}, taken for kube-system/kubeadm-config, which alone kubeadm reads.`;
  return [{ cluster: name, where: path, what, level: "remark" }];
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

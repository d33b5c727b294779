import { parseArgs } from "node:util";
import type { KubeadmStep } from "../cluster/predict-kubeadm";
import { parseKubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { publicPath, publicValue } from "../machine/public-text";
import { isOlder } from "../policies/support/upgrade/release-order";
import { FILE_NAMES, FORMAT_NAMES, type Format, formatOfFile, isFormat } from "../reports/format-report";
import { argumentError } from "./argument-error";
import { CLUSTER_OPTIONS, type ClusterOptions } from "./cluster-options";
import { FAIL_ON, type FailOn } from "./exit-code";
import { kubectlOptions } from "./kubectl-options";

/** What `kubeadm-guard check` was asked. */
export interface CheckOptions extends ClusterOptions {
  readonly step: KubeadmStep;
  readonly format: Format;
  /** The lowest level that fails the run. */
  readonly failOn: FailOn;
  /** List each policy with its outcome. */
  readonly verbose: boolean;
  /** Files of nodes that are to be explained instead of a text report. */
  readonly explain: readonly { readonly node: string; readonly path: string }[];
  /** Files to write reports to, as given, with the formats that their names ask for. */
  readonly reports: readonly { readonly file: string; readonly format: Format }[];
  /** The file for the script that gives the nodes what they lack, as given. */
  readonly fixScript: string | undefined;
}

export type CheckOptionsReading =
  | { readonly kind: "options"; readonly options: CheckOptions }
  | { readonly kind: "help" }
  /** What is wrong and what to do instead, in one or two sentences. */
  | { readonly kind: "wrong"; readonly why: string };

/** Understands the arguments of `check`. Never throws. */
export function checkOptions(args: readonly string[]): CheckOptionsReading {
  const parsed = parse(args);
  if (parsed.kind === "wrong") return parsed;
  const { values } = parsed;
  if (values.help === true) return { kind: "help" };
  const misused = misuse(parsed);
  if (misused !== undefined) return wrong(misused);
  const { step = "upgrade", format = "text", nodes, inventory, kubeadm, "upgrade-to": upgradeTo } = values;
  if (step !== "upgrade" && step !== "init") return wrong(`--step is upgrade or init, not ${publicValue(step)}.`);
  if (!isFormat(format)) return wrong(`--format is one of ${FORMAT_NAMES}, not ${publicValue(format)}.`);
  const reports = reportFiles(values.report ?? []);
  if (reports.kind === "wrong") return reports;
  const explain = filesOfNodes(values.explain ?? []);
  if (explain.kind === "wrong") return explain;
  const failOn = FAIL_ON.find((level) => level === (values["fail-on"] ?? "mandatory"));
  if (failOn === undefined) {
    return wrong(`--fail-on is mandatory, advisory or undecided, not ${publicValue(values["fail-on"] ?? "")}.`);
  }
  const noRelease =
    notARelease("kubeadm", kubeadm, "1.30, v1.30 or v1.30.14") ?? notARelease("upgrade-to", upgradeTo, "v1.31.4");
  if (noRelease !== undefined) return wrong(noRelease);
  const kubespray = kubesprayReleases(values);
  if (kubespray.kind === "wrong") return kubespray;
  const { "kubeadm-config": kubeadmConfig, verbose = false, record, compare, accept, baseline } = values;
  const live = kubectlOptions({ ...values, kubeadmConfig });
  if (live.kind === "wrong") return live;
  const fromInput = nodes === "-" ? "nodes" : inventory === "-" ? "inventory" : undefined;
  if (fromInput !== undefined) {
    return wrong(`--${fromInput} takes a file; standard input is for --kubeadm-config alone.`);
  }
  if (values["fix-script"] === "-") return wrong("--fix-script takes a file; standard output is for the report.");
  return {
    kind: "options",
    options: {
      kubeadmConfig,
      live: live.kubectl,
      nodes,
      inventory,
      ...kubespray.releases,
      kubeadm,
      step,
      upgradeTo,
      format,
      failOn,
      verbose,
      explain: explain.files,
      reports: reports.files,
      fixScript: values["fix-script"],
      record,
      compare,
      accept,
      baseline,
    },
  };
}

type Parsed = Extract<ReturnType<typeof parse>, { readonly kind: "parsed" }>;

/** What is wrong with the arguments whatever their options mean. */
function misuse({ values, positionals, repeated }: Parsed): string | undefined {
  const [surplus] = positionals;
  if (surplus !== undefined)
    return `${publicPath(surplus)} is not expected. Name the file with --kubeadm-config ${publicPath(surplus)}.`;
  if (repeated !== undefined) return `--${repeated} is given more than once. Give it once.`;
  const empty = Object.entries(values).find(
    ([, given]) => given === "" || (Array.isArray(given) && given.includes("")),
  );
  return empty === undefined ? undefined : `--${empty[0]} is empty. Give it a value or leave it out.`;
}

/** The values of `--report`, each with the format that its name asks for. */
function reportFiles(given: readonly string[]) {
  const files: { readonly file: string; readonly format: Format }[] = [];
  for (const file of given) {
    const format = formatOfFile(file);
    if (format === undefined) return wrong(`--report ${publicPath(file)}: the name of a report ends in ${FILE_NAMES}.`);
    files.push({ file, format });
  }
  return { kind: "files", files } as const;
}

/** The values of `--explain`. */
function filesOfNodes(given: readonly string[]) {
  const files: { readonly node: string; readonly path: string }[] = [];
  for (const one of given) {
    const [, node, path] = /^(.+?):(\/.*)$/s.exec(one) ?? [];
    if (node === undefined || path === undefined)
      return wrong(`--explain is NODE:PATH such as master01:/etc/ssl/etcd/ssl/ca.pem, not ${publicValue(one)}.`);
    files.push({ node, path });
  }
  return { kind: "files", files } as const;
}

/** `--kubespray`, a release or a range of two, and `--upgrade-kubespray-to`. */
function kubesprayReleases({
  kubespray: range,
  inventory,
  "upgrade-kubespray-to": upgradeKubesprayTo,
}: Parsed["values"]) {
  const [kubespray, kubesprayTo] = range?.includes("..") === true ? range.split("..") : [range, undefined];
  if (kubespray !== undefined && inventory === undefined) {
    return wrong("--kubespray says who made the files of an inventory. Name the inventory with --inventory FILE.");
  }
  if (kubesprayTo !== undefined && !/^v?\d{1,4}\.\d{1,4}\.\d{1,4}\.\.v?\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(range ?? "")) {
    return wrong(
      `--kubespray is a release such as v2.26.0, or two releases such as v2.25.0..v2.28.0, not ${publicValue(range ?? "")}.`,
    );
  }
  if (kubespray !== undefined && kubesprayTo !== undefined && !isOlder(kubespray, kubesprayTo)) {
    return wrong(`--kubespray ${range}: the first release ran last and is the older one, such as v2.25.0..v2.28.0.`);
  }
  const noRelease =
    notOfKubespray("kubespray", kubespray) ?? notOfKubespray("upgrade-kubespray-to", upgradeKubesprayTo);
  if (noRelease !== undefined) return wrong(noRelease);
  return { kind: "releases", releases: { kubespray, kubesprayTo, upgradeKubesprayTo } } as const;
}

/** Options that may be given several times. */
const OFTEN: ReadonlySet<string> = new Set(["report", "explain"]);

const OPTIONS = {
  ...CLUSTER_OPTIONS,
  step: { type: "string" },
  "upgrade-to": { type: "string" },
  "upgrade-kubespray-to": { type: "string" },
  format: { type: "string" },
  record: { type: "string" },
  compare: { type: "string" },
  accept: { type: "string" },
  baseline: { type: "string" },
  "fail-on": { type: "string" },
  verbose: { type: "boolean" },
  "fix-script": { type: "string" },
  report: { type: "string", multiple: true },
  explain: { type: "string", multiple: true },
} as const;

function parse(args: readonly string[]) {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: OPTIONS,
    });
    const names = tokens.flatMap((token) => (token.kind === "option" && !OFTEN.has(token.name) ? [token.name] : []));
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    return { kind: "parsed", values, positionals, repeated } as const;
  } catch (error) {
    return wrong(argumentError(error, Object.keys(OPTIONS)));
  }
}

function notARelease(option: string, given: string | undefined, example: string): string | undefined {
  if (given === undefined || parseKubeadmRelease(given) !== undefined) return undefined;
  return `--${option} is a release of Kubernetes such as ${example}, not ${publicValue(given)}.`;
}

/** A release, or a branch as Kubespray names its own; which release a branch is at is not known. */
function notOfKubespray(option: string, given: string | undefined): string | undefined {
  if (given === undefined || /^(?:v?\d{1,4}\.\d{1,4}\.\d{1,4}|master|release-\d{1,4}\.\d{1,4})$/.test(given))
    return undefined;
  return `--${option} is a release such as v2.26.0, or a branch such as release-2.26, not ${publicValue(given)}.`;
}

function wrong(why: string): { readonly kind: "wrong"; readonly why: string } {
  return { kind: "wrong", why };
}

import { parseArgs } from "node:util";
import type { KubeadmStep } from "../cluster/predict-kubeadm";
import { parseKubeadmRelease } from "../kubeadm/config/kubeadm-release";
import { FILE_NAMES, FORMAT_NAMES, type Format, formatOfFile, isFormat } from "../reports/format-report";
import { argumentError } from "./argument-error";
import { FAIL_ON, type FailOn } from "./exit-code";
import type { KubectlOptions } from "./kubectl-input";

/** Which cluster a command is about, and what is known of it. */
export interface ClusterOptions {
  /** A file; `-` is standard input; undefined where none was named, which means standard input if something comes from it. */
  readonly kubeadmConfig: string | undefined;
  /** Set where kubectl is to be asked for it. */
  readonly live?: KubectlOptions | undefined;
  readonly nodes: string | undefined;
  readonly inventory: string | undefined;
  readonly kubespray: string | undefined;
  /** The release to check against, as given: `1.30`, `v1.30.14`. */
  readonly kubeadm: string | undefined;
  readonly upgradeTo: string | undefined;
  /** The release of Kubespray at the end of a range, whose road is walked: `v2.28.0` of `v2.25.0..v2.28.0`. */
  readonly roadTo?: string | undefined;
  /** The release of Kubespray that is to run the upgrade. */
  readonly upgradeKubesprayTo?: string | undefined;
  /** What is to be run; an upgrade where it is left out. */
  readonly step?: KubeadmStep;
  /** The record of the kubeadm-config. */
  readonly record?: string | undefined;
  /** The record of another environment, or a file in the shape of the setting `compareWith`. */
  readonly compare?: string | undefined;
  /** A file of acceptances. */
  readonly accept?: string | undefined;
  readonly baseline?: string | undefined;
}

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
  const { values, positionals, repeated } = parsed;
  if (values.help === true) return { kind: "help" };
  const [surplus] = positionals;
  if (surplus !== undefined)
    return wrong(`${surplus} is not expected. Name the file with --kubeadm-config ${surplus}.`);
  if (repeated !== undefined) return wrong(`--${repeated} is given more than once. Give it once.`);
  for (const [name, given] of Object.entries(values)) {
    if (given === "" || (Array.isArray(given) && given.includes("")))
      return wrong(`--${name} is empty. Give it a value or leave it out.`);
  }
  const { step = "upgrade", format = "text", inventory, kubespray: range, kubeadm, "upgrade-to": upgradeTo } = values;
  if (step !== "upgrade" && step !== "init") return wrong(`--step is upgrade or init, not ${step}.`);
  if (!isFormat(format)) return wrong(`--format is one of ${FORMAT_NAMES}, not ${format}.`);
  const reports = (values.report ?? []).map((file) => ({ file, format: formatOfFile(file) }));
  const named = reports.flatMap(({ file, format }) => (format === undefined ? [] : [{ file, format }]));
  const unnamed = reports.find((one) => one.format === undefined);
  if (unnamed !== undefined) return wrong(`--report ${unnamed.file}: the name of a report ends in ${FILE_NAMES}.`);
  const explain = (values.explain ?? []).map((one) => /^(.+?):(\/.*)$/.exec(one));
  const noPath = explain.indexOf(null);
  if (noPath >= 0) {
    return wrong(`--explain is NODE:PATH such as master01:/etc/ssl/etcd/ssl/ca.pem, not ${values.explain?.[noPath]}.`);
  }
  const failOn = FAIL_ON.find((level) => level === (values["fail-on"] ?? "mandatory"));
  if (failOn === undefined) {
    return wrong(`--fail-on is mandatory, advisory or undecided, not ${values["fail-on"]}.`);
  }
  const noVersion =
    notARelease("kubeadm", kubeadm, "1.30, v1.30 or v1.30.14") ?? notARelease("upgrade-to", upgradeTo, "v1.31.4");
  if (noVersion !== undefined) return wrong(noVersion);
  const [kubespray, roadTo] = range?.includes("..") === true ? range.split("..") : [range, undefined];
  if (kubespray !== undefined && inventory === undefined) {
    return wrong("--kubespray says who made the files of an inventory. Name the inventory with --inventory FILE.");
  }
  if (roadTo !== undefined && !/^v?\d{1,4}\.\d{1,4}\.\d{1,4}\.\.v?\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(range ?? "")) {
    return wrong(`--kubespray is a release such as v2.26.0, or two releases such as v2.25.0..v2.28.0, not ${range}.`);
  }
  const upgradeKubesprayTo = values["upgrade-kubespray-to"];
  const noRelease =
    notOfKubespray("kubespray", kubespray) ?? notOfKubespray("upgrade-kubespray-to", upgradeKubesprayTo);
  if (noRelease !== undefined) return wrong(noRelease);
  const { "kubeadm-config": kubeadmConfig, nodes, verbose = false } = values;
  const live = kubectlOptions({ ...values, kubeadmConfig });
  if (live.kind === "wrong") return live;
  const fromInput = nodes === "-" ? "nodes" : inventory === "-" ? "inventory" : undefined;
  if (fromInput !== undefined) {
    return wrong(`--${fromInput} takes a file; standard input is for --kubeadm-config alone.`);
  }
  return {
    kind: "options",
    options: {
      kubeadmConfig,
      live: live.kubectl,
      nodes,
      inventory,
      kubespray,
      kubeadm,
      step,
      upgradeTo,
      roadTo,
      upgradeKubesprayTo,
      format,
      failOn,
      verbose,
      explain: explain.flatMap((one) => (one === null ? [] : [{ node: one[1] ?? "", path: one[2] ?? "" }])),
      reports: named,
      record: values.record,
      compare: values.compare,
      accept: values.accept,
      baseline: values.baseline,
    },
  };
}

/** `--live` with its two companions. */
export function kubectlOptions(values: {
  readonly live?: boolean | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly kubeadmConfig: string | undefined;
}):
  | { readonly kind: "kubectl"; readonly kubectl: KubectlOptions | undefined }
  | { readonly kind: "wrong"; readonly why: string } {
  const { live, context, kubeconfig, kubeadmConfig } = values;
  const companion = context !== undefined ? "context" : kubeconfig !== undefined ? "kubeconfig" : undefined;
  if (live !== true) {
    return companion === undefined
      ? { kind: "kubectl", kubectl: undefined }
      : wrong(`--${companion} is for --live. Add --live, or leave it out.`);
  }
  if (kubeadmConfig !== undefined) return wrong("--live reads the kubeadm-config itself. Leave out --kubeadm-config.");
  return { kind: "kubectl", kubectl: { context, kubeconfig } };
}

/** Options that may be given several times. */
const OFTEN: ReadonlySet<string> = new Set(["report", "explain"]);

const OPTIONS = {
  "kubeadm-config": { type: "string" },
  live: { type: "boolean" },
  context: { type: "string" },
  kubeconfig: { type: "string" },
  nodes: { type: "string" },
  inventory: { type: "string" },
  kubespray: { type: "string" },
  kubeadm: { type: "string" },
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
  report: { type: "string", multiple: true },
  explain: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
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
  return `--${option} is a release of Kubernetes such as ${example}, not ${given}.`;
}

/** A release, or a branch as Kubespray names its own; which release a branch is at is not known. */
function notOfKubespray(option: string, given: string | undefined): string | undefined {
  if (given === undefined || /^(?:v?\d{1,4}\.\d{1,4}\.\d{1,4}|master|release-\d{1,4}\.\d{1,4})$/.test(given))
    return undefined;
  return `--${option} is a release such as v2.26.0, or a branch such as release-2.26, not ${given}.`;
}

function wrong(why: string): { readonly kind: "wrong"; readonly why: string } {
  return { kind: "wrong", why };
}

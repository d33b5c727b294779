import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import type { Baseline } from "../cluster/baseline";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import { POLICY_ANALYZE } from "../cluster/policy-analyze";
import { readBaseline } from "../evidence/read-baseline";
import { publicPath } from "../machine/public-text";
import { findProject } from "../settings/find-project";
import { type AcceptanceLayer, type MergedAcceptances, mergeAcceptances } from "../settings/merge-acceptances";
import type { LayeredSettings } from "../settings/merge-settings";
import { readAcceptances } from "../settings/read-acceptances";
import { type ReadDocument, readDocument, readOnce } from "../settings/read-files";
import { readSettings } from "../settings/read-settings";
import { settingShapes } from "../settings/settings-schema";
import { oneOf, refuse, type Shape, unknownKey } from "../settings/shape";
import {
  unknownForbidden,
  unknownPolicies,
  unknownPolicySettings,
  unknownStackSettings,
} from "../settings/unknown-settings";
import { configuredPolicies } from "./configured-policies";
import { type KubeadmGuardOptions, LEVELS, OPTION_NAMES } from "./kubeadm-guard-options";
import { ownProperty } from "./own-property";

/** The settings as they hold for one run. */
export interface RunSettings {
  readonly layers: LayeredSettings;
  readonly acceptances: MergedAcceptances;
  readonly baseline: Baseline | undefined;
  /** The files that reports are written to at the end of the run; each once. */
  readonly reports: readonly ReportFile[];
  readonly problems: readonly SettingsProblem[];
  /** Where relative paths of the settings start. */
  readonly folder: string;
  /** Where the program's own start; `undefined` where that is not known. */
  readonly programFolder: string | undefined;
  /** Reads each file once in a run, so that verdicts and reports are of the same text. */
  readonly readDocument: ReadDocument;
  /** `undefined` in `pulumi policy analyze`, which hands over neither the stack's name nor its configuration. */
  readonly stack: string | undefined;
}

/** A file that a report is to be written to. */
export interface ReportFile {
  /** Absolute. */
  readonly path: string;
  /** The setting that names it. */
  readonly where: string;
}

/** The policy whose configuration carries the settings. */
export const SETTINGS_POLICY = "control-plane-nodes-known";

/** What a pack knows of itself. */
interface PackSettings {
  /** What a team's own pack hands in. */
  readonly options: KubeadmGuardOptions;
  /** The severities of all policies on our model, by their names. */
  readonly severities: ReadonlyMap<string, string>;
  /** The names of the other policies of the pack. */
  readonly others: readonly string[];
}

/**
 * Reads what the stack, the policy configuration (`configured`, that of SETTINGS_POLICY) and a team's own pack say. Never
 * throws.
 */
export function runSettings(configured: unknown, pack: PackSettings): RunSettings {
  const places = [
    { where: (name: string) => `the pack's ${name}`, valueAt: (name: string) => ownProperty(pack.options, name) },
    { where: (name: string) => `${SETTINGS_POLICY}.${name}`, valueAt: (name: string) => ownProperty(configured, name) },
    { where: (name: string) => `kubeadm-guard:${name}`, valueAt: stackSetting },
  ].map((place) => readPlace(place, pack.severities));
  const [constructorArgument, policyConfiguration, stack] = places;
  const run = runNames();
  const startedIn = resolve(process.env["PWD"] ?? process.cwd());
  const project = findProject(startedIn, run.project);
  const folder = project?.folder ?? startedIn;
  const acceptances = mergeAcceptances(places, pack.severities);
  const known = [...pack.severities.keys(), ...pack.others];
  const baseline = baselineOf(places.toReversed(), folder, acceptances.forbidden);
  return {
    layers: {
      stack: stack?.clusters ?? [],
      policyConfiguration: policyConfiguration?.clusters ?? [],
      constructorArgument: constructorArgument?.clusters ?? [],
    },
    acceptances,
    baseline: baseline.baseline,
    reports: reportsOf(places, folder),
    problems: [
      ...unknownStackSettings(Object.keys(allConfig())),
      ...unknownPolicies([...configuredPolicies().keys()], "the policy configuration", known),
      ...unknownOptions(pack.options, known),
      ...unknownPolicySettings(SETTINGS_POLICY, configured),
      ...places.flatMap(({ problems }) => problems),
      ...baseline.problems,
      ...(run.stack === undefined && places.every(({ clusters }) => clusters.length === 0)
        ? [NO_STACK_CONFIGURATION]
        : []),
    ],
    folder,
    programFolder: project?.programFolder,
    readDocument: readOnce(),
    stack: run.stack,
  };
}

const NO_STACK_CONFIGURATION: SettingsProblem = {
  cluster: undefined,
  where: POLICY_ANALYZE,
  what: "It hands no stack configuration to a policy pack, so settings in Pulumi.STACK.yaml are not seen. Put them into the policy configuration: --policy-pack-config.",
  level: "advisory",
};

interface Place {
  /** A setting's name as its author writes it there. */
  readonly where: (name: string) => string;
  readonly valueAt: (name: string) => unknown;
}

interface PlaceReading extends AcceptanceLayer {
  readonly reports: readonly { readonly file: string; readonly where: string }[];
  readonly clusters: readonly ClusterSettings[];
  readonly baseline: { readonly file: string; readonly where: string } | undefined;
  readonly problems: readonly SettingsProblem[];
}

function readPlace({ where, valueAt }: Place, severities: ReadonlyMap<string, string>): PlaceReading {
  const problems: SettingsProblem[] = [];
  const report = (place: string, what: string) => problems.push({ cluster: undefined, where: place, what });
  const read = <T>(name: string, shape: Shape<T>): T | undefined => {
    const value = valueAt(name);
    return value === undefined ? undefined : shape.read(value, { where: where(name), report, leaveOut: () => {} });
  };
  const clusters = readSettings({ where: where("clusters"), value: valueAt("clusters") });
  const neverAccept = read("neverAccept", settingShapes.neverAccept) ?? [];
  problems.push(...unknownForbidden(neverAccept, where("neverAccept"), severities));
  const file = read("baseline", settingShapes.baseline);
  const reports = read("reports", settingShapes.reports) ?? [];
  return {
    clusters: clusters.clusters,
    accept: readAcceptances({ where: where("accept"), value: valueAt("accept") }, [...severities.keys()]),
    neverAccept,
    where: where("neverAccept"),
    baseline: file === undefined ? undefined : { file, where: where("baseline") },
    reports: reports.map((one, index) => ({ file: one, where: `${where("reports")}[${index}]` })),
    problems: [...clusters.problems, ...problems],
  };
}

/** The reports that any of the places asks for. */
function reportsOf(places: readonly PlaceReading[], folder: string): readonly ReportFile[] {
  const named = places.flatMap(({ reports }) =>
    reports.map(({ file, where }) => ({ path: resolve(folder, file), where })),
  );
  return [...new Map(named.map((one) => [one.path, one])).values()];
}

/** What is wrong with the names and levels of a team's own pack, which may be written in JavaScript. */
function unknownOptions(options: KubeadmGuardOptions, known: readonly string[]): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  for (const name of Object.keys(options)) {
    const isKnown = OPTION_NAMES.some((one) => one === name);
    if (isKnown) continue;
    const [where, what] = unknownKey("the pack", name, OPTION_NAMES);
    problems.push({ cluster: undefined, where, what });
  }
  const report = (where: string, what: string) => problems.push({ cluster: undefined, where, what });
  const at = (name: string) => ({ where: `the pack's ${name}`, report, leaveOut: () => {} });
  for (const name of ["policies", "pulumiPolicies"] as const)
    if (options[name] !== undefined && !Array.isArray(options[name])) refuse(at(name), "must be a list of policies");
  const levels = levelsOf(options);
  if (levels === undefined) refuse(at("levels"), 'must be a map: {"all": "mandatory"}');
  for (const [name, level] of levels ?? []) oneOf(LEVELS).read(level, at(`levels.${name}`));
  const names = (levels ?? []).map(([name]) => name);
  return [...problems, ...unknownPolicies(names, "the pack's levels", known)];
}

/** Undefined where the levels are not a map. */
function levelsOf({ levels = {} }: KubeadmGuardOptions): readonly (readonly [string, unknown])[] | undefined {
  return typeof levels === "object" && levels !== null && !Array.isArray(levels) ? Object.entries(levels) : undefined;
}

/** The baseline that the first of the places names. */
function baselineOf(places: readonly PlaceReading[], folder: string, forbidden: Baseline["forbidden"]) {
  const named = places.find(({ baseline }) => baseline !== undefined)?.baseline;
  if (named === undefined) return { baseline: undefined, problems: [] };
  const reading = readBaseline(readDocument(resolve(folder, named.file)));
  if (reading.kind === "baseline")
    return { baseline: { file: named.file, findings: reading.findings, forbidden }, problems: [] };
  const what = `${publicPath(reading.path)} cannot be used: ${reading.why}. Until it is fixed, every finding counts as new.`;
  return { baseline: undefined, problems: [{ cluster: undefined, where: named.where, what }] };
}

/** A setting of the stack's configuration; its text where that is not JSON, so that the reader can say so. */
function stackSetting(name: string): unknown {
  const config = new pulumi.Config("kubeadm-guard");
  try {
    return config.getObject(name);
  } catch {
    return config.get(name);
  }
}

/**
 * The project and the stack of the run; neither in `policy analyze`, for which the SDK has stand-in names
 * (`@pulumi/pulumi` 3.248.0, runtime/settings).
 */
function runNames(): { readonly project: string | undefined; readonly stack: string | undefined } {
  const [project, stack] = [pulumi.getProject(), pulumi.getStack()];
  const isTold = project !== "project" || stack !== "stack" || Object.keys(allConfig()).length > 0;
  return isTold ? { project, stack } : { project: undefined, stack: undefined };
}

import type { Policies, PolicyResource, ReportViolation, StackValidationArgs } from "@pulumi/policy";
import type { Cluster } from "../cluster/cluster";
import type { Outcome } from "../cluster/outcome";
import { otherConfigMaps } from "../evidence/other-config-maps";
import { resourceByUrn } from "../evidence/resource-by-urn";
import { type MarkedSecrets, NOTHING_MARKED, whileHiding } from "../machine/marked-secrets";
import { oneLine, publicText } from "../machine/public-text";
import { type Evaluation, evaluate } from "../policies/evaluate";
import { internalError } from "../policies/internal-error";
import type { Policy } from "../policies/support/policy";
import { reasonText } from "../reasons/reason-texts";
import { checkedLine } from "../reports/checked-line";
import type { PolicyUndecided } from "../reports/undecided-text";
import { thisPackage } from "../settings/this-package";
import { configuredPolicies } from "./configured-policies";
import type { KubeadmGuardOptions } from "./kubeadm-guard-options";
import { markedSecretsOf } from "./marked-secrets-of";
import { print } from "./print";
import { readClusters } from "./read-clusters";
import { Recorder } from "./recorder";
import { REMEDIATION } from "./remediation";
import { type RunSettings, runSettings, SETTINGS_POLICY } from "./run-settings";
import { send } from "./send";
import { settingsViolations } from "./settings-violations";
import { undecidedViolations, type Violation, violationsOf } from "./violations";
import { writeReports } from "./write-reports";

const TOOL = thisPackage();

/** The policy that records inputs and closes the run; a policy to the engine only. */
export const RECORDER = "evidence-recorded";

/** More than this in one run would help nobody, and a reply over 4 MB breaks the preview (docs/engine.md, "Violations"). */
const MOST_VIOLATIONS = 50;

/** What is the same for all runs of a pack. */
export interface Pack {
  readonly options: KubeadmGuardOptions;
  /** Ours, then the team's own. */
  readonly policies: readonly Policy[];
  /** The team's own, of the SDK. */
  readonly pulumiPolicies: Policies;
}

/**
 * One run of the engine: what was recorded, and what the policies have said so far. All of it is as of one time, so that
 * violations and reports agree over midnight.
 */
export class Run {
  readonly recorder = new Recorder();
  private model: Promise<Model> | undefined;
  private settings: RunSettings | undefined;
  private settingsBefore: RunSettings | undefined;
  private readonly evaluations = new Map<Cluster, readonly Evaluation[]>();
  private readonly open = new Map<Cluster, PolicyUndecided[]>();
  private reported = 0;
  private left = 0;
  /** Whether the policy that tells what is wrong with the settings was called: the engine leaves out one that is disabled. */
  private hasToldSettings = false;

  constructor(
    private readonly pack: Pack,
    private readonly now: Date,
  ) {}

  /** Whether a policy was called in this run, and so the stack has been read. */
  get hasSeenTheStack(): boolean {
    return this.model !== undefined;
  }

  /** Checks all clusters by one policy. Never throws: a fault of ours becomes an undecided outcome. */
  async check(policy: Policy, args: StackValidationArgs, report: ReportViolation): Promise<readonly Outcome[]> {
    this.model ??= this.readModel(
      args.resources,
      policy.id === SETTINGS_POLICY ? args.getConfig() : configuredPolicies().get(SETTINGS_POLICY),
    );
    const model = await this.model;
    this.hasToldSettings ||= policy.id === SETTINGS_POLICY;
    return whileHiding(model.marked, () => this.tellOutcomes(policy, report, model));
  }

  private tellOutcomes(policy: Policy, report: ReportViolation, { clusters, settings }: Model): readonly Outcome[] {
    if (clusters.length === 0 && policy.id === SETTINGS_POLICY)
      for (const violation of settingsViolations(settings)) this.tell(report, violation);
    return clusters.flatMap((cluster) => {
      const evaluation = this.evaluate(cluster).find((one) => one.policy === policy);
      if (evaluation === undefined) return [];
      const { outcome } = evaluation;
      for (const violation of violationsOf(evaluation, cluster, clusters.length > 1, TOOL))
        this.tell(report, violation);
      const undecided = outcome.kind === "undecided" || outcome.kind === "fail" ? outcome.undecided : [];
      if (undecided.length > 0) {
        this.open.set(cluster, [
          ...(this.open.get(cluster) ?? []),
          { policy: policy.id, undecided, accepted: evaluation.accepted },
        ]);
      }
      return [outcome];
    });
  }

  /** A text about the stack as it may be shown. */
  async publicWhy(text: string): Promise<string> {
    return whileHiding((await this.modelOrNone())?.marked ?? NOTHING_MARKED, () => publicText(oneLine(text)));
  }

  /** All policies at once, also those that the engine has disabled: whether an acceptance is used depends on all. */
  private evaluate(cluster: Cluster): readonly Evaluation[] {
    const known = this.evaluations.get(cluster) ?? evaluate(cluster, { now: this.now, policies: this.pack.policies });
    this.evaluations.set(cluster, known);
    return known;
  }

  /** Called last: tells what stayed undecided, once a cluster, and writes the reports. */
  async finish(report: ReportViolation): Promise<void> {
    const model = await this.modelOrNone();
    whileHiding(model?.marked ?? NOTHING_MARKED, () => {
      for (const line of this.checkedLines(model)) print(line);
      for (const violation of this.untoldSettings(model)) this.tell(report, violation);
      for (const [cluster, open] of this.open) {
        for (const violation of undecidedViolations(cluster, open)) this.tell(report, violation);
      }
      for (const message of this.writeReports(model)) {
        send(report, { policy: SETTINGS_POLICY, message, urn: undefined, level: "advisory" });
      }
    });
    if (this.left > 0) {
      const message = `${this.left} more violations are not shown; fix those above and preview again.`;
      send(report, { policy: SETTINGS_POLICY, message, urn: undefined, level: "advisory" });
    }
  }

  /** None where the stack was not read: whatever kept it from being read is told by the policies that are called. */
  private async modelOrNone(): Promise<Model | undefined> {
    try {
      return await this.model;
    } catch {
      return undefined;
    }
  }

  /** What was checked, a line for each cluster. Never throws. */
  private checkedLines(model: Model | undefined): readonly string[] {
    try {
      if (model === undefined) return [];
      const { clusters, otherNames } = model;
      const checked =
        clusters.length === 0
          ? ["this stack has no kubeadm-config, so nothing was checked"]
          : clusters.map((cluster) => checkedLine(cluster, this.evaluate(cluster)));
      return [...checked, ...otherConfigMapsLines(otherNames)];
    } catch {
      // Whatever kept the stack from being read is told by the policies that are called.
      return [];
    }
  }

  /** What is wrong with the settings, as advice, where the policy that tells it is disabled. Never throws. */
  private untoldSettings(model: Model | undefined): readonly Violation[] {
    try {
      if (model === undefined || this.hasToldSettings) return [];
      const { clusters, settings } = model;
      const violations =
        clusters.length === 0
          ? settingsViolations(settings)
          : clusters.flatMap((cluster) =>
              this.evaluate(cluster)
                .filter(({ policy }) => policy.id === SETTINGS_POLICY)
                .flatMap((one) => violationsOf(settingsAlone(one), cluster, clusters.length > 1, TOOL)),
            );
      return violations.map((one) => ({ ...one, level: "advisory" }));
    } catch {
      // Whatever kept the stack from being read is told by the policies that are called.
      return [];
    }
  }

  /** What could not be written, each as a sentence. Never throws. */
  private writeReports(model: Model | undefined): readonly string[] {
    try {
      if (model === undefined) return [];
      const checked = model.clusters.map((cluster) => ({ cluster, evaluations: this.evaluate(cluster) }));
      return writeReports(model.settings, checked, this.now);
    } catch (error) {
      return [`The reports could not be written: ${reasonText(internalError("reports", error))}`];
    }
  }

  /** The level of what is undecided where no cluster could be read: the strictest that the settings ask for. */
  undecidedLevel(): "advisory" | "mandatory" {
    const { stack = [], policyConfiguration = [], constructorArgument = [] } = this.settings?.layers ?? {};
    const all = [...stack, ...policyConfiguration, ...constructorArgument];
    return all.some(({ undecided }) => undecided === "mandatory") ? "mandatory" : "advisory";
  }

  private tell(report: ReportViolation, violation: Violation): void {
    if (this.reported < MOST_VIOLATIONS) send(report, violation);
    else this.left += 1;
    this.reported += 1;
  }

  /** The settings as far as they are known before the policies are called: without the policy configuration. */
  settingsWithout(): RunSettings {
    this.settingsBefore ??= this.settingsWith(undefined);
    return this.settingsBefore;
  }

  private settingsWith(configured: unknown): RunSettings {
    const { options, policies, pulumiPolicies } = this.pack;
    return runSettings(configured, {
      options,
      severities: new Map(policies.map(({ id, severity }) => [id, severity])),
      others: [...pulumiPolicies.map(({ name }) => name), REMEDIATION, RECORDER],
    });
  }

  private async readModel(resources: readonly PolicyResource[], configured: unknown): Promise<Model> {
    const settings = this.settingsWith(configured);
    this.settings = settings;
    const all = await this.recorder.join(resources);
    const marked = markedSecretsOf(all, settings, this.pack.options);
    return whileHiding(marked, () => {
      const otherNames = otherConfigMaps(all, resourceByUrn(all));
      return { settings, marked, otherNames, clusters: readClusters(all, settings) };
    });
  }
}

interface Model {
  readonly settings: RunSettings;
  readonly clusters: readonly Cluster[];
  /** The ConfigMaps with a ClusterConfiguration that kubeadm does not read. */
  readonly otherNames: readonly string[];
  /** What no message may quote. */
  readonly marked: MarkedSecrets;
}

const MOST_NAMES = 3;

/** Says that a ClusterConfiguration was not checked, so that a misnamed ConfigMap is not taken for one that passed. */
function otherConfigMapsLines(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return [`not checked: ${shown}${more}; of ConfigMaps kubeadm reads kube-system/kubeadm-config alone`];
}

/** The evaluation with nothing but what is wrong with the settings: whether nodes are known is what was disabled. */
function settingsAlone(evaluation: Evaluation): Evaluation {
  const { outcome } = evaluation;
  if (outcome.kind !== "fail") return evaluation;
  const findings = outcome.findings.filter(({ message }) => message === "settingsProblem");
  return { ...evaluation, outcome: { ...outcome, findings } };
}

import type {
  PolicyPackArgs,
  PolicyResource,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Cluster } from "../cluster/cluster";
import type { Outcome } from "../cluster/outcome";
import { oneLine, publicText, visibleLines } from "../machine/public-text";
import { type Evaluation, evaluate } from "../policies/evaluate";
import { policies } from "../policies/index";
import { internalError } from "../policies/internal-error";
import type { Policy } from "../policies/support/policy";
import { reasonText } from "../reasons/reason-texts";
import { policyUrl } from "../reports/policy-page";
import type { PolicyUndecided } from "../reports/undecided-text";
import { policyConfigSchema } from "../settings/settings-schema";
import { thisPackage } from "../settings/this-package";
import { listenForPolicyNames } from "./configured-policies";
import { type KubeadmGuardOptions, LEVELS, type Level } from "./kubeadm-guard-options";
import { readClusters } from "./read-clusters";
import { Recorder } from "./recorder";
import { type RunSettings, runSettings, SETTINGS_POLICY } from "./run-settings";
import { settingsViolations } from "./settings-violations";
import { undecidedViolation, type Violation, violationsOf } from "./violations";
import { writeReports } from "./write-reports";

/**
 * All of a pack but its name: `new PolicyPack("ours", kubeadmGuard({ levels: { all: "mandatory" } }))`. The policies, the team's own
 * ones, and the recorder that feeds them.
 */
export function kubeadmGuard(options: KubeadmGuardOptions = {}): PolicyPackArgs {
  listenForPolicyNames();
  const run = new Run(options);
  const { levels = {}, pulumiPolicies = [] } = options;
  const levelOf = (policy: Policy) => [levels[policy.id], levels["all"]].find(isLevel) ?? policy.level;
  return {
    description: "Proves that a kubeadm cluster's shared configuration can be served by every control-plane node.",
    displayName: "kubeadm-guard",
    enforcementLevel: "advisory",
    policies: [
      ...run.policies.map((policy) => stackPolicy(policy, run, levelOf(policy))),
      ...pulumiPolicies,
      recorder(run),
    ],
  };
}

function isLevel(level: string | undefined): level is Level {
  const levels: readonly (string | undefined)[] = LEVELS;
  return levels.includes(level);
}

const TOOL = thisPackage();

/** More than this in one run would help nobody, and a reply over 4 MB breaks the preview (docs/engine.md, "Violations"). */
const MOST_VIOLATIONS = 50;

/** One run of the engine: what was recorded, and what the policies have said so far. */
class Run {
  readonly recorder = new Recorder();
  private model: Promise<Model> | undefined;
  private settings: RunSettings | undefined;
  private evaluations = new Map<Cluster, readonly Evaluation[]>();
  private open = new Map<Cluster, PolicyUndecided[]>();
  private reported = 0;
  private left = 0;

  /** Ours, then the team's own. */
  readonly policies: readonly Policy[];

  constructor(private readonly options: KubeadmGuardOptions) {
    this.policies = [...policies, ...(options.policies ?? [])];
  }

  /** Checks all clusters by one policy. Never throws: a fault of ours becomes an undecided outcome. */
  async check(policy: Policy, args: StackValidationArgs, report: ReportViolation): Promise<readonly Outcome[]> {
    this.model ??= this.readModel(args.resources, policy.id === SETTINGS_POLICY ? args.getConfig() : undefined);
    const { clusters, settings } = await this.model;
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
        this.open.set(cluster, [...(this.open.get(cluster) ?? []), { policy: policy.id, undecided }]);
      }
      return [outcome];
    });
  }

  /** All policies at once, also those that the engine has disabled: whether an acceptance is used depends on all. */
  private evaluate(cluster: Cluster): readonly Evaluation[] {
    const known = this.evaluations.get(cluster) ?? evaluate(cluster, { now: new Date(), policies: this.policies });
    this.evaluations.set(cluster, known);
    return known;
  }

  /** Called last: tells what stayed undecided, once a cluster, writes the reports, and forgets the run. */
  async finish(report: ReportViolation): Promise<void> {
    for (const [cluster, open] of this.open) {
      const violation = undecidedViolation(cluster, open);
      if (violation !== undefined) this.tell(report, violation);
    }
    for (const message of await this.writeReports()) {
      send(report, { policy: SETTINGS_POLICY, message, urn: undefined, level: "advisory" });
    }
    if (this.left > 0) {
      const message = `${this.left} more violations are not shown; fix those above and preview again.`;
      send(report, { policy: SETTINGS_POLICY, message, urn: undefined, level: "advisory" });
    }
    this.model = undefined;
    this.evaluations = new Map();
    this.open = new Map();
    this.reported = 0;
    this.left = 0;
  }

  /** What could not be written, each as a sentence. Never throws. */
  private async writeReports(): Promise<readonly string[]> {
    try {
      const model = await this.model;
      if (model === undefined) return [];
      const checked = model.clusters.map((cluster) => ({ cluster, evaluations: this.evaluate(cluster) }));
      return writeReports(model.settings.reports, checked, new Date());
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

  private async readModel(resources: readonly PolicyResource[], configured: unknown): Promise<Model> {
    const { pulumiPolicies = [] } = this.options;
    const settings = runSettings(configured, {
      options: this.options,
      severities: new Map(this.policies.map(({ id, severity }) => [id, severity])),
      others: [...pulumiPolicies.map(({ name }) => name), RECORDER],
    });
    this.settings = settings;
    return { settings, clusters: readClusters(await this.recorder.join(resources), settings) };
  }
}

interface Model {
  readonly settings: RunSettings;
  readonly clusters: readonly Cluster[];
}

function stackPolicy(policy: Policy, run: Run, level: Level): StackValidationPolicy {
  const url = policyUrl(policy.id, TOOL);
  return {
    name: policy.id,
    displayName: policy.title,
    description: policy.description,
    enforcementLevel: level,
    severity: policy.severity,
    remediationSteps: policy.remediation,
    tags: ["kubernetes", "kubeadm", "etcd"],
    ...(url === null ? {} : { url }),
    ...(policy.id === SETTINGS_POLICY ? { configSchema: policyConfigSchema() } : {}),
    validateStack: async (args, report) => {
      const outcomes = await outcomesOf(policy, run, args, report);
      const reasons = outcomes.flatMap((outcome) => (outcome.kind === "not-applicable" ? [outcome.why] : []));
      if (outcomes.length === 0) args.notApplicable("This stack has no kubeadm-config.");
      if (reasons.length === outcomes.length) args.notApplicable(publicText(oneLine([...new Set(reasons)].join("; "))));
    },
  };
}

/** The outcomes, or none where reading the stack itself failed, which is then told as undecided. */
async function outcomesOf(
  policy: Policy,
  run: Run,
  args: StackValidationArgs,
  report: ReportViolation,
): Promise<readonly Outcome[]> {
  try {
    return await run.check(policy, args, report);
  } catch (error) {
    const message = `Undecided: ${reasonText(internalError(policy.id, error))}`;
    send(report, { policy: policy.id, message, urn: undefined, level: run.undecidedLevel() });
    return [{ kind: "undecided", undecided: [], remarks: [] }];
  }
}

const RECORDER = "evidence-recorded";

/**
 * Stands last: records inputs when the engine asks about each resource, and closes the run when it asks about the stack.
 * It reports nothing of its own.
 */
function recorder(run: Run): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: RECORDER,
    displayName: "Evidence recorded",
    description: "Records what the other policies need to know; reports nothing itself.",
    enforcementLevel: "advisory",
    validateResource: async (args) => {
      await run.recorder.record(args);
    },
    validateStack: async (_args, report) => run.finish(report),
  };
}

/** Reports with a level of its own. The SDK takes this form at run time; its type leaves it out (docs/engine.md, "Violations"). */
function send(report: ReportViolation, { policy, message, urn, level }: Violation): void {
  const detailed: (args: { name: string; message: string; urn?: string; enforcementLevel?: string }) => void =
    Object.assign(report);
  detailed({
    name: policy,
    message: publicText(visibleLines(message)),
    ...(urn === undefined ? {} : { urn }),
    ...(level === undefined ? {} : { enforcementLevel: level }),
  });
}

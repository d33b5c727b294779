import type { ReportViolation, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import type { Outcome } from "../cluster/outcome";
import { internalError } from "../policies/internal-error";
import type { Policy } from "../policies/support/policy";
import { reasonText } from "../reasons/reason-texts";
import { policyUrl } from "../reports/policy-page";
import { policyConfigSchema } from "../settings/settings-schema";
import { thisPackage } from "../settings/this-package";
import type { Level } from "./kubeadm-guard-options";
import { SETTINGS_POLICY } from "./run-settings";
import type { Runs } from "./runs";
import { send } from "./send";
import { withoutStack } from "./show-stack-once";

/** The benchmark that the numbers of controls are of. */
const BENCHMARK = { name: "CIS Kubernetes Benchmark", version: "1.12" };

/** A policy as the SDK takes it. The first one that is called in a run reads the stack, for all of them. */
export function stackPolicy(policy: Policy, runs: Runs, level: Level): StackValidationPolicy {
  const url = policyUrl(policy.id, thisPackage());
  const validate = async (args: StackValidationArgs, report: ReportViolation) => {
    const outcomes = await outcomesOf(policy, runs, args, report);
    const reasons = outcomes.flatMap((outcome) => (outcome.kind === "not-applicable" ? [outcome.why] : []));
    if (outcomes.length === 0) args.notApplicable("This stack has no kubeadm-config.");
    if (reasons.length === outcomes.length)
      args.notApplicable(await runs.current.publicWhy([...new Set(reasons)].join("; ")));
  };
  return {
    name: policy.id,
    displayName: policy.title,
    description: policy.description,
    enforcementLevel: level,
    severity: policy.severity,
    remediationSteps: policy.remediation,
    tags: ["kubernetes", "kubeadm", ...(policy.tags ?? [])],
    ...(policy.control === undefined ? {} : { framework: { ...BENCHMARK, ...policy.control } }),
    ...(url === null ? {} : { url }),
    ...(policy.id === SETTINGS_POLICY ? { configSchema: policyConfigSchema() } : {}),
    validateStack: withoutStack(validate, () => runs.haveSeenTheStack),
  };
}

/** The outcomes, or none where reading the stack itself failed, which is then told as undecided. */
async function outcomesOf(
  policy: Policy,
  runs: Runs,
  args: StackValidationArgs,
  report: ReportViolation,
): Promise<readonly Outcome[]> {
  try {
    return await runs.current.check(policy, args, report);
  } catch (error) {
    const message = `Undecided: ${reasonText(internalError(policy.id, error))}`;
    send(report, { policy: policy.id, message, urn: undefined, level: runs.current.undecidedLevel() });
    return [{ kind: "undecided", undecided: [], remarks: [] }];
  }
}

import type { PolicyPackArgs } from "@pulumi/policy";
import type { Policy } from "../policies/support/policy";
import { listenForPolicyConfiguration } from "./configured-policies";
import { type KubeadmGuardOptions, LEVELS, type Level } from "./kubeadm-guard-options";
import { recorderPolicy } from "./recorder-policy";
import { REMEDIATION, remediation } from "./remediation";
import { Run } from "./run";
import { listenForTheStackShown } from "./show-stack-once";
import { stackPolicy } from "./stack-policy";

/**
 * All of a pack but its name: `new PolicyPack("ours", kubeadmGuard({ levels: { all: "mandatory" } }))`. The policies, the team's own
 * ones, and the recorder that feeds them.
 */
export function kubeadmGuard(options: KubeadmGuardOptions = {}): PolicyPackArgs {
  listenForPolicyConfiguration();
  listenForTheStackShown();
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
      remediation(() => run.settingsWithout(), [levels[REMEDIATION]].find(isLevel) ?? "disabled"),
      recorderPolicy(run),
    ],
  };
}

function isLevel(level: string | undefined): level is Level {
  const levels: readonly (string | undefined)[] = LEVELS;
  return levels.includes(level);
}

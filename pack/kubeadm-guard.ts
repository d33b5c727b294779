import type { PolicyPackArgs } from "@pulumi/policy";
import { policies as ours } from "../policies/index";
import type { Policy } from "../policies/support/policy";
import { clock } from "./clock";
import { listenForPolicyConfiguration } from "./configured-policies";
import { type KubeadmGuardOptions, LEVELS, type Level } from "./kubeadm-guard-options";
import { listenForSecrets } from "./listen-for-secrets";
import { readableOptions } from "./readable-options";
import { recorderPolicy } from "./recorder-policy";
import { REMEDIATION, remediation } from "./remediation";
import { Runs } from "./runs";
import { listenForTheStackShown } from "./show-stack-once";
import { stackPolicy } from "./stack-policy";

/**
 * All of a pack but its name: `new PolicyPack("ours", kubeadmGuard({ levels: { all: "mandatory" } }))`. The policies, the team's own
 * ones, and the recorder that feeds them.
 */
export function kubeadmGuard(given: KubeadmGuardOptions = {}): PolicyPackArgs {
  listenForPolicyConfiguration();
  listenForTheStackShown();
  listenForSecrets();
  const options = readableOptions(given);
  const { levels } = options;
  // What is not a list is told with the settings.
  const policies = [...ours, ...listOf(options.policies)];
  const pulumiPolicies = listOf(options.pulumiPolicies);
  const runs = new Runs({ options, policies, pulumiPolicies }, clock);
  const levelOf = (policy: Policy) => [levels?.[policy.id], levels?.["all"]].find(isLevel) ?? policy.level;
  return {
    description:
      "Checks, before an upgrade, that every control-plane node can use the cluster's shared kubeadm configuration.",
    displayName: "kubeadm-guard",
    readme: readme(policies),
    provider: "kubernetes",
    tags: ["kubernetes", "kubeadm", "kubespray", "etcd", "certificates"],
    enforcementLevel: "advisory",
    policies: [
      ...policies.map((policy) => stackPolicy(policy, runs, levelOf(policy))),
      ...pulumiPolicies,
      remediation(() => runs.current.settingsWithout(), [levels?.[REMEDIATION]].find(isLevel) ?? "disabled"),
      recorderPolicy(runs),
    ],
  };
}

/** The page of the pack in Pulumi Cloud. */
function readme(policies: readonly Policy[]): string {
  return [
    "# kubeadm-guard",
    "",
    "Catches a kubeadm upgrade that would fail on a control-plane node, at `pulumi preview`: all control-plane nodes share the",
    "`kubeadm-config` ConfigMap, and it may name a certificate that only one of them has.",
    "",
    "What no program states stands in the stack's configuration under `kubeadm-guard:clusters`, or in the configuration of",
    "`control-plane-nodes-known`. `kubeadm-guard explain ID` prints the page of a policy.",
    "",
    ...policies.map(({ id, description }) => `- **${id}**: ${description}`),
    "",
  ].join("\n");
}

function listOf<Item>(given: Item[] | undefined): Item[];
function listOf<Item>(given: readonly Item[] | undefined): readonly Item[];
function listOf<Item>(given: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(given) ? given : [];
}

function isLevel(level: string | undefined): level is Level {
  const levels: readonly (string | undefined)[] = LEVELS;
  return levels.includes(level);
}

import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import type { ClusterSettings, SettingsProblem } from "../cluster/cluster-settings";
import { findProject } from "../settings/find-project";
import type { LayeredSettings } from "../settings/merge-settings";
import { readSettings } from "../settings/read-settings";
import { unknownPolicies, unknownPolicySettings, unknownStackSettings } from "../settings/unknown-settings";
import { configuredPolicies } from "./configured-policies";

/** The settings as they hold for one run. */
export interface RunSettings {
  readonly layers: LayeredSettings;
  readonly problems: readonly SettingsProblem[];
  /** Where relative paths of the settings start. */
  readonly folder: string;
  /** Where the program's own start; `undefined` where that is not known. */
  readonly programFolder: string | undefined;
  /** `undefined` in `pulumi policy analyze`, which hands over neither the stack's name nor its configuration. */
  readonly stack: string | undefined;
}

/** The policy whose configuration carries the settings. */
export const SETTINGS_POLICY = "control-plane-nodes-known";

/** What a pack knows of itself. */
interface PackSettings {
  /** What a team's own pack hands in. */
  readonly clusters?: readonly ClusterSettings[];
  /** The names of all policies of the pack. */
  readonly policies: readonly string[];
}

/**
 * Reads what the stack, the policy configuration (`configured`, that of SETTINGS_POLICY) and a team's own pack say. Never
 * throws.
 */
export function runSettings(configured: unknown, pack: PackSettings): RunSettings {
  const stack = readSettings({ where: "kubeadm-guard:clusters", value: stackSetting("clusters") });
  const policy = readSettings({ where: `${SETTINGS_POLICY}.clusters`, value: clustersIn(configured) });
  const own = readSettings({ where: "the pack's clusters", value: pack.clusters });
  const startedIn = resolve(process.env["PWD"] ?? process.cwd());
  const project = findProject(startedIn, optional(pulumi.getProject));
  return {
    layers: {
      stack: stack.clusters,
      policyConfiguration: policy.clusters,
      constructorArgument: own.clusters,
    },
    problems: [
      ...unknownStackSettings(Object.keys(allConfig())),
      ...stack.problems,
      ...unknownPolicies(configuredPolicies(), pack.policies),
      ...unknownPolicySettings(SETTINGS_POLICY, configured),
      ...policy.problems,
      ...own.problems,
    ],
    folder: project?.folder ?? startedIn,
    programFolder: project?.programFolder,
    stack: optional(pulumi.getStack),
  };
}

/** A setting of the stack's configuration; its text where that is no JSON, so that the reader can say so. */
function stackSetting(name: string): unknown {
  const config = new pulumi.Config("kubeadm-guard");
  try {
    return config.getObject(name);
  } catch {
    return config.get(name);
  }
}

/** `policy analyze` names neither stack nor project. */
function optional(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function clustersIn(configuration: unknown): unknown {
  if (typeof configuration !== "object" || configuration === null || !("clusters" in configuration)) return undefined;
  return configuration.clusters;
}

import type { Policies } from "@pulumi/policy";
import type { ClusterSettings } from "../cluster/cluster-settings";
import type { Policy } from "../policies/support/policy";
import type { AcceptanceSettings } from "../settings/acceptance-shape";

export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type Level = (typeof LEVELS)[number];

/** What a team's own pack hands in. Its word on strictness comes before the policy configuration's and the stack's. */
export interface KubeadmGuardOptions {
  /** Levels by the name of the policy; `all` is for those that are not named. `remediate` is mandatory for all but external-etcd-files-renamed. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** The same as `kubeadm-guard:clusters`. The name `*` stands for every cluster. */
  readonly clusters?: readonly ClusterSettings[];
  /** The same as `kubeadm-guard:accept`. */
  readonly accept?: readonly AcceptanceSettings[];
  /** Policies, and severities of policies, whose findings no stack may accept. */
  readonly neverAccept?: readonly string[];
  /** A file that `kubeadm-guard baseline` wrote. */
  readonly baseline?: string;
  /** Files to write at the end of a preview, the format by the name: `report.json`, `report.sarif`. */
  readonly reports?: readonly string[];
  /** The team's own policies on the same model; they are evaluated, accepted and reported as ours are. */
  readonly policies?: readonly Policy[];
  /** The team's policies of the Pulumi SDK, which see resources and no clusters. */
  readonly pulumiPolicies?: Policies;
}

/** The options by name, so that a misspelt one can be reported. */
export const OPTION_NAMES: readonly (keyof KubeadmGuardOptions)[] = [
  "levels",
  "clusters",
  "accept",
  "neverAccept",
  "baseline",
  "reports",
  "policies",
  "pulumiPolicies",
];

/** What a team's own pack imports from `kubeadm-guard/pack`. */
export type { Cluster, ControlPlaneNode } from "../cluster/cluster";
export type { ClusterSettings } from "../cluster/cluster-settings";
export { type Finding, type Outcome, outcomeOf, type Undecided } from "../cluster/outcome";
export { type Context, type Message, messageTemplate, type Policy, type Severity } from "../policies/support/policy";
export type { AcceptanceSettings } from "../settings/acceptance-shape";
export { kubeadmGuard } from "./kubeadm-guard";
export type { KubeadmGuardOptions, Level } from "./kubeadm-guard-options";

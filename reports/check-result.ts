import type { KubeadmStep, NodePrediction } from "../cluster/predict-kubeadm";
import type { PolicyResult } from "./policy-result";

/** What `kubeadm-guard check` found, ready to be shown. */
export interface CheckResult {
  readonly step: KubeadmStep;
  readonly clusters: readonly ClusterResult[];
}

export interface ClusterResult {
  readonly name: string;
  /** One for each policy, in the order of reports. */
  readonly outcomes: readonly PolicyResult[];
  /** What kubeadm would say, in the order of the nodes. */
  readonly kubeadm: readonly NodePrediction[];
}

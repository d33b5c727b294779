import type { KubeadmStep } from "../cluster/predict-kubeadm";
import type { KubectlOptions } from "./kubectl-options";

/** Which cluster a command is about, and what is known of it. */
export interface ClusterOptions {
  /** A file; `-` is standard input; undefined where none was named, which means standard input if something comes from it. */
  readonly kubeadmConfig: string | undefined;
  /** Set where kubectl is to be asked for it. */
  readonly live?: KubectlOptions | undefined;
  readonly nodes: string | undefined;
  readonly inventory: string | undefined;
  readonly kubespray: string | undefined;
  /** The release to check against, as given: `1.30`, `v1.30.14`. */
  readonly kubeadm: string | undefined;
  readonly upgradeTo: string | undefined;
  /** The release of Kubespray at the end of a range, whose upgrade path is walked: `v2.28.0` of `v2.25.0..v2.28.0`. */
  readonly kubesprayTo?: string | undefined;
  /** The release of Kubespray that is to run the upgrade. */
  readonly upgradeKubesprayTo?: string | undefined;
  /** What is to be run; an upgrade where it is left out. */
  readonly step?: KubeadmStep;
  /** The record of the kubeadm-config. */
  readonly record?: string | undefined;
  /** The record of another environment, or a file in the shape of the setting `compareWith`. */
  readonly compare?: string | undefined;
  /** A file of acceptances. */
  readonly accept?: string | undefined;
  readonly baseline?: string | undefined;
}

/** The options that say which cluster a command is about, for node:util's parseArgs: every such command takes them. */
export const CLUSTER_OPTIONS = {
  "kubeadm-config": { type: "string" },
  live: { type: "boolean" },
  context: { type: "string" },
  kubeconfig: { type: "string" },
  nodes: { type: "string" },
  inventory: { type: "string" },
  kubespray: { type: "string" },
  kubeadm: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

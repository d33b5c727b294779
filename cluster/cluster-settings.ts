import type { Acceptance } from "./acceptance";
import type { Baseline } from "./baseline";
import type { DocumentPlace } from "./document-lines";
import type { AllowedDifference } from "./record/allowed-difference";

/**
 * What people say about a cluster where the program cannot: `kubeadm-guard:clusters` of the stack, the policy
 * configuration of control-plane-nodes-known, or the constructor of a team's own pack. settings/ reads and merges them.
 */
export interface ClusterSettings {
  readonly name: string;
  /** Which kubeadm-config this is about, if the stack has several: URN, or the Pulumi name of its provider or a parent. */
  readonly kubeadmConfig?: string;
  readonly controlPlaneNodes?: readonly MachineSettings[];
  readonly etcdHosts?: readonly MachineSettings[];
  readonly otherHosts?: readonly MachineSettings[];
  readonly kubespray?: KubespraySettings;
  readonly files?: readonly FileSettings[];
  /** Path of a listing of what is really on each node. */
  readonly listing?: string;
  /** What a file is that no evidence is about. Default `undecided`. */
  readonly unlisted?: "undecided" | "missing";
  /** Whether an undecided outcome stops a preview. Default `advisory`. */
  readonly undecided?: "advisory" | "mandatory";
  /** A certificate that expires within this many days is a finding; 30 by default. */
  readonly minRemainingDays?: number;
  /** Path of the record of the kubeadm-config that drift is measured against. */
  readonly record?: string;
  readonly compareWith?: ComparisonSettings;
  /** What a remediation renames the files of etcd.external to. */
  readonly renameEtcdFiles?: EtcdFileSettings;
  readonly upgradeTo?: { readonly kubernetes?: string; readonly kubespray?: string };
  /** Findings that the team has agreed to live with, of this cluster. From a setting of its own. */
  readonly accept?: readonly ClusterAcceptance[];
  /** The findings that were there when the pack was adopted. From a setting of its own. */
  readonly baseline?: Baseline;
}

/** The files of etcd.external, as absolute paths. */
export interface EtcdFileSettings {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile?: string;
}

/** An acceptance as it concerns one cluster. */
export interface ClusterAcceptance {
  readonly acceptance: Acceptance;
  /** True if it is about nothing but this cluster, so that it is unused where it accepts nothing here. */
  readonly isOnlyHere: boolean;
}

export interface MachineSettings {
  readonly name: string;
  readonly addresses?: readonly string[];
  /** URN or Pulumi name of its VM or scaling group. */
  readonly resource?: string;
}

/** Another environment, and where this one may differ from it. */
export interface ComparisonSettings {
  /** Path of the other environment's record. */
  readonly record: string;
  readonly allow?: readonly AllowedDifference[];
}

export interface KubespraySettings {
  readonly inventory: string;
  readonly release?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface FileSettings {
  /** Names of nodes; absent means every control-plane node. */
  readonly nodes?: readonly string[];
  readonly path: string;
  readonly link?: string;
  readonly mode?: string;
  readonly content?: string;
  readonly sha256?: string;
}

/** Something wrong with the settings or with a file they name. The rest is still used. */
export interface SettingsProblem {
  /** The cluster it concerns, `undefined` for the settings as a whole. */
  readonly cluster: string | undefined;
  /** Where: `kubeadm-guard:clusters[0].controlPlaneNodes`. */
  readonly where: string;
  /** What is wrong and what to do, in one or two sentences; ends in a period. */
  readonly what: string;
  /** The place in a file that it is about, where it is not `where` itself. */
  readonly in?: DocumentPlace;
  /**
   * Its level; without one it stops a preview. A remark: all that counts was still understood, so it is
   * not a defect and only printed.
   */
  readonly level?: "advisory" | "remark";
  /** The key of the cluster's settings from which something was left out on account of it: `controlPlaneNodes`. */
  readonly leavesOut?: string;
}

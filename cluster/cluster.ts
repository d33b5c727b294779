import type { EtcdServers } from "../kubeadm/predict/predict-init-preflight";
import type { Source, Urn } from "../machine/source";
import type { Reason } from "../reasons/reason";
import type { PlannedPem } from "./certificates/planned-pem";
import type { ClusterSettings, SettingsProblem } from "./cluster-settings";
import type { KnownConfiguration } from "./configuration/known-configuration";
import type { SubjectFile } from "./configuration/subject-file";
import type { KubeadmRun } from "./evidence";
import type { InventoryEtcd } from "./inventory-etcd";
import type { LiveCluster } from "./live-cluster";
import type { Node } from "./node";
import type { NodeFiles } from "./node-files";
import type { UndecidedReason } from "./presence";
import type { Comparison } from "./record/comparison";
import type { RecordReading } from "./record/configuration-record";
import type { UpgradePath } from "./upgrade-path";

/** What the policies check: one kubeadm cluster, as far as it is declared. Frozen; no Pulumi in it. */
export interface Cluster {
  readonly name: string;
  readonly subject: Subject;
  readonly configuration: ConfigurationState;
  readonly controlPlane: ControlPlane;
  readonly etcdHosts: readonly Node[];
  readonly otherHosts: readonly Node[];
  /** What a listing says that etcd serves: null for plain http, `undefined` where nothing says it. */
  readonly etcdServers: EtcdServers | null | undefined;
  /** Where etcd runs by a Kubespray inventory; `undefined` where there is none. */
  readonly inventoryEtcd?: InventoryEtcd | undefined;
  /** What contents of the kind `tls` will hold. */
  readonly plannedPems: ReadonlyMap<Urn, PlannedPem>;
  readonly kubeadmRuns: readonly MatchedKubeadmRun[];
  /** Hosts that evidence is about and that are not known machines. */
  readonly unknownHosts: readonly UnknownHost[];
  /** What the API of the running cluster shows, where it was read. */
  readonly live: LiveCluster | undefined;
  /** The record of its kubeadm-config, where the settings name one. */
  readonly record: RecordReading | undefined;
  /** The other environment that it is to agree with, where the settings name one. */
  readonly comparison: Comparison | undefined;
  /** The upgrade path by Kubespray that is to be followed, where the settings or the command line ask for one. */
  readonly upgradePath?: UpgradePath | undefined;
  readonly settings: ClusterSettings;
  readonly problems: readonly SettingsProblem[];
}

/** What carries the configuration: a ConfigMap, a ConfigMapPatch, or a file given to the command line. */
export interface Subject {
  readonly source: Source;
  readonly urn?: Urn;
  /** Where in it the text is: `data.ClusterConfiguration`. */
  readonly field: string;
  /** Set where only parts of the configuration stand there: who fills in the rest. */
  readonly partial?: string;
  /** Set where it is a file for kubeadm's `--config`, which may hold documents beside the ClusterConfiguration. */
  readonly file?: SubjectFile;
  /** Absolute paths of files of the program, or of folders with them, in which the text may stand. */
  readonly programFiles?: readonly string[];
}

/** How far the text of the ClusterConfiguration is known. */
export type ConfigurationState =
  | KnownConfiguration
  /** Not before the update; `waitsFor` are the resources its value comes from. */
  | { readonly kind: "unknown-until-update"; readonly waitsFor: readonly string[] }
  /** Nor is it known what will decide it: a file on a node, of which something unknown may have become. */
  | { readonly kind: "undecided"; readonly reason: Reason }
  /** A partial object (a patch) or a file that does not carry it, or a resource that `--target` left out. */
  | { readonly kind: "not-carried"; readonly why: string }
  /** kubeadm would find no text there. */
  | { readonly kind: "absent"; readonly error: string };

export type ControlPlane =
  | {
      readonly kind: "known";
      readonly nodes: readonly ControlPlaneNode[];
      /** Why there might be more of them. */
      readonly more: readonly UndecidedReason[];
    }
  /** `might`: what in the program might be one; empty where nothing might. */
  | { readonly kind: "unknown"; readonly might: readonly UndecidedReason[] };

export interface ControlPlaneNode extends Node {
  readonly files: NodeFiles;
  /** True if a source reached this node by its address or its resource. */
  readonly reached: boolean;
}

/** A run of kubeadm, matched to the nodes it runs on; none where that is not known. */
export interface MatchedKubeadmRun extends KubeadmRun {
  readonly nodes: readonly string[];
}

/** A host that evidence is about and that is not a known machine. */
export interface UnknownHost {
  readonly host: string;
  readonly source: Source;
  /** True if what it gets concerns the folders of the external etcd files. */
  readonly concernsEtcdFiles: boolean;
}

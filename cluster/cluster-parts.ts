import type { EtcdServers } from "../kubeadm/predict/predict-init-preflight";
import type { ConfigurationState, Subject } from "./cluster";
import type { ClusterSettings, SettingsProblem } from "./cluster-settings";
import type { Completeness } from "./completeness";
import type { Evidence } from "./evidence";
import type { InventoryEtcd } from "./inventory-etcd";
import type { LiveCluster } from "./live-cluster";
import type { Node } from "./node";
import type { UndecidedReason } from "./presence";
import type { Comparison } from "./record/comparison";
import type { RecordReading } from "./record/configuration-record";
import type { StackParts } from "./stack-parts";
import type { UpgradePath } from "./upgrade-path";

/** One cluster as its own documents describe it: the kubeadm-config, the settings and the files these name. */
export interface ClusterParts {
  readonly name: string;
  readonly subject: Subject;
  readonly configuration: ConfigurationState;
  readonly settings: ClusterSettings;
  /** From settings, listing or inventory; empty where none of them names any. */
  readonly declaredNodes: readonly Node[];
  /** Control-plane nodes that the running cluster shows beside these. */
  readonly nodesNotNamed: readonly UndecidedReason[];
  readonly etcdHosts: readonly Node[];
  readonly otherHosts: readonly Node[];
  /** Evidence from `files` of the settings. */
  readonly declared: readonly Evidence[];
  /** Evidence from a listing or an inventory, which say themselves how complete they are: `completeness`. */
  readonly documents: readonly Evidence[];
  /** How complete a listing or an inventory is for a node, by its name. */
  readonly completeness: ReadonlyMap<string, Completeness>;
  /** How complete they are for nodes that `completeness` does not name; `undefined` where they do not concern them. */
  readonly completenessOfOthers: Completeness | undefined;
  /** The stack whose export the settings name. */
  readonly otherStack: StackParts | undefined;
  /** What a listing says that etcd serves: null for plain http, `undefined` where nothing says it. */
  readonly etcdServers: EtcdServers | null | undefined;
  /** Where etcd runs by a Kubespray inventory; `undefined` where there is none. */
  readonly inventoryEtcd: InventoryEtcd | undefined;
  /** What the API of the running cluster shows. */
  readonly live: LiveCluster | undefined;
  readonly record: RecordReading | undefined;
  readonly comparison: Comparison | undefined;
  /** The upgrade path by Kubespray that is to be followed, where there is one. */
  readonly upgradePath?: UpgradePath | undefined;
  readonly problems: readonly SettingsProblem[];
}

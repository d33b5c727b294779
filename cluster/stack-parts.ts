import type { Urn } from "../machine/source";
import type { PlannedPem } from "./certificates/planned-pem";
import type { DeclaredNode } from "./declared-node";
import type { Evidence, KubeadmRun, LocalWork } from "./evidence";
import type { MachineGraph } from "./machine-graph";
import type { Precedes } from "./presence";

/** What the stack says, to all its clusters alike. */
export interface StackParts {
  /** In the order in which the resources run. */
  readonly evidence: readonly Evidence[];
  readonly kubeadmRuns: readonly KubeadmRun[];
  /** In the order in which the resources run. */
  readonly local?: readonly LocalWork[];
  /** By ControlPlaneNode components. */
  readonly nodes: readonly DeclaredNode[];
  readonly graph: MachineGraph;
  /** What its tls resources will make. */
  readonly plannedPems: ReadonlyMap<Urn, PlannedPem>;
  readonly precedes: Precedes;
}

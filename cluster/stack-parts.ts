import type { Urn } from "../machine/source";
import type { PemToCome } from "./certificates/pem-to-come";
import type { DeclaredNode } from "./declared-node";
import type { Evidence, KubeadmRun } from "./evidence";
import type { MachineGraph } from "./machine-graph";
import type { Precedes } from "./presence";

/** What the stack says, to all its clusters alike. */
export interface StackParts {
  /** In the order in which the resources run. */
  readonly evidence: readonly Evidence[];
  readonly kubeadmRuns: readonly KubeadmRun[];
  /** By ControlPlaneNode components. */
  readonly nodes: readonly DeclaredNode[];
  readonly graph: MachineGraph;
  /** What its tls resources will make. */
  readonly pemsToCome: ReadonlyMap<Urn, PemToCome>;
  readonly precedes: Precedes;
}

import type { Machine } from "./evidence";
import type { Node } from "./node";

/** A control-plane node that the program declares, by the component ControlPlaneNode. */
export interface DeclaredNode {
  /** Without its `resource`, which `machine` gives. */
  readonly node: Node;
  /** The machine it is; `undefined` where nothing says which. */
  readonly machine: Extract<Machine, { by: "resource" | "connection" }> | undefined;
  /** The name of its cluster, if it says so. */
  readonly cluster?: string;
}

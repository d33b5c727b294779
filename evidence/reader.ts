import type { DeclaredNode } from "../cluster/declared-node";
import type { Evidence, KubeadmRun, LocalWork } from "../cluster/evidence";
import type { Budget } from "../machine/budget";
import type { StackResource } from "./stack-resource";

/** What a reader found in one resource. */
export interface Reading {
  readonly evidence: readonly Evidence[];
  readonly kubeadmRuns: readonly KubeadmRun[];
  /** What it does where the program runs; it concerns no node. */
  readonly local?: readonly LocalWork[];
  /** Control-plane nodes that it declares outright. */
  readonly nodes?: readonly DeclaredNode[];
}

export const NOTHING_READ: Reading = { evidence: [], kubeadmRuns: [] };

/**
 * One kind of source. Pure: the same resource gives the same reading; bad properties make `might-write` evidence or
 * nothing, never an exception.
 */
export interface Reader {
  /** The name of its section in docs/evidence.md. */
  readonly id: string;
  /** True for the type tokens this reader understands. */
  readonly reads: (type: string) => boolean;
  /** `find` looks up another resource of the stack by URN, for sources that point to one; `budget` bounds the work, where there is one. */
  readonly read: (resource: StackResource, find: FindResource, budget?: Budget) => Reading;
}

export type FindResource = (urn: string) => StackResource | undefined;

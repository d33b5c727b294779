import type { Urn } from "../machine/source";

/** What a resource that makes a machine, or passes for one, says of it. */
export interface MachineFacts {
  /** Its Pulumi name, and the names its properties give it. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  /** Set for templates and scaling groups. */
  readonly group?: { readonly size: number | undefined };
  /** True for the types of virtual machines and groups; false for a resource that merely has a name. */
  readonly isMachine: boolean;
}

/** The stack as far as it matters for distinguishing machines: data, no engine. */
export interface MachineGraph {
  readonly machines: ReadonlyMap<Urn, MachineFacts>;
  /** What each resource was made from. */
  readonly dependencies: ReadonlyMap<Urn, readonly Urn[]>;
}

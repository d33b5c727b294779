import type { Urn } from "../machine/source";
import type { ValueRecord } from "./value";

/** A resource of the stack as the engine showed it: inputs from Analyze joined with outputs from AnalyzeStack by URN. */
export interface StackResource {
  readonly urn: Urn;
  /** The type token, such as `command:remote:CopyToRemote`. */
  readonly type: string;
  /** The Pulumi name: the last part of the URN. */
  readonly name: string;
  /** Inputs after the provider's Check; empty for a resource that `--target` left out. */
  readonly inputs: ValueRecord;
  readonly outputs: ValueRecord;
  readonly parent?: Urn;
  /** The explicit provider, if it has one. */
  readonly provider?: { readonly urn: Urn; readonly name: string };
  /** All resources that it waits for (dependsOn and values alike). */
  readonly dependencies: readonly Urn[];
  /** For each top-level input, the resources its value came from. */
  readonly propertyDependencies: Readonly<Record<string, readonly Urn[]>>;
}

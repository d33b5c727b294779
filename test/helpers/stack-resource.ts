import type { StackResource } from "../../evidence/stack-resource";
import type { ValueRecord } from "../../evidence/value";
import { urn } from "./evidence";

/** A resource of a stack by type, name and inputs; outputs echo the inputs unless given. */
export function stackResource(
  type: string,
  name: string,
  inputs: ValueRecord,
  more: Partial<StackResource> = {},
): StackResource {
  return {
    urn: urn(name, type),
    type,
    name,
    inputs,
    outputs: inputs,
    dependencies: [],
    propertyDependencies: {},
    ...more,
  };
}

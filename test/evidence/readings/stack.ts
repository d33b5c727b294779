import { readers } from "../../../evidence";
import { readStack } from "../../../evidence/read-stack";
import type { StackResource } from "../../../evidence/stack-resource";
import type { ValueRecord } from "../../../evidence/value";
import type { Urn } from "../../../machine/source";
import { stackResource } from "../../helpers/stack-resource";

/** What the readers find in a stack, but for the graph of its machines. */
export function found(...resources: readonly StackResource[]): object {
  const { evidence, kubeadmRuns, local, nodes } = readStack(resources);
  return { evidence, kubeadmRuns, local, nodes };
}

/** A resource whose inputs come from others. */
export function from(
  type: string,
  inputs: ValueRecord,
  propertyDependencies: Readonly<Record<string, readonly Urn[]>> = {},
  more: Partial<StackResource> = {},
): StackResource {
  const dependencies = [...new Set(Object.values(propertyDependencies).flat())];
  return stackResource(type, "it", inputs, { propertyDependencies, dependencies, ...more });
}

/** The types among these that some reader takes for its own. */
export function typesRead(types: readonly string[]): readonly string[] {
  return types.map(
    (type) =>
      `${type}: ${readers
        .filter((one) => one.reads(type))
        .map(({ id }) => id)
        .join(", ")}`,
  );
}

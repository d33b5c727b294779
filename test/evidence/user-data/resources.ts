import type { FindResource } from "../../../evidence/reader";
import type { StackResource } from "../../../evidence/stack-resource";
import type { ValueRecord } from "../../../evidence/value";
import type { Urn } from "../../../machine/source";
import { urn } from "../../helpers/evidence";

/** A resource with these inputs, whose properties came from the resources `from` names. */
export function resourceOf(
  type: string,
  name: string,
  inputs: ValueRecord,
  more: { readonly outputs?: ValueRecord; readonly from?: Readonly<Record<string, readonly StackResource[]>> } = {},
): StackResource {
  const from = Object.entries(more.from ?? {}).map(([key, all]): [string, readonly Urn[]] => [
    key,
    all.map((one) => one.urn),
  ]);
  return {
    urn: urn(name, type),
    type,
    name,
    inputs,
    outputs: more.outputs ?? inputs,
    dependencies: [...new Set(from.flatMap(([, urns]) => urns))],
    propertyDependencies: Object.fromEntries(from),
  };
}

export function findIn(...resources: readonly StackResource[]): FindResource {
  return (urn) => resources.find((one) => one.urn === urn);
}

import { UNKNOWN } from "../../shell/unknown";
import type { StackResource } from "../stack-resource";
import { isRecord, type Value } from "../value";

/** Steps from a resource's properties down to a value; `*` is every element of a list. */
export type Path = readonly string[];

/**
 * The values at a path that are not absent: of the inputs, or where these have none, of the outputs (inputs say what
 * the program wrote; outputs may hide it behind a hash). UNKNOWN where a step on the way is not known.
 */
export function valuesAt(resource: StackResource, path: Path): readonly Value[] {
  const written = walk(resource.inputs, path);
  return written.length > 0 ? written : walk(resource.outputs, path);
}

/** The texts at a path, in inputs and outputs: what is known of them. */
export function textsAt(resource: StackResource, path: Path): readonly string[] {
  const values = [...walk(resource.inputs, path), ...walk(resource.outputs, path)];
  return values.filter((value) => typeof value === "string");
}

function walk(value: Value, path: Path): readonly Value[] {
  if (value === undefined || value === null) return [];
  const [step, ...rest] = path;
  if (step === undefined || value === UNKNOWN) return [value];
  if (step === "*") {
    const elements: readonly Value[] = Array.isArray(value) ? value : [];
    return elements.flatMap((element) => walk(element, rest));
  }
  return isRecord(value) && Object.hasOwn(value, step) ? walk(value[step], rest) : [];
}

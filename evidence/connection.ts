import type { Machine } from "../cluster/evidence";
import type { StackResource } from "./stack-resource";
import { stringAt, UNKNOWN } from "./value";

/**
 * The machine that a resource of the command provider connects to. The provider's Check fills an unknown connection
 * with zero values, so an empty host means unknown; `propertyDependencies.connection` then names where it comes from.
 */
export function machineOfConnection(resource: StackResource): Machine {
  const host = stringAt(resource.inputs, "connection", "host");
  return {
    by: "connection",
    host: host === undefined || host === UNKNOWN || host.trim() === "" ? undefined : host.trim(),
    resources: resource.propertyDependencies["connection"] ?? [],
  };
}

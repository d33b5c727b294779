import type { Urn } from "../machine/source";
import type { StackResource } from "./stack-resource";
import { isMachineType } from "./user-data/user-data-sources";

/** The one resource that a URN or a Pulumi name in the settings means; a machine before others of that name. */
export function resolveResource(wanted: string, resources: readonly StackResource[]): Urn | undefined {
  const exact = resources.find((resource) => resource.urn === wanted);
  if (exact !== undefined) return exact.urn;
  const named = resources.filter((resource) => resource.name === wanted);
  const machines = named.filter((resource) => isMachineType(resource.type));
  const [only, another] = machines.length > 0 ? machines : named;
  return another === undefined ? only?.urn : undefined;
}

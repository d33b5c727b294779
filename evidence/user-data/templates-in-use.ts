import type { Urn } from "../../machine/source";
import type { FindResource } from "../reader";
import type { StackResource } from "../stack-resource";
import { pointedTo } from "./pointed-to";
import { userDataSourceOf } from "./user-data-sources";

/**
 * The templates from which machines or groups of the same stack are made. They are read through these, and are no
 * group of their own; a template that is not among them is one, since some other program may scale it.
 */
export function templatesInUse(resources: readonly StackResource[], find: FindResource): ReadonlySet<Urn> {
  const inUse = new Set<Urn>();
  for (const resource of resources) {
    const source = userDataSourceOf(resource.type);
    if (source?.pointers === undefined) continue;
    for (const target of pointedTo(resource, source, find).sources) {
      if (target.source.makes === "template") inUse.add(target.resource.urn);
    }
  }
  return inUse;
}

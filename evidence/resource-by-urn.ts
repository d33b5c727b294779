import { memoizeObject } from "../machine/memoize";
import type { FindResource } from "./reader";
import type { StackResource } from "./stack-resource";

/** Looks up the resources of a stack by URN. */
export const resourceByUrn = memoizeObject((resources: readonly StackResource[]): FindResource => {
  const byUrn = new Map<string, StackResource>(resources.map((resource) => [resource.urn, resource]));
  return (urn) => byUrn.get(urn);
});

import type { Precedes } from "../cluster/presence";
import type { Source, Urn } from "../machine/source";
import { compareUrns } from "../machine/urn";
import type { StackResource } from "./stack-resource";

/** The resources in an order in which the engine may run them: each after all it depends on, else by URN. */
export function runOrder(resources: readonly StackResource[]): readonly StackResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const sorted = [...resources].sort(compareUrns);
  const done = new Set<Urn>();
  const order: StackResource[] = [];
  for (const start of sorted) {
    // An explicit stack: ten thousand resources in a row would overflow the call stack.
    const path: { readonly resource: StackResource; next: number }[] = [{ resource: start, next: 0 }];
    const open = new Set<Urn>();
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top === undefined) break;
      open.add(top.resource.urn);
      const urn = top.resource.dependencies[top.next];
      top.next += 1;
      if (urn === undefined) {
        path.pop();
        if (!done.has(top.resource.urn)) order.push(top.resource);
        done.add(top.resource.urn);
        continue;
      }
      const dependency = byUrn.get(urn);
      if (dependency !== undefined && !done.has(urn) && !open.has(urn)) path.push({ resource: dependency, next: 0 });
    }
  }
  return order;
}

/**
 * Whether one source has surely finished before another begins. Sources without a URN are documents: they say what was
 * there before this run.
 */
export function precedes(resources: readonly StackResource[]): Precedes {
  const dependencies = new Map(resources.map((resource) => [resource.urn, resource.dependencies]));
  const reachable = new Map<Urn, ReadonlySet<Urn>>();
  const before = (urn: Urn): ReadonlySet<Urn> => {
    const known = reachable.get(urn);
    if (known !== undefined) return known;
    const seen = new Set<Urn>();
    const queue = [...(dependencies.get(urn) ?? [])];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...(dependencies.get(next) ?? []));
    }
    reachable.set(urn, seen);
    return seen;
  };
  return (first: Source, second: Source) => {
    if (first.urn === undefined) return true;
    return second.urn !== undefined && before(second.urn).has(first.urn);
  };
}

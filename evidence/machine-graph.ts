import type { MachineFacts, MachineGraph } from "../cluster/machine-graph";
import type { Urn } from "../machine/source";
import type { StackResource } from "./stack-resource";
import { machineFacts } from "./user-data/user-data-sources";

/**
 * Which resources are machines, what they are called, and what depends on what. `templates` are those that a group of
 * the stack uses: the group is the machine then.
 */
export function machineGraph(resources: readonly StackResource[], templates: ReadonlySet<Urn>): MachineGraph {
  return {
    machines: new Map(
      resources.map((resource): [Urn, MachineFacts] => [
        resource.urn,
        templates.has(resource.urn) ? nameOnly(resource) : factsOf(resource),
      ]),
    ),
    dependencies: new Map(resources.map((resource) => [resource.urn, resource.dependencies])),
  };
}

function factsOf(resource: StackResource): MachineFacts {
  const facts = machineFacts(resource);
  if (facts === undefined) return nameOnly(resource);
  const { group } = facts;
  return {
    names: [...new Set([resource.name, ...facts.names])],
    addresses: facts.addresses,
    isMachine: true,
    ...(group === undefined ? {} : { group }),
  };
}

function nameOnly(resource: StackResource): MachineFacts {
  return { names: [resource.name], addresses: [], isMachine: false };
}

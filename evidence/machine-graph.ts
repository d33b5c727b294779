import type { Urn } from "../cluster/evidence";
import type { MachineFacts, MachineGraph } from "../cluster/machine-graph";
import type { StackResource } from "./stack-resource";
import { machineFacts } from "./user-data/carriers";

/** Which resources are machines, what they are called, and what depends on what. */
export function machineGraph(resources: readonly StackResource[]): MachineGraph {
  return {
    machines: new Map(resources.map((resource): [Urn, MachineFacts] => [resource.urn, factsOf(resource)])),
    dependencies: new Map(resources.map((resource) => [resource.urn, resource.dependencies])),
  };
}

function factsOf(resource: StackResource): MachineFacts {
  const facts = machineFacts(resource);
  if (facts === undefined) return { names: [resource.name], addresses: [], isMachine: false };
  const { group } = facts;
  return {
    names: [...new Set([resource.name, ...facts.names])],
    addresses: facts.addresses,
    isMachine: true,
    ...(group === undefined ? {} : { group }),
  };
}

import type { DeclaredNode } from "../cluster/declared-node";
import type { Evidence, KubeadmRun } from "../cluster/evidence";
import type { StackParts } from "../cluster/stack-parts";
import { readers } from "./index";
import { machineGraph } from "./machine-graph";
import { pemsToCome } from "./pems-to-come";
import type { FindResource, Reading } from "./reader";
import { precedes, runOrder } from "./run-order";
import type { StackResource } from "./stack-resource";
import { templatesInUse } from "./user-data/templates-in-use";

/** What all readers find in a stack, in the order in which its resources run. */
export function readStack(resources: readonly StackResource[]): StackParts {
  const byUrn = new Map<string, StackResource>(resources.map((resource) => [resource.urn, resource]));
  const find: FindResource = (urn) => byUrn.get(urn);
  const evidence: Evidence[] = [];
  const kubeadmRuns: KubeadmRun[] = [];
  const nodes: DeclaredNode[] = [];
  const inUse = templatesInUse(resources, find);
  for (const resource of runOrder(resources)) {
    // What a template says is said by the group that uses it.
    if (inUse.has(resource.urn)) continue;
    for (const reading of readResource(resource, find)) {
      evidence.push(...reading.evidence);
      kubeadmRuns.push(...reading.kubeadmRuns);
      nodes.push(...(reading.nodes ?? []));
    }
  }
  return {
    evidence,
    kubeadmRuns,
    nodes,
    graph: machineGraph(resources, inUse),
    pemsToCome: pemsToCome(resources, find),
    precedes: precedes(resources),
  };
}

function readResource(resource: StackResource, find: FindResource): readonly Reading[] {
  return readers.filter((reader) => reader.reads(resource.type)).map((reader) => reader.read(resource, find));
}

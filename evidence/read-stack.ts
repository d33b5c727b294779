import type { StackParts } from "../cluster/assemble-clusters";
import type { Evidence, KubeadmRun } from "../cluster/evidence";
import { readers } from "./index";
import { machineGraph } from "./machine-graph";
import type { FindResource, Reading } from "./reader";
import { precedes, runOrder } from "./run-order";
import type { StackResource } from "./stack-resource";

/** What all readers find in a stack, in the order in which its resources run. */
export function readStack(resources: readonly StackResource[]): StackParts {
  const byUrn = new Map<string, StackResource>(resources.map((resource) => [resource.urn, resource]));
  const find: FindResource = (urn) => byUrn.get(urn);
  const evidence: Evidence[] = [];
  const kubeadmRuns: KubeadmRun[] = [];
  for (const resource of runOrder(resources)) {
    for (const reading of readResource(resource, find)) {
      evidence.push(...reading.evidence);
      kubeadmRuns.push(...reading.kubeadmRuns);
    }
  }
  return { evidence, kubeadmRuns, graph: machineGraph(resources), precedes: precedes(resources) };
}

function readResource(resource: StackResource, find: FindResource): readonly Reading[] {
  return readers.filter((reader) => reader.reads(resource.type)).map((reader) => reader.read(resource, find));
}

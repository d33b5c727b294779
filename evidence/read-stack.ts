import type { DeclaredNode } from "../cluster/declared-node";
import type { Evidence, KubeadmRun, LocalWork } from "../cluster/evidence";
import type { StackParts } from "../cluster/stack-parts";
import { Budget } from "../machine/budget";
import { readers } from "./index";
import { evidenceOfUnread, isolate, type UnreadResource } from "./isolate";
import { machineGraph } from "./machine-graph";
import { otherResource } from "./other-resource";
import { plannedPems } from "./planned-pems";
import type { FindResource, Reading } from "./reader";
import { resourceByUrn } from "./resource-by-urn";
import { precedes, runOrder } from "./run-order";
import type { StackResource } from "./stack-resource";
import { templatesInUse } from "./user-data/templates-in-use";

/**
 * What all readers find in a stack, in the order in which its resources run. A resource that cannot be read because of an internal
 * error might write anywhere on its machine; the others are still read.
 */
export function readStack(resources: readonly StackResource[]): StackParts {
  const { reading, unread } = isolate(resources, readAll);
  if (unread.length === 0) return reading;
  const odd = new Set<string>(unread.map(({ resource }) => resource.urn));
  // What they say without their properties is not what they do.
  const others = reading.evidence.filter(({ source }) => source.urn === undefined || !odd.has(source.urn));
  return { ...reading, evidence: [...others, ...unread.filter(mayWrite).map(evidenceOfUnread)] };
}

/** Resources that no reader would have read for evidence do nothing on machines. */
function mayWrite({ resource }: UnreadResource): boolean {
  return readers.some((reader) => reader.reads(resource.type));
}

function readAll(resources: readonly StackResource[]): StackParts {
  const find = resourceByUrn(resources);
  const budget = Budget.ofStack();
  const evidence: Evidence[] = [];
  const kubeadmRuns: KubeadmRun[] = [];
  const local: LocalWork[] = [];
  const nodes: DeclaredNode[] = [];
  const inUse = templatesInUse(resources, find);
  const parents = new Set<string | undefined>(resources.map(({ parent }) => parent));
  for (const resource of runOrder(resources)) {
    // What a template says is said by the group that uses it.
    if (inUse.has(resource.urn) || isComponent(resource, parents)) continue;
    for (const reading of readResource(resource, find, budget.ofResource())) {
      evidence.push(...reading.evidence);
      kubeadmRuns.push(...reading.kubeadmRuns);
      local.push(...(reading.local ?? []));
      nodes.push(...(reading.nodes ?? []));
    }
  }
  return {
    evidence,
    kubeadmRuns,
    local,
    nodes,
    graph: machineGraph(resources, inUse),
    plannedPems: plannedPems(resources, find),
    precedes: precedes(resources),
  };
}

function readResource(resource: StackResource, find: FindResource, budget: Budget): readonly Reading[] {
  return readers.filter((reader) => reader.reads(resource.type)).map((reader) => reader.read(resource, find, budget));
}

/** A component does what the resources in it do. Those of this project declare something themselves. */
function isComponent({ urn, type, provider }: StackResource, parents: ReadonlySet<string | undefined>): boolean {
  return provider === undefined && parents.has(urn) && otherResource.reads(type);
}

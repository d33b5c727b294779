import type { Evidence } from "./evidence";
import { runsKubespray } from "./runs-kubespray";
import type { StackParts } from "./stack-parts";

/**
 * The stack as it concerns one cluster: without what names another cluster, and with what another stack says whose
 * export the cluster's settings name. That stack has run before. Kubespray with the `inventory` of the settings leaves behind what
 * the layout says, and nothing besides.
 */
export function stackForCluster(
  stack: StackParts,
  other: StackParts | undefined,
  cluster: string,
  inventory?: string,
): StackParts {
  const own = other === undefined ? stack : afterOther(stack, other);
  const isOurs = (one: { readonly cluster?: string }) => one.cluster === undefined || one.cluster === cluster;
  const isLayout = ({ machine }: Evidence) => inventory !== undefined && runsKubespray(machine, inventory);
  return {
    ...own,
    evidence: own.evidence.filter((one) => isOurs(one) && !isLayout(one)),
    nodes: own.nodes.filter(isOurs),
  };
}

function afterOther(stack: StackParts, other: StackParts): StackParts {
  return {
    evidence: [...other.evidence, ...stack.evidence],
    kubeadmRuns: [...other.kubeadmRuns, ...stack.kubeadmRuns],
    nodes: [...other.nodes, ...stack.nodes],
    plannedPems: new Map([...other.plannedPems, ...stack.plannedPems]),
    graph: {
      machines: new Map([...other.graph.machines, ...stack.graph.machines]),
      dependencies: new Map([...other.graph.dependencies, ...stack.graph.dependencies]),
    },
    precedes: (first, second) => {
      const firstIsOther = first.urn !== undefined && other.graph.machines.has(first.urn);
      const secondIsOther = second.urn !== undefined && other.graph.machines.has(second.urn);
      if (firstIsOther !== secondIsOther) return firstIsOther && second.urn !== undefined;
      return (firstIsOther ? other : stack).precedes(first, second);
    },
  };
}

import type { FixReport } from "../report";
import type { FixPlan, NodeFix } from "./fix-plan";
import type { FixStep } from "./fixable-nodes";

/** What reports show of a plan; undefined where it changes nothing on any node. */
export function fixReport(plan: FixPlan): FixReport | undefined {
  if (plan.kind === "refused" || !plan.nodes.some(({ kind }) => kind === "steps")) return undefined;
  const { nodes, configMap } = plan;
  const renames = configMap.kind === "names" ? configMap.renames : [];
  return { nodes: nodes.map(nodeReport), names: renames.map(({ field, to }) => ({ field, path: to })) };
}

function nodeReport(fix: NodeFix): FixReport["nodes"][number] {
  return {
    node: fix.names[0],
    steps: fix.kind === "steps" ? fix.steps.map(stepReport) : [],
    why: fix.kind === "refused" ? fix.why : [],
  };
}

function stepReport(step: FixStep): FixReport["nodes"][number]["steps"][number] {
  const { do: what, path } = step;
  switch (step.do) {
    case "link":
      return { do: what, path, from: step.target };
    case "bring":
      return { do: what, path, from: step.node };
  }
}

import type { Machine } from "./evidence";
import type { StackParts } from "./stack-parts";

/** Every connection of a stack's evidence and runs of kubeadm, each once. */
export function connectionsOf(stack: StackParts): readonly Machine[] {
  const distinct = new Map<string, Machine>();
  for (const { machine } of [...stack.evidence, ...stack.kubeadmRuns]) {
    if (machine.by === "connection") distinct.set(JSON.stringify(machine), machine);
  }
  return [...distinct.values()];
}

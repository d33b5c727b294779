import type { UndecidedReason } from "./presence";
import type { StackParts } from "./stack-parts";

/** What in the program might run kubeadm on a machine that nothing names. */
export function possibleNodes(stack: StackParts): readonly UndecidedReason[] {
  const runsKubeadm = new Set(stack.kubeadmRuns.map((run) => JSON.stringify(run.machine)));
  const might = new Map<string, UndecidedReason>();
  for (const { source, machine, operations } of stack.evidence) {
    // It names nodes that are known.
    if (machine.by === "words") continue;
    const unknown = operations.find((one) => one.do === "might-write" && one.scope.kind === "anywhere");
    if (unknown?.do === "might-write" && !runsKubeadm.has(JSON.stringify(machine))) {
      might.set(source.name, { reason: unknown.reason, source });
    } else if (machine.by === "connection" && machine.host === undefined && !runsKubeadm.has(JSON.stringify(machine))) {
      might.set(source.name, { reason: { id: "host-unknown-until-update", data: {} }, source });
    }
  }
  return [...might.values()];
}

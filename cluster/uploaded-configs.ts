import { leaveUndecided } from "./disk/leave-undecided";
import { UndecidedPlaces } from "./disk/undecided-places";
import type { UploadedConfig } from "./disk/uploaded-config";
import type { Evidence, Machine } from "./evidence";
import type { Node } from "./node";
import { nodeFiles } from "./node-files";
import { machineBehind, nodeIdentity } from "./node-identity";
import { splitByPort } from "./split-by-port";
import type { StackParts } from "./stack-parts";

/** The configuration file of which kubeadm makes the kubeadm-config on one machine. */
export interface UploadedOnMachine extends UploadedConfig {
  /** What the machine is called: its host, its names, its addresses. */
  readonly names: readonly string[];
}

/** The last file on each machine of which kubeadm makes the kubeadm-config (`kubeadm init --config`), in the order of the stack. */
export function uploadedConfigs(given: StackParts): readonly UploadedOnMachine[] {
  const stack = splitByPort(given);
  const connections = [...stack.evidence, ...stack.kubeadmRuns]
    .map(({ machine }) => machine)
    .filter(({ by }) => by === "connection");
  const behind = machineBehind(connections, stack.graph);
  const machines = new Map<string, Machine>();
  for (const { machine, operations } of stack.evidence)
    if (operations.some((one) => one.do === "upload-config")) machines.set(keyOf(machine, behind(machine)), machine);
  return [...machines.values()].flatMap((machine) => {
    const node = nodeOf(machine, behind(machine), stack);
    const match = nodeIdentity([node], [], connections, stack.graph);
    const shared = new UndecidedPlaces();
    const own = stack.evidence.filter((one) => {
      if (JSON.stringify(one.machine) === JSON.stringify(machine)) return true;
      const found = match(one.machine);
      if (found.kind === "maybe") leaveUndecided(shared, one, found.reason);
      return found.kind === "nodes";
    });
    const last = uploadsOn(own, stack, shared).at(-1);
    return last === undefined ? [] : [{ ...last, names: [node.name, ...node.otherNames, ...node.addresses] }];
  });
}

function uploadsOn(
  evidence: readonly Evidence[],
  { precedes }: StackParts,
  shared: UndecidedPlaces,
): readonly UploadedConfig[] {
  const interest = evidence
    .flatMap(({ operations }) => operations)
    .flatMap((one) => (one.do === "upload-config" && one.path !== undefined ? [one.path] : []));
  const unknown = { kind: "unknown", reason: { id: "no-file-evidence", data: {} } } as const;
  return nodeFiles(evidence, unknown, interest, precedes, [shared]).uploads;
}

function keyOf(machine: Machine, urn: string | undefined): string {
  return urn ?? JSON.stringify(machine);
}

/** The machine as a node of which nothing but itself is known. */
function nodeOf(machine: Machine, urn: ReturnType<ReturnType<typeof machineBehind>>, { graph }: StackParts): Node {
  const facts = urn === undefined ? undefined : graph.machines.get(urn);
  const host = machine.by === "connection" ? machine.host : machine.by === "name" ? machine.name : undefined;
  const [name = host ?? "", ...otherNames] = facts?.names ?? [];
  return {
    name,
    otherNames,
    addresses: [...(host === undefined ? [] : [host]), ...(facts?.addresses ?? [])],
    ...(urn === undefined ? {} : { resource: urn }),
    declaredBy: { name, kind: "kubeadm" },
  };
}

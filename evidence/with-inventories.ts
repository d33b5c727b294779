import type { Evidence, Machine } from "../cluster/evidence";
import type { StackParts } from "../cluster/stack-parts";
import type { ReadProgramFile } from "./kubeadm-configs-from-files";
import { readInventory } from "./kubespray/read-inventory";

/** The stack with the hosts of each inventory that ansible-playbook gets where Pulumi runs; what cannot be read may hold any host. */
export function withInventories(stack: StackParts, readFile: ReadProgramFile): StackParts {
  return { ...stack, evidence: stack.evidence.map((one) => withHosts(one, readFile)) };
}

function withHosts(evidence: Evidence, readFile: ReadProgramFile): Evidence {
  const { machine, source } = evidence;
  if (machine.by !== "inventory" || machine.path === undefined || source.kind !== "command:local:Command")
    return evidence;
  const file = readFile(machine.path);
  const reading = file?.kind === "text" ? readInventory(file.text, file.path) : undefined;
  if (reading?.kind !== "read") return evidence;
  const hosts = reading.inventory.hosts.flatMap(({ name, addresses }) => [name, ...addresses]);
  const known: Machine = { ...machine, hosts };
  return { ...evidence, machine: known };
}

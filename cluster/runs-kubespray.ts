import type { Machine } from "./evidence";
import { sameInventory } from "./same-inventory";

/** True where Kubespray runs with this inventory. */
export function runsKubespray(machine: Machine, inventory: string): boolean {
  return (
    machine.by === "inventory" &&
    machine.kubespray !== undefined &&
    machine.path !== undefined &&
    sameInventory(machine.path, inventory)
  );
}

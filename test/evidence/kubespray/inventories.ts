import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Inventory } from "../../../evidence/kubespray/inventory";
import { readInventory } from "../../../evidence/kubespray/read-inventory";

const fixtures = join(__dirname, "../../fixtures/kubespray");

export function fixture(path: string): string {
  return readFileSync(join(fixtures, path), "utf8");
}

/** The inventory, or a failing test that says why there is none. */
export function inventoryOf(text: string, fileName = "inventory.ini"): Inventory {
  const reading = readInventory(text, fileName);
  if (reading.kind === "unreadable") throw new Error(reading.problem.message);
  return reading.inventory;
}

export function names(hosts: readonly { readonly name: string }[]): readonly string[] {
  return hosts.map((host) => host.name);
}

/** An INI inventory with these groups. */
export function inventoryText(controlPlane: readonly string[], etcd: readonly string[]): string {
  return ["[kube_control_plane]", ...controlPlane, "[etcd]", ...etcd, ""].join("\n");
}

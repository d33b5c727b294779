import { describe, expect, it } from "vitest";
import type { Machine } from "../../cluster/evidence";
import { runsKubespray } from "../../cluster/runs-kubespray";
import { sameInventory } from "../../cluster/same-inventory";

describe("two paths of inventories", () => {
  it.each([
    ["of one name", "hosts.yaml", "hosts.yaml", true],
    ["of one name, written otherwise", "./hosts.yaml", "hosts.yaml", true],
    [
      "of which one is the end of the other",
      "inventory/prod/hosts.yaml",
      "/srv/kubespray/inventory/prod/hosts.yaml",
      true,
    ],
    ["the other way round", "/srv/kubespray/inventory/prod/hosts.yaml", "../inventory/prod/hosts.yaml", true],
    ["of a folder and the inventory in it", "inventory/prod", "/srv/inventory/prod/hosts.yaml", true],
    ["of an inventory and its folder", "/srv/inventory/prod/hosts.yaml", "inventory/prod/", true],
    ["of a name that any project may have", "hosts.yaml", "/srv/inventory/prod/hosts.yaml", false],
    ["of two environments", "inventory/prod/hosts.yaml", "inventory/dev/hosts.yaml", false],
    ["of two names in one folder", "inventory/prod/hosts.yaml", "inventory/prod/hosts.ini", false],
    ["of names that begin alike", "inventory/prod", "inventory/production", false],
    ["of which one is none", "", "inventory/prod/hosts.yaml", false],
    ["of folders that end alike", "x/prod/hosts.yaml", "/srv/inventory/prod/hosts.yaml", false],
  ])("%s", (_title, one, other, expected) => {
    expect(sameInventory(one, other)).toBe(expected);
  });
});

const inventory = (path: string | undefined, kubespray?: { readonly release: string }): Machine => ({
  by: "inventory",
  path,
  kubespray,
  hosts: undefined,
  reason: { id: "machine-unknown", data: {} },
});
const RELEASE = { release: "v2.26.0" };

describe("Kubespray with an inventory", () => {
  it.each<readonly [string, Machine, boolean]>([
    ["runs where a playbook of it has that inventory", inventory("inventory/prod/hosts.yaml", RELEASE), true],
    ["does not run where it has another one", inventory("inventory/dev/hosts.yaml", RELEASE), false],
    ["does not run where it has one that is not known", inventory(undefined, RELEASE), false],
    ["does not run where the playbook is another's", inventory("inventory/prod/hosts.yaml"), false],
    ["does not run on one machine", { by: "name", name: "m1" }, false],
  ])("%s", (_title, machine, expected) => {
    expect(runsKubespray(machine, "inventory/prod/hosts.yaml")).toBe(expected);
  });
});

import { describe, expect, it } from "vitest";
import type { Node } from "../../cluster/node";
import { nodeIdentity } from "../../cluster/node-identity";
import { readStack } from "../../evidence/read-stack";
import { withInventories } from "../../evidence/with-inventories";
import { stackResource } from "../helpers/stack-resource";

const node = (name: string, address: string): Node => ({
  name,
  otherNames: [],
  addresses: [address],
  declaredBy: { name: "prod", kind: "settings" },
});
const NODES = [node("master01", "10.0.0.1"), node("master02", "10.0.0.2")];

/** The files beside the program. */
const FILES = new Map([
  ["hosts.ini", "[web]\nweb01 ansible_host=10.0.0.2\n"],
  ["inventory/by-name.yaml", "all: {hosts: {MASTER01: {}, db01: {}}}"],
  ["inventory/others.ini", "[web]\nweb01 ansible_host=10.9.9.9\n"],
]);

/** The nodes on which an ansible-playbook of the program may have written. */
function reached(create: string, type = "command:local:Command"): readonly string[] {
  const stack = withInventories(
    readStack([stackResource(type, "deploy", { create, connection: { host: "10.9.9.8" } })]),
    (path) => {
      const text = FILES.get(path);
      return text === undefined ? undefined : { kind: "text", path, text };
    },
  );
  const match = nodeIdentity(NODES, [], [], stack.graph);
  const names = stack.evidence.flatMap(({ machine }) => {
    const found = match(machine);
    return found.kind === "maybe" ? found.nodes.map(({ name }) => name) : [];
  });
  return [...new Set(names)];
}

describe("ansible-playbook with an inventory of its own reaches the hosts of that inventory", () => {
  it.each<[string, string, readonly string[]]>([
    ["by address", "ansible-playbook -i hosts.ini site.yml", ["master02"]],
    ["by name", "ansible-playbook -ihosts -i inventory/by-name.yaml site.yml", ["master01", "master02"]],
    ["by name, alone", "ansible-playbook --inventory inventory/by-name.yaml site.yml", ["master01"]],
    ["from another folder", "cd inventory && ansible-playbook -i others.ini site.yml", []],
    ["that is not there", "ansible-playbook -i missing.ini site.yml", ["master01", "master02"]],
    ["that the script does not show", 'ansible-playbook -i "$HOSTS" site.yml', ["master01", "master02"]],
  ])("%s", (_, create, nodes) => expect(reached(create)).toEqual(nodes));

  it("on another machine the file is another one", () => {
    expect(reached("ansible-playbook -i hosts.ini site.yml", "command:remote:Command")).toEqual([
      "master01",
      "master02",
    ]);
  });
});

import type { Evidence } from "../../cluster/evidence";
import type { MachineFacts, MachineGraph } from "../../cluster/machine-graph";
import type { Node } from "../../cluster/node";
import type { Content } from "../../machine/content";
import type { FileOperation } from "../../machine/file-operation";
import type { Source } from "../../machine/source";
import { requireUrn } from "../../machine/urn";

/** A URN with the Pulumi name and type that a test gives. */
export function urn(name: string, type = "test:index:Thing") {
  return requireUrn(`urn:pulumi:dev::demo::${type}::${name}`);
}

export function source(name: string): Source {
  return { name, kind: "command:remote:CopyToRemote", urn: urn(name, "command:remote:CopyToRemote") };
}

/** Evidence of one source about a node called master01. */
export function evidence(name: string, ...operations: readonly FileOperation[]): Evidence {
  return { source: source(name), machine: { by: "name", name: "master01" }, operations };
}

export function put(path: string, content: Content = { kind: "not-shown" }): FileOperation {
  return { do: "put", to: { kind: "file", path }, content };
}

export function link(path: string, target: string): FileOperation {
  return { do: "link", to: { kind: "file", path }, target, replace: true };
}

export function node(name: string, more: Partial<Node> = {}): Node {
  return { name, otherNames: [], addresses: [], declaredBy: { name: "settings", kind: "settings" }, ...more };
}

/** A graph of resources: `name: [what it was made from]`, and which of them are machines. */
export function graph(
  dependencies: Readonly<Record<string, readonly string[]>>,
  machines: Readonly<Record<string, Partial<MachineFacts>>> = {},
): MachineGraph {
  const names = new Set([...Object.keys(dependencies), ...Object.keys(machines)]);
  return {
    machines: new Map(
      [...names].map((name) => {
        const facts = machines[name];
        return [urn(name), { names: [name], addresses: [], isMachine: facts !== undefined, ...facts }];
      }),
    ),
    dependencies: new Map(Object.entries(dependencies).map(([name, list]) => [urn(name), list.map((one) => urn(one))])),
  };
}

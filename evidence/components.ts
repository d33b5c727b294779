import type { DeclaredNode } from "../cluster/declared-node";
import type { Evidence, Machine } from "../cluster/evidence";
import type { Content } from "../machine/content";
import type { FileOperation } from "../machine/file-operation";
import type { Source } from "../machine/source";
import { isUrn } from "../machine/urn";
import type { Reason } from "../reasons/reason";
import { UNKNOWN } from "../shell/unknown";
import { contentAfterUpdate } from "./content-after-update";
import { type FindResource, NOTHING_READ, type Reader, type Reading } from "./reader";
import type { StackResource } from "./stack-resource";
import { isMachineType } from "./user-data/user-data-sources";
import { at, stringAt, type Value, type ValueRecord } from "./value";

/**
 * `kubeadm-guard:index:ControlPlaneNode`: a control-plane node that the program declares (components/control-plane-node.ts).
 * The token counts, not the class, so that a program in any of Pulumi's languages can declare one.
 */
export const controlPlaneNode: Reader = {
  id: "control-plane-node",
  reads: (type) => type === "kubeadm-guard:index:ControlPlaneNode",
  read: (resource, find) => ({ ...NOTHING_READ, nodes: [declaredNode(resource, find)] }),
};

/** `kubeadm-guard:index:NodeFile`: what something outside Pulumi puts on nodes (components/node-file.ts). */
export const nodeFile: Reader = {
  id: "node-file",
  reads: (type) => type === "kubeadm-guard:index:NodeFile",
  read: readNodeFile,
};

/** A component's arguments; SDKs before 3.202 show them as outputs only. */
function argumentsOf({ inputs, outputs }: StackResource): ValueRecord {
  return Object.keys(inputs).length > 0 ? inputs : outputs;
}

function sourceOf({ name, type, urn }: StackResource): Source {
  return { name, kind: type, urn };
}

function declaredNode(resource: StackResource, find: FindResource): DeclaredNode {
  const given = argumentsOf(resource);
  const name = stringAt(given, "name");
  const cluster = stringAt(given, "cluster");
  return {
    node: {
      name: typeof name === "string" && name !== "" ? name : resource.name,
      otherNames: [],
      addresses: listOf(at(given, "addresses"))
        .filter((address) => typeof address === "string")
        .filter((address) => address !== ""),
      declaredBy: sourceOf(resource),
    },
    machine: machineOf(resource, stringAt(given, "resource"), find),
    ...(typeof cluster === "string" ? { cluster } : {}),
  };
}

/** The machine of a node: the resource it names, else what that, or its addresses, were made from. */
function machineOf(
  { propertyDependencies }: StackResource,
  named: ReturnType<typeof stringAt>,
  find: FindResource,
): DeclaredNode["machine"] {
  const urn = typeof named === "string" && isUrn(named) ? named : undefined;
  // The URN of a component is not a machine, but its dependencies are the resources in it.
  const resources = propertyDependencies["resource"] ?? propertyDependencies["addresses"] ?? [];
  if (urn !== undefined && (resources.length === 0 || isMachineType(find(urn)?.type ?? "")))
    return { by: "resource", urn };
  return resources.length === 0 ? undefined : { by: "connection", host: undefined, resources };
}

function readNodeFile(resource: StackResource): Reading {
  const given = argumentsOf(resource);
  const operations = [operationOf(resource, given)];
  const cluster = stringAt(given, "cluster");
  const evidence = machinesOf(given).map(
    (machine): Evidence => ({
      source: sourceOf(resource),
      machine:
        cluster === UNKNOWN ? { by: "unknown", reason: { id: "cluster-unknown-until-update", data: {} } } : machine,
      operations,
      ...(typeof cluster === "string" ? { cluster } : {}),
    }),
  );
  return { evidence, kubeadmRuns: [] };
}

function machinesOf(given: ValueRecord): readonly Machine[] {
  const nodes = at(given, "nodes");
  if (nodes === undefined || nodes === null) return [{ by: "every-control-plane-node" }];
  return listOf(nodes).map((name) =>
    typeof name === "string"
      ? { by: "name", name }
      : { by: "unknown", reason: { id: "nodes-unknown-until-update", data: {} } },
  );
}

function operationOf(resource: StackResource, given: ValueRecord): FileOperation {
  if (Object.keys(given).length === 0) return anywhere({ id: "left-out-by-target", data: {} });
  const path = stringAt(given, "path");
  if (path === UNKNOWN) return anywhere({ id: "path-unknown-until-update", data: { of: "file" } });
  if (path === undefined || !path.startsWith("/"))
    return anywhere({ id: "argument-unusable", data: { argument: "path" } });
  const link = stringAt(given, "link");
  if (link === UNKNOWN)
    return {
      do: "might-write",
      scope: { kind: "below", path },
      reason: { id: "path-unknown-until-update", data: { of: "link" } },
    };
  const to = { kind: "file", path } as const;
  if (link !== undefined && link !== "") return { do: "link", to, target: link, replace: true };
  const mode = stringAt(given, "mode");
  const content = contentOf(resource, given);
  return { do: "put", to, content, ...(typeof mode === "string" && /^[0-7]{3,4}$/.test(mode) ? { mode } : {}) };
}

function contentOf(resource: StackResource, given: ValueRecord): Content {
  const content = stringAt(given, "content");
  if (content === UNKNOWN) return contentAfterUpdate(resource, "content");
  if (content !== undefined) return { kind: "text", text: content };
  const sha256 = stringAt(given, "sha256");
  if (sha256 === UNKNOWN) return { kind: "unknown-until-update", waitsFor: [] };
  return sha256 !== undefined && /^[0-9a-f]{64}$/i.test(sha256)
    ? { kind: "sha256", sha256: sha256.toLowerCase() }
    : { kind: "not-shown" };
}

function anywhere(reason: Reason): FileOperation {
  return { do: "might-write", scope: { kind: "below", path: "/" }, reason };
}

/** The items of a list; a single value counts as a list of one. */
function listOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

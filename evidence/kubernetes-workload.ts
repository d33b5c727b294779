import type { Evidence, Machine } from "../cluster/evidence";
import type { FileOperation } from "../machine/file-operation";
import { join } from "../machine/paths";
import type { Source } from "../machine/source";
import type { Reason } from "../reasons/reason";
import { UNKNOWN } from "../shell/unknown";
import { isObject, kubernetesObjects } from "./live-cluster/kubernetes-objects";
import type { Reader } from "./reader";
import { at, isRecord, stringAt, type Value, type ValueRecord } from "./value";

/** Pods, and what makes them, with a folder of their node (hostPath) that a container may write to. */
export const kubernetesWorkload: Reader = {
  id: "kubernetes-workloads",
  reads: (type) => WORKLOAD.test(type),
  read: (resource) => {
    const objects = resource.type.endsWith("List") ? listAt(resource.inputs, "items") : [resource.inputs];
    const { name, type, urn } = resource;
    const evidence = objects.flatMap((object) => evidenceOf({ name, kind: type, urn }, type, object));
    return { evidence, kubeadmRuns: [] };
  },
};

/** The same for manifests that a script shows kubectl. */
export function appliedWorkloads(operations: readonly FileOperation[], source: Source): readonly Evidence[] {
  return operations
    .flatMap((one) => (one.do === "upload-config" && one.form.kind === "manifest" ? (one.text ?? []) : []))
    .flatMap((text) => kubernetesObjects(text) ?? [])
    .flatMap((object) => {
      const value = asValue(object);
      const type = `kubernetes:${String(object["apiVersion"]).replace(/^v/, "core/v")}:${String(object["kind"])}`;
      return isRecord(value) && WORKLOAD.test(type) ? evidenceOf(source, type, value) : [];
    });
}

/** More values than these, or deeper ones, are in no workload: aliases can make a text endless. */
const MOST_VALUES = 20_000;
const DEEPEST = 40;

/** A value of YAML as those of resources are, without numbers: none is read of a workload. */
function asValue(given: unknown, room = { left: MOST_VALUES }, depth = 0): Value {
  room.left -= 1;
  if (room.left < 0 || depth > DEEPEST) return null;
  if (typeof given === "string" || typeof given === "boolean") return given;
  if (Array.isArray(given)) return given.map((item) => asValue(item, room, depth + 1));
  if (!isObject(given)) return null;
  return Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, asValue(inner, room, depth + 1)]));
}

const WORKLOAD =
  /^kubernetes:(?:core|apps|batch|extensions)\/v\w+:(?:Pod|PodTemplate|ReplicationController|DaemonSet|Deployment|StatefulSet|ReplicaSet|Job|CronJob)(?:Patch|List)?$/;

function evidenceOf(source: Source, type: string, object: ValueRecord): readonly Evidence[] {
  const spec = podSpecOf(object);
  if (spec === undefined) return [];
  const kind = (type.split(":").at(-1) ?? "").replace(/(?:Patch|List)$/, "");
  const mounted = listAt(spec, "volumes").flatMap((volume) => foldersOf(volume, spec));
  const folders = new Set(entersNode(spec) ? [...mounted, "/"] : mounted);
  return [...folders].map((folder): Evidence => {
    const reason: Reason = { id: "host-path-mounted", data: { path: folder, kind } };
    const operation: FileOperation = { do: "might-write", scope: { kind: "below", path: folder }, reason };
    return { source, machine: machineOf(spec, reason), operations: [operation] };
  });
}

/** The spec of the Pods: of a Pod itself, of a template, or of the template of the Jobs of a CronJob. */
function podSpecOf(object: ValueRecord): ValueRecord | undefined {
  const places: readonly Value[] = [
    at(object, "spec", "jobTemplate", "spec", "template", "spec"),
    at(object, "spec", "template", "spec"),
    at(object, "template", "spec"),
    at(object, "spec"),
  ];
  return places.find(isRecord);
}

/** The folders of its node to which a container may write by way of a volume. */
function foldersOf(volume: ValueRecord, spec: ValueRecord): readonly string[] {
  const host = at(volume, "hostPath");
  if (!isRecord(host)) return [];
  const path = stringAt(host, "path");
  const name = stringAt(volume, "name");
  return mountsOf(spec)
    .filter((mount) => stringAt(mount, "name") === name && at(mount, "readOnly") !== true)
    .map((mount) => {
      if (typeof path !== "string") return "/";
      const below = stringAt(mount, "subPath");
      return typeof below === "string" ? join(path, below) : path;
    });
}

function mountsOf(spec: ValueRecord): readonly ValueRecord[] {
  return containersOf(spec).flatMap((container) => listAt(container, "volumeMounts"));
}

function containersOf(spec: ValueRecord): readonly ValueRecord[] {
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((key) => listAt(spec, key));
}

/** True for a privileged container that runs, or may run, in the namespaces of its node by nsenter: no mount limits it. */
function entersNode(spec: ValueRecord): boolean {
  return (
    at(spec, "hostPID") === true &&
    containersOf(spec).some(
      (container) =>
        at(container, "securityContext", "privileged") === true &&
        [at(container, "command"), at(container, "args")]
          .flat()
          .some((word) => word === UNKNOWN || String(word).includes("nsenter")),
    )
  );
}

/** The node that it names, else any. */
function machineOf(spec: ValueRecord, reason: Reason): Machine {
  const name = stringAt(spec, "nodeName") ?? stringAt(spec, "nodeSelector", "kubernetes.io/hostname");
  return typeof name === "string" && name !== ""
    ? { by: "words", words: [name], resources: [], reason, orAny: true }
    : { by: "unknown", reason };
}

function listAt(value: Value, key: string): readonly ValueRecord[] {
  const list = at(value, key);
  if (!Array.isArray(list)) return [];
  const items: readonly Value[] = list;
  return items.filter(isRecord);
}

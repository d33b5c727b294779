import type { Evidence, KubeadmRun, Machine } from "../cluster/evidence";
import type { FileOperation } from "../machine/file-operation";
import type { Source, Urn } from "../machine/source";
import type { Reason } from "../reasons/reason";
import { conditional } from "../shell/conditional";
import { readShellText, type ShellContext, STANDARD_INPUT_AFTER_UPDATE } from "../shell/read-shell-text";
import type { ShellReading } from "../shell/shell-reading";
import { UNKNOWN, type Unknown } from "../shell/unknown";
import { machineOfConnection, userOfConnection } from "./connection";
import { contentAfterUpdate } from "./content-after-update";
import { copiedScripts } from "./copied-scripts";
import { appliedWorkloads } from "./kubernetes-workload";
import { fromProgramFolder, PROGRAM_FOLDER } from "./program-folder";
import { isOfProgram, machineOfWork, type Reached, reachedBy, reachedFromElsewhere, reachOf } from "./reach";
import type { Reader, Reading } from "./reader";
import type { StackResource } from "./stack-resource";
import { at, isRecord, stringAt, type Value } from "./value";

/** `command:remote:Command`: what its texts do on the machine of its connection, and on others that they reach. */
export const remoteCommand: Reader = {
  id: "shell",
  reads: (type) => type === "command:remote:Command",
  read: (resource, find, budget) => {
    const machine = machineOfConnection(resource);
    const user = userOfConnection(resource);
    const context = { budget, files: copiedScripts(resource, find), ...(user === undefined ? {} : { user }) };
    const readings = textsOf(resource).map((text) => readText(text, resource, context));
    return joined(resource, readings, machine, (reading) => [
      { machine, operations: reading.operations },
      ...reading.unread.filter(isOfProgram).flatMap((reason) => reached(resource, reason, "remote")),
    ]);
  },
};

/**
 * `command:local:Command`: what its texts do on other machines by ssh, scp and rsync. Whatever stays on the machine that
 * runs Pulumi is not evidence; a program that is not known might reach any node.
 */
export const localCommand: Reader = {
  id: "local-command",
  reads: (type) => type === "command:local:Command",
  read: (resource, _find, budget) => {
    const interpreter = at(resource.inputs, "interpreter");
    const context: ShellContext = {
      budget,
      workingDirectory: folderOf(resource),
      inheritsEnvironment: true,
      ...(Array.isArray(interpreter) ? { interpreter: interpreter.map(textOrUnknown) } : {}),
    };
    const readings = textsOf(resource).map((text) => readText(text, resource, context));
    const reading = joined(resource, readings, undefined, ({ unread }) =>
      unread.filter(mayReachOthers).flatMap((reason) => reached(resource, inProgramFolder(reason), "local")),
    );
    const operations = readings.flatMap((one) => one.operations).filter((one) => !isByKubeadm(one));
    if (operations.length === 0) return reading;
    const source: Source = { name: resource.name, kind: resource.type, urn: resource.urn };
    return { ...reading, local: [{ source, operations, kubeconfig: kubeconfigOf(resource) }] };
  },
};

/** False for programs of the machine itself. */
function mayReachOthers({ id }: Reason): boolean {
  return id !== "option-not-known";
}

/** A cluster that kubeadm makes where the program runs has no nodes of the program. */
function isByKubeadm(operation: FileOperation): boolean {
  return operation.do === "upload-config" && operation.form.kind.startsWith("kubeadm");
}

/** The value of KUBECONFIG, or what it will come from. */
function kubeconfigOf({ inputs, propertyDependencies }: StackResource): string {
  const value = at(inputs, "environment", "KUBECONFIG");
  return typeof value === "string"
    ? value
    : value === undefined
      ? ""
      : JSON.stringify(propertyDependencies["environment"] ?? []);
}

function folderOf(resource: StackResource): string | Unknown {
  const folder = stringAt(resource.inputs, "dir");
  if (folder === UNKNOWN) return UNKNOWN;
  return folder?.startsWith("/") === true ? folder : `${PROGRAM_FOLDER}/${folder ?? ""}`;
}

type KnownText = string | Unknown | { readonly missing: Reason };

/** One text that a Command runs. */
interface CommandText {
  readonly text: KnownText;
  /** Why it may not have run. */
  readonly onlyMaybe?: Reason;
}

/**
 * The texts a Command runs. `create` runs once; where `update` is given, it runs after a change and in place of
 * `create` (pulumi-command, commandController.go), so what it does besides is only possible. `delete` does not count.
 */
function textsOf(resource: StackResource): readonly CommandText[] {
  const { create, update } = resource.inputs;
  if (Object.keys(resource.inputs).length === 0) return [{ text: { missing: { id: "left-out-by-target", data: {} } } }];
  const first: readonly CommandText[] = create === undefined || create === null ? [] : [{ text: textOf(create) }];
  if (update === undefined || update === null || update === create) return first;
  return [...first, { text: textOf(update), onlyMaybe: ONLY_ON_UPDATE }];
}

const ONLY_ON_UPDATE: Reason = { id: "conditional-step", data: { on: "resource-update" } };

function textOf(value: Value): KnownText {
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "string" ? value : { missing: { id: "argument-unusable", data: { argument: "command" } } };
}

/** What a text does; anything, where it is not known. */
function readText({ text, onlyMaybe }: CommandText, resource: StackResource, context: ShellContext): ShellReading {
  if (text === UNKNOWN) return mightDoAnything({ id: "property-unknown-until-update", data: { property: "command" } });
  if (typeof text === "object") return mightDoAnything(text.missing);
  const environment = at(resource.inputs, "environment");
  const stdin = stringAt(resource.inputs, "stdin");
  const reading = readShellText(text, {
    ...context,
    ...(isRecord(environment) ? { environment: variablesOf(environment) } : {}),
    ...(environment === UNKNOWN ? { inheritsEnvironment: true } : {}),
    ...(stdin === undefined ? {} : { stdin }),
  });
  const named = { ...reading, operations: reading.operations.map((operation) => withSource(operation, resource)) };
  return onlyMaybe === undefined ? named : only(named, onlyMaybe);
}

/** `tee FILE` with a standard input that comes from a tls resource: the file will hold what that resource makes. */
function withSource(operation: FileOperation, resource: StackResource): FileOperation {
  if (operation.do !== "put" || operation.content.kind !== "unknown-until-update") return operation;
  if (
    !operation.content.waitsFor.includes(STANDARD_INPUT_AFTER_UPDATE) ||
    resource.propertyDependencies["stdin"] === undefined
  )
    return operation;
  return { ...operation, content: contentAfterUpdate(resource, "stdin") };
}

function variablesOf(environment: Readonly<Record<string, Value>>): ReadonlyMap<string, string | Unknown> {
  return new Map(Object.entries(environment).map(([name, value]) => [name, textOrUnknown(value)]));
}

function textOrUnknown(value: Value): string | Unknown {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : UNKNOWN;
}

function mightDoAnything(reason: Reason): ShellReading {
  return { operations: [anywhere(reason)], kubeadm: [], remote: [], unread: [reason] };
}

function anywhere(reason: Reason): FileOperation {
  return { do: "might-write", scope: { kind: "anywhere" }, reason };
}

/** The reading of a text that may not have run. Its runs of kubeadm stay: the program declares them. */
function only(reading: ShellReading, reason: Reason): ShellReading {
  const possible = (operations: readonly FileOperation[]) => conditional(operations, reason);
  return {
    ...reading,
    operations: possible(reading.operations),
    remote: reading.remote.map((work) => ({ ...work, operations: possible(work.operations) })),
  };
}

/** One Reading of what all texts do: here, and on the machines that they reach. */
function joined(
  resource: StackResource,
  readings: readonly ShellReading[],
  kubeadmMachine: Machine | undefined,
  byItself: (reading: ShellReading) => readonly Pick<Evidence, "machine" | "operations">[],
): Reading {
  const source: Source = { name: resource.name, kind: resource.type, urn: resource.urn };
  const evidence: Evidence[] = [];
  const kubeadmRuns: KubeadmRun[] = [];
  for (const reading of readings) {
    for (const one of byItself(reading)) if (one.operations.length > 0) evidence.push({ source, ...one });
    evidence.push(...appliedWorkloads(reading.operations, source));
    if (kubeadmMachine !== undefined)
      kubeadmRuns.push(...reading.kubeadm.map((run) => ({ ...run, source, machine: kubeadmMachine })));
    for (const work of reading.remote) {
      const machine = machineOfWork(work, comesFrom(resource));
      evidence.push(...reachedFromElsewhere(work.unread).map((one) => ({ source, ...one })));
      if (work.operations.length > 0) evidence.push({ source, machine, operations: work.operations });
      kubeadmRuns.push(...work.kubeadm.map((run) => ({ ...run, source, machine })));
    }
  }
  return { evidence, kubeadmRuns };
}

/** What something that is not followed may do on other machines. */
function reached(resource: StackResource, reason: Reason, runs: "local" | "remote"): readonly Reached[] {
  const { inputs } = resource;
  const texts = ["create", "update", "stdin", "environment"].map((key) => wordsOf(inputs[key]));
  return reachedBy(reason, reachOf(reason, runs), texts, comesFrom(resource));
}

/** A reason with the path of an inventory as seen from the program. */
function inProgramFolder(reason: Reason): Reason {
  if (reason.id !== "ansible-run" || reason.data.inventory === null) return reason;
  return { ...reason, data: { ...reason.data, inventory: fromProgramFolder(reason.data.inventory) } };
}

function wordsOf(value: Value): string {
  return typeof value === "string" ? value : isRecord(value) ? Object.values(value).map(wordsOf).join("\n") : "";
}

/** The resources that a Command's texts come from. */
function comesFrom({ propertyDependencies }: StackResource): readonly Urn[] {
  return [...new Set<Urn>(["create", "environment", "stdin"].flatMap((key) => propertyDependencies[key] ?? []))];
}

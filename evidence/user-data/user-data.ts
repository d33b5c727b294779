import type { Evidence, KubeadmRun, Machine } from "../../cluster/evidence";
import type { Budget } from "../../machine/budget";
import type { Source } from "../../machine/source";
import type { Reason } from "../../reasons/reason";
import type { ShellReading } from "../../shell/shell-reading";
import { UNKNOWN } from "../../shell/unknown";
import { sshTo } from "../connection";
import { isOfProgram, machineOfWork, reachedBy, reachedFromElsewhere, reachOf } from "../reach";
import { readIgnition } from "../read-ignition";
import { type FindResource, NOTHING_READ, type Reader, type Reading } from "../reader";
import type { StackResource } from "../stack-resource";
import {
  type CloudInitPart,
  type DecodedUserData,
  decodeUserData,
  redactionOf,
  type UserDataEncoding,
} from "./decode-user-data";
import { playCloudInit } from "./play-cloud-init";
import { pointedTo } from "./pointed-to";
import { valuesAt } from "./property-paths";
import { joinReadings, mightWriteAnywhere } from "./readings";
import { unreadable } from "./unreadable";
import { type UserDataSlot, type UserDataSource, userDataSourceOf } from "./user-data-sources";

/**
 * User data of virtual machines, templates and scaling groups, as the table of user-data sources finds it: what it writes, what
 * its commands do, and which kubeadm it runs. What cannot be read, or is not known yet, might write anything.
 */
export const userData: Reader = {
  id: "user-data",
  reads: (type) => userDataSourceOf(type) !== undefined,
  read: (resource, find, budget) => {
    const source = userDataSourceOf(resource.type);
    if (source === undefined || source.makes === "fragment") return NOTHING_READ;
    return read(resource, source, find, budget);
  },
};

function read(
  resource: StackResource,
  source: UserDataSource,
  find: FindResource,
  budget: Budget | undefined,
): Reading {
  if (Object.keys(resource.inputs).length + Object.keys(resource.outputs).length === 0) {
    return readingOf(resource, resource, anything({ id: "left-out-by-target", data: {} }));
  }
  const own = play(resource, source, find, budget);
  if (own !== undefined) return readingOf(resource, resource, own);
  const { sources, undecided } = pointedTo(resource, source, find);
  const readings = sources.flatMap((one) => {
    const reading = play(one.resource, one.source, find, budget);
    return reading === undefined ? [] : [readingOf(one.resource, resource, reading)];
  });
  const open = undecided === undefined ? [] : [readingOf(resource, resource, anything(undecided))];
  const all = [...readings, ...open];
  return { evidence: all.flatMap((one) => one.evidence), kubeadmRuns: all.flatMap((one) => one.kubeadmRuns) };
}

interface Played extends ShellReading {
  /** The texts that run. */
  readonly commands: readonly string[];
}

/** What the user data of this resource does; `undefined` where it has none. */
function play(
  resource: StackResource,
  source: UserDataSource,
  find: FindResource,
  budget: Budget | undefined,
): Played | undefined {
  const set = source.userData.map((slot) => decodedSlots(resource, slot, find, budget)).filter((all) => all.length > 0);
  const decoded = (source.firstOnly ? set.slice(0, 1) : set).flat();
  if (decoded.length === 0) return undefined;
  const undecided = new Map<string, Reason>();
  const readings: ShellReading[] = [];
  const parts: CloudInitPart[] = [];
  for (const one of decoded) {
    if (one.kind === "undecided") undecided.set(JSON.stringify(one.reason), one.reason);
    else if (one.kind === "ignition") readings.push(readIgnition(one.text, budget));
    else parts.push(...one.parts);
  }
  const all = [...[...undecided.values()].map(mightWriteAnywhere), ...readings, playCloudInit(parts, budget)];
  return { ...joinReadings(all), commands: parts.map(commandsIn) };
}

function anything(reason: Reason): Played {
  return { ...mightWriteAnywhere(reason), commands: [] };
}

/** What runs, of a part: the files that a cloud-config writes name machines for other ends. */
function commandsIn({ kind, text }: CloudInitPart): string {
  if (kind !== "cloud-config") return text;
  return (text.match(/^(?:run|boot)cmd:.*(?:\n(?:[ \t-].*)?)*/gm) ?? []).join("\n");
}

function decodedSlots(
  resource: StackResource,
  slot: UserDataSlot,
  find: FindResource,
  budget: Budget | undefined,
): readonly DecodedUserData[] {
  return valuesAt(resource, slot.path).map((value): DecodedUserData => {
    if (value === UNKNOWN) return { kind: "undecided", reason: notKnown(resource, slot, find) };
    if (typeof value !== "string") return { kind: "undecided", reason: unreadable("not-text") };
    if (slot.path.at(-1) === "path") return { kind: "undecided", reason: unreadable("file-not-shown") };
    if (slot.role === "script") return startupScript(value, budget);
    const encoding = encodingOf(resource, slot);
    if (encoding === undefined) return { kind: "undecided", reason: unreadable("encoding-unknown") };
    const decoded = decodeUserData(value, encoding, budget);
    return slot.role === "vendor-data" ? asVendorData(decoded) : decoded;
  });
}

/** Names what the value waits for, so that people know which resource to look at. */
function notKnown(resource: StackResource, slot: UserDataSlot, find: FindResource): Reason {
  const urns = resource.propertyDependencies[slot.path[0] ?? ""] ?? [];
  const waitsFor = urns.flatMap((urn) => find(urn)?.name ?? []).sort();
  return { id: "user-data-unknown-until-update", data: { waitsFor } };
}

/** gzip is found by its magic number, so only base64 need be declared. */
function encodingOf(resource: StackResource, slot: UserDataSlot): UserDataEncoding | undefined {
  if (slot.encoding !== "by-key") return slot.encoding;
  const [named] = slot.encodingAt === undefined ? [] : valuesAt(resource, slot.encodingAt);
  if (named === undefined || named === "") return "plain";
  return typeof named === "string" && /^((gz|gzip)\+)?(base64|b64)$/i.test(named) ? "base64" : undefined;
}

/** Google's guest agent runs it at boot, with cloud-init or without; a name after all others puts it last. */
function startupScript(text: string, budget: Budget | undefined): DecodedUserData {
  const isWhole = text.trimStart().startsWith("#!") || redactionOf(text.trim()) !== undefined;
  const decoded = decodeUserData(isWhole ? text : `#!/bin/sh\n${text}`, "plain", budget);
  if (decoded.kind !== "cloud-init") return decoded;
  return { kind: "cloud-init", parts: decoded.parts.map((part) => ({ ...part, name: "~startup-script" })) };
}

/** What the platform adds: its scripts run before the user's own (scripts_vendor). */
function asVendorData(decoded: DecodedUserData): DecodedUserData {
  if (decoded.kind !== "cloud-init") return decoded;
  const parts = decoded.parts.map((part) => ({
    ...part,
    name: `vendor-${part.name}`,
    kind: part.kind === "script" ? ("script-per-once" as const) : part.kind,
  }));
  return { kind: "cloud-init", parts };
}

/** The reading as evidence for `machine`, from `holder`: the machine itself, or what it points to. */
function readingOf(holder: StackResource, machine: StackResource, reading: Played): Reading {
  const source: Source = { name: holder.name, kind: holder.type, urn: machine.urn };
  const here: Machine = { by: "resource", urn: machine.urn };
  const evidence: Evidence[] = [];
  if (reading.operations.length > 0) evidence.push({ source, machine: here, operations: reading.operations });
  const kubeadmRuns: KubeadmRun[] = reading.kubeadm.map((run) => ({ ...run, source, machine: here }));
  for (const reason of reading.unread.filter(isOfProgram))
    evidence.push(
      ...reachedBy(reason, reachOf(reason, "remote"), reading.commands, []).map((one) => ({ source, ...one })),
    );
  for (const work of reading.remote) {
    const { operations, kubeadm } = work;
    const there = work.everywhere === undefined ? sshTo(work.host, work.port) : machineOfWork(work, []);
    evidence.push(...reachedFromElsewhere(work.unread).map((one) => ({ source, ...one })));
    if (operations.length > 0) evidence.push({ source, machine: there, operations });
    kubeadmRuns.push(...kubeadm.map((run) => ({ ...run, source, machine: there })));
  }
  return { evidence, kubeadmRuns };
}

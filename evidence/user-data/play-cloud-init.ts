import type { Budget } from "../../machine/budget";
import type { FileOperation } from "../../machine/file-operation";
import { normalize } from "../../machine/paths";
import type { Reason, UserDataHandOver } from "../../reasons/reason";
import { LONGEST_SCRIPT } from "../../shell/limits";
import type { ShellReading } from "../../shell/shell-reading";
import type { CloudInitPart, PartKind } from "./decode-user-data";
import { mergeCloudConfigs } from "./merge-cloud-configs";
import { readScript } from "./read-script";
import { type Files, joinReadings, mightWriteAnywhere, newFiles } from "./readings";
import { unreadable } from "./unreadable";
import { withoutMarks } from "./without-marks";
import { writtenFiles } from "./written-files";

/**
 * What cloud-init does with its parts, in the order of its stages: boothooks, bootcmd, write_files, deferred
 * write_files, then the scripts, sorted by name, runcmd being one of them (config/cloud.cfg.tmpl, cc_runcmd.py and
 * subp.runparts of cloud-init at 2026-08).
 */
export function playCloudInit(parts: readonly CloudInitPart[], budget?: Budget): ShellReading {
  const files = newFiles(budget);
  const of = (kind: PartKind) => parts.filter((part) => part.kind === kind);
  const early = [...of("part-handler").map(() => PART_HANDLER), ...of("boothook").map((part) => boothook(part, files))];
  const configs = of("cloud-config");
  const override = parts.map((part) => OVERRIDES[part.kind]).find((to) => to !== undefined);
  const config = override === undefined ? playConfig(configs, files) : uncertain(configs, handsOver(override), budget);
  return withoutMarks(joinReadings([...early, ...config.early, ...scripts(parts, config.runcmd, files)]));
}

const PART_HANDLER = mightWriteAnywhere(handsOver("part-handler"));

/** Parts that may take back what the cloud-configs say, since the last value of a key wins. */
const OVERRIDES: Partial<Readonly<Record<PartKind, UserDataHandOver>>> = {
  include: "include",
  patch: "json-patch",
  template: "jinja-blocks",
};

function boothook(part: CloudInitPart, files: Files): ShellReading {
  return readScript(
    part.text
      .trimStart()
      .replace(/^#cloud-boothook/i, "")
      .trimStart(),
    files,
  );
}

interface PlayedConfig {
  /** All that happens before the scripts. */
  readonly early: readonly ShellReading[];
  /** The script that runcmd becomes. */
  readonly runcmd: string | undefined;
}

function playConfig(configs: readonly CloudInitPart[], files: Files): PlayedConfig {
  const merged = mergeCloudConfigs(configs, files.budget);
  if (merged.kind === "undecided") return uncertain(configs, merged.reason, files.budget);
  const { config } = merged;
  const [bootcmd, runcmd] = [commandScript(config["bootcmd"]), commandScript(config["runcmd"])];
  if (bootcmd === null || runcmd === null) return uncertain(configs, unreadable("commands-not-a-list"), files.budget);
  const booted = bootcmd === undefined ? [] : [readScript(bootcmd, files)];
  const written = writtenFiles(config["write_files"], files);
  const early = [...booted, onFiles(written), onFiles(otherModules(config))];
  return { early, runcmd };
}

/** The cloud-configs where something else decides whether they count: what they run is still recorded. */
function uncertain(configs: readonly CloudInitPart[], reason: Reason, budget: Budget | undefined): PlayedConfig {
  const known = mergeCloudConfigs(configs, budget);
  const runcmd = known.kind === "config" ? commandScript(known.config["runcmd"]) : null;
  const kubeadm = typeof runcmd === "string" ? readScript(runcmd, newFiles(budget)).kubeadm : [];
  return { early: [{ ...mightWriteAnywhere(reason), kubeadm }], runcmd: undefined };
}

/** Modules of cloud-init, by their keys, that hand the machine to another tool or write to folders of certificates. */
const OTHER_MODULES: Readonly<Record<string, (value: unknown) => readonly FileOperation[]>> = {
  ansible: () => anywhere("ansible"),
  autoinstall: () => anywhere("autoinstall"),
  chef: () => anywhere("chef"),
  mcollective: () => anywhere("mcollective"),
  puppet: () => anywhere("puppet"),
  salt_minion: () => anywhere("salt"),
  ca_certs: () =>
    ["/usr/local/share/ca-certificates", "/etc/ssl/certs", "/etc/pki"].map((path) =>
      below(path, handsOver("ca-certs")),
    ),
  mounts: (value) => mountPoints(value).map((path) => below(path, { id: "disk-mounted", data: {} })),
};

function otherModules(config: Readonly<Record<string, unknown>>): readonly FileOperation[] {
  return Object.entries(OTHER_MODULES).flatMap(([key, operations]) => {
    // Older user data writes `ca-certs`.
    const value = config[key] ?? config[key.replaceAll("_", "-")];
    return value === undefined || value === null ? [] : operations(value);
  });
}

function handsOver(to: UserDataHandOver): Reason {
  return { id: "user-data-hands-over", data: { to } };
}

function anywhere(to: UserDataHandOver): readonly FileOperation[] {
  return [{ do: "might-write", scope: { kind: "anywhere" }, reason: handsOver(to) }];
}

function below(path: string, reason: Reason): FileOperation {
  return { do: "might-write", scope: { kind: "below", path }, reason };
}

function mountPoints(mounts: unknown): readonly string[] {
  if (!Array.isArray(mounts)) return [];
  return mounts.flatMap((mount) => {
    const point: unknown = Array.isArray(mount) ? mount[1] : undefined;
    return typeof point === "string" && point.startsWith("/") ? [normalize(point)] : [];
  });
}

/** util.shellify: `undefined` where there are no commands, `null` where cloud-init would refuse them. */
function commandScript(commands: unknown): string | undefined | null {
  if (commands === undefined || commands === null) return undefined;
  if (!Array.isArray(commands)) return null;
  const lines: string[] = ["#!/bin/sh"];
  let length = 0;
  for (const command of commands) {
    // A longer script is not read; aliases can make one that no memory holds.
    if (length > LONGEST_SCRIPT) break;
    if (typeof command === "string") lines.push(command);
    else if (Array.isArray(command)) {
      const words = command.map(word);
      if (words.includes(undefined)) return null;
      lines.push(words.map((one) => `'${(one ?? "").replaceAll("'", "'\\''")}'`).join(" "));
    } else if (command !== null) return null;
    length += lines.at(-1)?.length ?? 0;
  }
  return `${lines.join("\n")}\n`;
}

/** Python's str() of what a YAML list of words holds. */
function word(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "None" : undefined;
}

/** The stages of scripts, in their order; within each the order of file names. */
const SCRIPT_STAGES: readonly PartKind[] = ["script-per-once", "script-per-boot", "script-per-instance", "script"];

function scripts(parts: readonly CloudInitPart[], runcmd: string | undefined, files: Files): readonly ShellReading[] {
  return SCRIPT_STAGES.flatMap((stage) => {
    const named = new Map<string, string>();
    if (stage === "script" && runcmd !== undefined) named.set("runcmd", runcmd);
    for (const part of parts) if (part.kind === stage) named.set(part.name, part.text);
    return [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => readScript(text, files));
  });
}

function onFiles(operations: readonly FileOperation[]): ShellReading {
  return { operations, kubeadm: [], remote: [], unread: [] };
}

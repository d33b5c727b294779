import { posix } from "node:path";
import type { Budget } from "../../machine/budget";
import type { FileOperation } from "../../machine/file-operation";
import type { ShellReading } from "../../shell/shell-reading";
import type { CloudInitPart, PartKind } from "./decode-user-data";
import { mergeCloudConfigs } from "./merge-cloud-configs";
import { readScript } from "./read-script";
import { type Files, joinReadings, mightWriteAnywhere, newFiles } from "./readings";
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
  const override = parts.map((part) => OVERRIDES[part.kind]).find((why) => why !== undefined);
  const config = override === undefined ? playConfig(configs, files) : uncertain(configs, override, budget);
  return withoutMarks(joinReadings([...early, ...config.early, ...scripts(parts, config.runcmd, files)]));
}

const PART_HANDLER = mightWriteAnywhere("its user data brings a part handler, which is a program of its own");

/** Parts that may take back what the cloud-configs say, since the last value of a key wins. */
const OVERRIDES: Partial<Readonly<Record<PartKind, string>>> = {
  include: "its user data includes more from the network",
  patch: "its user data has a JSON patch",
  template: "its user data is a Jinja template whose blocks are decided on the machine",
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
  const merged = mergeCloudConfigs(configs);
  if (merged.kind === "undecided") return uncertain(configs, merged.why, files.budget);
  const { config } = merged;
  const [bootcmd, runcmd] = [commandScript(config["bootcmd"]), commandScript(config["runcmd"])];
  if (bootcmd === null || runcmd === null)
    return uncertain(configs, "its bootcmd or runcmd is no list of commands", files.budget);
  const booted = bootcmd === undefined ? [] : [readScript(bootcmd, files)];
  const written = writtenFiles(config["write_files"], files);
  const early = [...booted, onFiles(written), onFiles(otherModules(config))];
  return { early, runcmd };
}

/** The cloud-configs where something else decides whether they count: what they run is still worth knowing. */
function uncertain(configs: readonly CloudInitPart[], why: string, budget: Budget | undefined): PlayedConfig {
  const known = mergeCloudConfigs(configs);
  const runcmd = known.kind === "config" ? commandScript(known.config["runcmd"]) : null;
  const kubeadm = typeof runcmd === "string" ? readScript(runcmd, newFiles(budget)).kubeadm : [];
  return { early: [{ ...mightWriteAnywhere(why), kubeadm }], runcmd: undefined };
}

/** Modules of cloud-init, by their keys, that hand the machine to another tool or write to folders of certificates. */
const OTHER_MODULES: Readonly<Record<string, (value: unknown) => readonly FileOperation[]>> = {
  ansible: () => anywhere("runs Ansible"),
  autoinstall: () => anywhere("installs Ubuntu anew (autoinstall)"),
  chef: () => anywhere("runs Chef"),
  mcollective: () => anywhere("runs MCollective"),
  puppet: () => anywhere("runs Puppet"),
  salt_minion: () => anywhere("runs Salt"),
  ca_certs: () =>
    ["/usr/local/share/ca-certificates", "/etc/ssl/certs", "/etc/pki"].map((path) => below(path, "its ca_certs")),
  mounts: (value) => mountPoints(value).map((path) => below(path, "something is mounted there")),
};

function otherModules(config: Readonly<Record<string, unknown>>): readonly FileOperation[] {
  return Object.entries(OTHER_MODULES).flatMap(([key, operations]) => {
    // Older user data writes `ca-certs`.
    const value = config[key] ?? config[key.replaceAll("_", "-")];
    return value === undefined || value === null ? [] : operations(value);
  });
}

function anywhere(what: string): readonly FileOperation[] {
  return [{ do: "might-write", scope: { kind: "anywhere" }, why: `its user data ${what}` }];
}

function below(path: string, why: string): FileOperation {
  return { do: "might-write", scope: { kind: "below", path }, why };
}

function mountPoints(mounts: unknown): readonly string[] {
  if (!Array.isArray(mounts)) return [];
  return mounts.flatMap((mount) => {
    const point: unknown = Array.isArray(mount) ? mount[1] : undefined;
    return typeof point === "string" && point.startsWith("/") ? [posix.normalize(point)] : [];
  });
}

/** util.shellify: `undefined` where there are no commands, `null` where cloud-init would refuse them. */
function commandScript(commands: unknown): string | undefined | null {
  if (commands === undefined || commands === null) return undefined;
  if (!Array.isArray(commands)) return null;
  const lines: string[] = ["#!/bin/sh"];
  for (const command of commands) {
    if (typeof command === "string") lines.push(command);
    else if (Array.isArray(command)) {
      const words = command.map(word);
      if (words.includes(undefined)) return null;
      lines.push(words.map((one) => `'${(one ?? "").replaceAll("'", "'\\''")}'`).join(" "));
    } else if (command !== null) return null;
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

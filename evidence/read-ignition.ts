import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Budget } from "../machine/budget";
import type { Content } from "../machine/content";
import type { FileOperation } from "../machine/file-operation";
import { normalize } from "../machine/paths";
import type { Reason } from "../reasons/reason";
import { readShellText } from "../shell/read-shell-text";
import type { ShellReading } from "../shell/shell-reading";
import { unitCommands } from "../shell/unit-commands";
import { type Files, joinReadings, mightWriteAnywhere, newFiles } from "./user-data/readings";
import { asText, isGzip, unpack } from "./user-data/unpack";
import { unreadable } from "./user-data/unreadable";

/**
 * What an Ignition configuration does to the machine: directories, files and links of its storage section, in that
 * order, then the commands of its systemd units (Ignition specifications 2.x and 3.x). Never throws.
 */
export function readIgnition(json: string, budget?: Budget): ShellReading {
  let config: unknown;
  try {
    config = JSON.parse(json);
  } catch {
    return mightWriteAnywhere(unreadable("ignition-invalid"));
  }
  return readConfig(config, 0, newFiles(budget));
}

/** A configuration may bring another one as a data URL, which may bring another one. */
const DEEPEST = 3;

function readConfig(config: unknown, depth: number, files: Files): ShellReading {
  const version = textOf(field(config, "ignition", "version")) ?? "";
  const major = /^[23]\./.exec(version)?.[0];
  if (major === undefined) return mightWriteAnywhere(unreadable("ignition-version"));
  const others = referenced(field(config, "ignition", "config"), depth, files.budget);
  // `replace` throws this configuration away (Ignition, "Config Replacing").
  if (others.replace !== undefined) return others.replace;
  const storage = field(config, "storage");
  const operations = [
    ...listOf(field(storage, "directories")).flatMap((one) => directory(one)),
    ...listOf(field(storage, "files")).flatMap((one) => file(one, major === "3.", files)),
    ...listOf(field(storage, "links")).flatMap((one) => link(one)),
  ];
  const units = listOf(field(config, "systemd", "units")).map((unit) => readUnit(unit, files));
  // What is merged in wins over this configuration.
  return joinReadings([{ operations, kubeadm: [], remote: [], unread: [] }, ...others.merged, ...units]);
}

interface Referenced {
  readonly replace: ShellReading | undefined;
  readonly merged: readonly ShellReading[];
}

/** The configurations that this one names: v2 `append` and v3 `merge` are lists, `replace` is one. */
function referenced(references: unknown, depth: number, budget: Budget | undefined): Referenced {
  const replace = field(references, "replace");
  const merged = [...listOf(field(references, "append")), ...listOf(field(references, "merge"))];
  return {
    replace: field(replace, "source") ? other(replace, depth, budget) : undefined,
    merged: merged.map((one) => other(one, depth, budget)),
  };
}

function other(reference: unknown, depth: number, budget: Budget | undefined): ShellReading {
  const bytes = inlineBytes(reference, budget);
  const text = bytes === undefined ? undefined : asText(bytes);
  if (text === undefined || depth >= DEEPEST) {
    return mightWriteAnywhere({ id: "user-data-hands-over", data: { to: "ignition-config" } });
  }
  try {
    return readConfig(JSON.parse(text), depth + 1, newFiles(budget));
  } catch {
    return mightWriteAnywhere(unreadable("ignition-nested-invalid"));
  }
}

function directory(entry: unknown): readonly FileOperation[] {
  const path = pathOf(entry);
  if (path === undefined) return [];
  return isOnRoot(entry) ? [{ do: "make-directory", path }] : [];
}

function file(entry: unknown, isV3: boolean, files: Files): readonly FileOperation[] {
  const path = pathOf(entry);
  if (path === undefined) return [];
  if (!isOnRoot(entry)) return [onOtherFilesystem(path)];
  const content = contentOf(entry, files.budget);
  if (content.kind === "text") files.set(path, content.text);
  const mode = modeOf(field(entry, "mode"), isV3);
  return [{ do: "put", to: { kind: "file", path }, content, ...(mode === undefined ? {} : { mode }) }];
}

function link(entry: unknown): readonly FileOperation[] {
  const path = pathOf(entry);
  const target = textOf(field(entry, "target"));
  if (path === undefined || target === undefined) return [];
  if (!isOnRoot(entry)) return [onOtherFilesystem(path)];
  const to = { kind: "file", path } as const;
  return field(entry, "hard") === true
    ? [{ do: "copy", from: posix.resolve("/", target), to, recursive: false }]
    : [{ do: "link", to, target, replace: field(entry, "overwrite") === true }];
}

function pathOf(entry: unknown): string | undefined {
  const path = textOf(field(entry, "path"));
  return path?.startsWith("/") ? normalize(path) : undefined;
}

/** Version 2 names the filesystem of each path; `root` is the machine's own. */
function isOnRoot(entry: unknown): boolean {
  const filesystem = field(entry, "filesystem");
  return filesystem === undefined || filesystem === "root";
}

function onOtherFilesystem(path: string): FileOperation {
  const reason: Reason = { id: "mount-point-unknown", data: {} };
  return { do: "might-write", scope: { kind: "named", name: posix.basename(path) }, reason };
}

function contentOf(entry: unknown, budget: Budget | undefined): Content {
  const appended = field(entry, "append");
  if (appended === true || (Array.isArray(appended) && appended.length > 0)) return { kind: "not-shown" };
  const contents = field(entry, "contents");
  const source = field(contents, "source");
  if (source === undefined || source === null || source === "") return { kind: "text", text: "" };
  const bytes = inlineBytes(contents, budget);
  if (bytes === undefined) return { kind: "not-shown" };
  const text = asText(bytes);
  if (text !== undefined) return { kind: "text", text };
  return { kind: "sha256", sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The bytes of a resource given as a data URL (RFC 2397); `undefined` for one that is fetched or cannot be decoded. */
function inlineBytes(resource: unknown, budget: Budget | undefined): Buffer | undefined {
  const source = textOf(field(resource, "source")) ?? "";
  const parts = /^data:[^,;]*(?:;(?!base64,)[^,;]*)*(;base64)?,(.*)$/s.exec(source);
  if (parts === null) return undefined;
  const data = percentDecoded(parts[2] ?? "");
  const bytes = parts[1] === undefined ? data : Buffer.from(data.toString("latin1"), "base64");
  const compression = field(resource, "compression");
  if (compression === undefined || compression === null || compression === "") return bytes;
  // Ignition fails at anything else (internal/resource/url.go: gzip.NewReader).
  const unpacked = compression === "gzip" && isGzip(bytes) ? unpack(bytes, budget) : undefined;
  return unpacked?.kind === "bytes" ? unpacked.bytes : undefined;
}

function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  const decoded = bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, "latin1");
}

/** A decimal number; version 3 gives files 0644 where there is none. */
function modeOf(mode: unknown, isV3: boolean): string | undefined {
  if (typeof mode === "number" && Number.isInteger(mode) && mode >= 0) return mode.toString(8).padStart(4, "0");
  return isV3 ? "0644" : undefined;
}

/** What a unit and its drop-ins run when the machine boots. */
function readUnit(unit: unknown, files: Files): ShellReading {
  const contents = [field(unit, "contents"), ...listOf(field(unit, "dropins")).map((one) => field(one, "contents"))];
  const commands = contents.flatMap((one) => unitCommands(textOf(one) ?? ""));
  if (commands.length === 0 || field(unit, "mask") === true) return joinReadings([]);
  const reading = readShellText(commands.join("\n"), {
    user: "root",
    workingDirectory: "/",
    files,
    budget: files.budget,
  });
  const isEnabled = field(unit, "enabled") === true || field(unit, "enable") === true;
  if (isEnabled || (reading.operations.length === 0 && reading.kubeadm.length === 0)) return reading;
  const name = textOf(field(unit, "name")) ?? "a unit";
  return {
    ...mightWriteAnywhere({ id: "unit-not-enabled", data: { unit: name } }),
    kubeadm: reading.kubeadm,
  };
}

function field(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

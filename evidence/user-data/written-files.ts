import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Budget } from "../../machine/budget";
import type { Content } from "../../machine/content";
import type { FileOperation } from "../../machine/file-operation";
import type { Reason, UserDataProblem } from "../../reasons/reason";
import { isMarked } from "./mask-jinja";
import type { Files } from "./readings";
import { asText, isGzip, unpack } from "./unpack";
import { unreadable } from "./unreadable";

/**
 * What `write_files` does: first the entries that are not deferred, then those that are (cc_write_files.py and
 * cc_write_files_deferred.py of cloud-init at 2026-08). Texts it writes are added to `files`.
 */
export function writtenFiles(entries: unknown, files: Files): readonly FileOperation[] {
  if (entries === undefined || entries === null) return [];
  if (!Array.isArray(entries) || !entries.every(isFields)) {
    return [stopped(unreadable("write-files-not-a-list"))];
  }
  const first = entries.filter((entry) => !isTrue(entry["defer"]));
  const deferred = entries.filter((entry) => isTrue(entry["defer"]));
  return [...writeAll(first, files), ...writeAll(deferred, files)];
}

interface Fields {
  readonly [key: string]: unknown;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function writeAll(entries: readonly Fields[], files: Files): readonly FileOperation[] {
  const operations: FileOperation[] = [];
  for (const entry of entries) {
    const operation = writeOne(entry, files);
    if (operation === undefined) continue;
    operations.push(operation);
    if (operation.do === "might-write") break;
  }
  return operations;
}

/** `undefined` for an entry that cloud-init skips. */
function writeOne(entry: Fields, files: Files): FileOperation | undefined {
  const path = entry["path"];
  if (path === undefined || path === null || path === "") return undefined;
  if (typeof path !== "string") return stopped(unreadable("write-files-path"));
  // os.path.abspath: shortened as text, and relative to /, where cloud-init runs.
  const to = posix.resolve("/", path);
  const read = contentOf(entry, files.budget);
  if (read.kind === "unreadable") return stopped(unreadable(read.problem));
  const whole = isTrue(entry["append"]) ? appended(read, files.get(to)) : read;
  // What is appended is held once more, with all that was there before.
  if (whole.kind === "text" && files.budget?.takeBytes(whole.text.length) === false) return stopped(TOO_LARGE);
  if (whole.kind === "text") files.set(to, whole.text);
  else files.delete(to);
  return { do: "put", to: { kind: "file", path: to }, content: whole, mode: modeOf(entry["permissions"]) };
}

const TOO_LARGE = unreadable("write-files-too-large");

/** `unreadable` says why cloud-init, or the reader, stops there. */
type ReadContent =
  | Content
  | {
      readonly kind: "unreadable";
      readonly problem: Extract<UserDataProblem, "write-files-content" | "write-files-too-large">;
    };

/** The content that is there afterwards: only known where this user data wrote what was there before. */
function appended(content: Content, before: string | undefined): Content {
  if (before === undefined || content.kind !== "text") return { kind: "not-shown" };
  return { kind: "text", text: before + content.text };
}

/** The bytes by read_url_or_decode. */
function contentOf(entry: Fields, budget: Budget | undefined): ReadContent {
  const source = entry["source"];
  if (isFields(source) && source["uri"]) return { kind: "not-shown" };
  const content = entry["content"];
  if (content === undefined || content === null) return { kind: "text", text: "" };
  // A number, a boolean or a list is not a text that could be written.
  if (typeof content !== "string" && !(content instanceof Uint8Array)) return UNDECODABLE;
  if (typeof content === "string" && isMarked(content)) return { kind: "not-shown" };
  const steps = encodingOf(entry["encoding"]);
  // An alias can repeat an entry; each time it is decoded again.
  if (steps.length > 0 && budget?.takeBytes(content.length) === false) return TOO_MUCH;
  const bytes = decoded(Buffer.from(content), steps, budget);
  return Buffer.isBuffer(bytes) ? contentOfBytes(bytes) : bytes;
}

const UNDECODABLE: ReadContent & { readonly kind: "unreadable" } = {
  kind: "unreadable",
  problem: "write-files-content",
};
const TOO_MUCH: ReadContent & { readonly kind: "unreadable" } = {
  kind: "unreadable",
  problem: "write-files-too-large",
};
type Undecoded = typeof UNDECODABLE;

function contentOfBytes(bytes: Buffer): Content {
  const text = asText(bytes);
  if (text !== undefined) return { kind: "text", text };
  return { kind: "sha256", sha256: createHash("sha256").update(bytes).digest("hex") };
}

type Step = "base64" | "gzip";

/** canonicalize_extraction: what it does not know is plain text. */
const ENCODINGS: ReadonlyMap<string, readonly Step[]> = new Map<string, readonly Step[]>([
  ["gz", ["gzip"]],
  ["gzip", ["gzip"]],
  ["gz+base64", ["base64", "gzip"]],
  ["gzip+base64", ["base64", "gzip"]],
  ["gz+b64", ["base64", "gzip"]],
  ["gzip+b64", ["base64", "gzip"]],
  ["b64", ["base64"]],
  ["base64", ["base64"]],
]);

function encodingOf(encoding: unknown): readonly Step[] {
  return typeof encoding === "string" ? (ENCODINGS.get(encoding.toLowerCase().trim()) ?? []) : [];
}

function decoded(bytes: Buffer, steps: readonly Step[], budget: Budget | undefined): Buffer | Undecoded {
  let current = bytes;
  for (const step of steps) {
    const next = step === "base64" ? (fromLooseBase64(current) ?? UNDECODABLE) : gunzipped(current, budget);
    if (!Buffer.isBuffer(next)) return next;
    current = next;
  }
  return current;
}

/** Python's b64decode skips what is not of the alphabet and demands the padding. */
function fromLooseBase64(bytes: Buffer): Buffer | undefined {
  const digits = bytes.toString("latin1").replace(/[^A-Za-z0-9+/=]/g, "");
  const data = digits.replace(/=.*$/s, "");
  const needed = (4 - (data.length % 4)) % 4;
  return needed === 3 || digits.length - data.length < needed ? undefined : Buffer.from(data, "base64");
}

function gunzipped(bytes: Buffer, budget: Budget | undefined): Buffer | Undecoded {
  if (!isGzip(bytes)) return UNDECODABLE;
  const unpacked = unpack(bytes, budget);
  if (unpacked.kind === "bytes") return unpacked.bytes;
  return unpacked.problem === "gzip-broken" ? UNDECODABLE : TOO_MUCH;
}

/** decode_perms: octal digits as text, a number as YAML read it (true is 1), else 0644. */
function modeOf(permissions: unknown): string {
  const number =
    typeof permissions === "number" || typeof permissions === "boolean"
      ? Math.trunc(Number(permissions))
      : typeof permissions === "string" && /^\s*(0o)?[0-7]+\s*$/i.test(permissions)
        ? Number.parseInt(permissions.trim().replace(/^0o/i, ""), 8)
        : 0o644;
  return number.toString(8).padStart(4, "0");
}

/** util.get_cfg_option_bool. */
function isTrue(value: unknown): boolean {
  if (typeof value === "string") return ["true", "1", "on", "yes"].includes(value.toLowerCase().trim());
  return value === true || value === 1;
}

function stopped(reason: Reason): FileOperation {
  return { do: "might-write", scope: { kind: "anywhere" }, reason };
}

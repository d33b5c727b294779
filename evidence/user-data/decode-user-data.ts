import { load } from "js-yaml";
import type { Budget } from "../../machine/budget";
import type { Reason, UserDataProblem } from "../../reasons/reason";
import { PYYAML_SCHEMA } from "../pyyaml-schema";
import { maskJinja } from "./mask-jinja";
import { type MimePart, mergeType, mimeParts } from "./mime-parts";
import { asText, fromBase64, isGzip, LARGEST, LARGEST_MB, unpack } from "./unpack";
import { unreadable } from "./unreadable";

/** How a user-data source wants its user data. Base64 is recognized in a plain property too: many providers take both. */
export type UserDataEncoding = "plain" | "base64";

export type DecodedUserData =
  | { readonly kind: "cloud-init"; readonly parts: readonly CloudInitPart[] }
  /** An Ignition configuration, as JSON text. */
  | { readonly kind: "ignition"; readonly text: string }
  | { readonly kind: "undecided"; readonly reason: Reason };

/** One thing that cloud-init was given to do. */
export interface CloudInitPart {
  readonly kind: PartKind;
  /** The name of its file on the machine: scripts run in the order of their names. */
  readonly name: string;
  /** Its text; where it is a Jinja template, with marks in place of the expressions. */
  readonly text: string;
  readonly mergeType: string | undefined;
}

export type PartKind =
  | "cloud-config"
  | "script"
  | "script-per-boot"
  | "script-per-instance"
  | "script-per-once"
  | "boothook"
  /** Fetches more user data from the network. */
  | "include"
  /** Python code that reads parts of types of its own. */
  | "part-handler"
  /** A JSON patch of the cloud-configs before it. */
  | "patch"
  /** A template with blocks: the result is known on the machine only. */
  | "template";

/**
 * Splits user data as the machine will: base64, gzip, MIME, archives, Jinja headers (cloudinit/user_data.py and
 * cloudinit/handlers at 2026-08). Bounded in time and memory; never throws.
 */
export function decodeUserData(text: string, encoding: UserDataEncoding, budget?: Budget): DecodedUserData {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "cloud-init", parts: [] };
  const redaction = redactionOf(trimmed);
  if (redaction !== undefined) return undecided(redaction);
  if (text.length > 2 * LARGEST) return undecided("too-large", LARGEST_MB);
  const unpacked = unpack(bytesOf(text, trimmed, encoding), budget);
  if (unpacked.kind === "unreadable") return undecided(unpacked.problem, LARGEST_MB);
  const plain = asText(unpacked.bytes);
  if (plain === undefined) return undecided("not-text");
  return readPlain(plain, budget);
}

/** What engines and providers show in place of user data (docs/engine.md, "Secrets" and "Providers"). */
export function redactionOf(text: string): UserDataProblem | undefined {
  if (text === "[secret]") return "secret";
  const bytes = /^[0-9a-f]{40}$|^[A-Za-z0-9+/]{27}=$/i.test(text) ? fromBase64(text) : undefined;
  return bytes !== undefined && !isRecognized(bytes) ? "hash" : undefined;
}

function bytesOf(text: string, trimmed: string, encoding: UserDataEncoding): Buffer {
  const decoded = fromBase64(trimmed);
  if (decoded === undefined) return Buffer.from(text, "utf8");
  return encoding === "base64" || isRecognized(decoded) ? decoded : Buffer.from(text, "utf8");
}

function isRecognized(bytes: Buffer): boolean {
  if (isGzip(bytes)) return true;
  const text = asText(bytes);
  return text !== undefined && (typeFromStart(text) !== undefined || isMime(text) || isIgnition(text));
}

function readPlain(text: string, budget: Budget | undefined): DecodedUserData {
  if (isMime(text)) return readMime(text, budget);
  if (isIgnition(text)) return { kind: "ignition", text };
  const type = typeFromStart(text);
  if (type === undefined) return undecided("kind-unknown");
  return partsOf([{ type, filename: undefined, mergeType: undefined, text }]);
}

/** cloud-init looks for this header in the first 4096 bytes (convert_string). */
function isMime(text: string): boolean {
  return text.slice(0, 4096).toLowerCase().includes("mime-version:");
}

function isIgnition(text: string): boolean {
  return /^\s*\{/.test(text) && /"ignition"\s*:/.test(text);
}

function readMime(text: string, budget: Budget | undefined): DecodedUserData {
  const message = mimeParts(text);
  if (message.kind === "unreadable") return { kind: "undecided", reason: message.reason };
  const parts: TypedText[] = [];
  for (const part of message.parts) {
    const isPacked = PACKED.includes(part.type);
    const unpacked = isPacked ? unpack(part.body, budget) : ({ kind: "bytes", bytes: part.body } as const);
    if (unpacked.kind === "unreadable") return undecided(`part-${unpacked.problem}`, LARGEST_MB);
    // A script runs in whatever encoding it is; a cloud-config that is not UTF-8 is dropped.
    const script = part.type === "text/x-shellscript" ? unpacked.bytes.toString("latin1") : undefined;
    const plain = asText(unpacked.bytes) ?? script;
    // Bytes of another type are for a part handler, which leaves things undecided too.
    if (plain === undefined) continue;
    // A part that was packed keeps none of its headers but its name.
    const mergeType = isPacked ? undefined : part.mergeType;
    parts.push({ filename: part.filename, mergeType, type: typeOf(part, isPacked, plain), text: plain });
  }
  return partsOf(parts);
}

/** The types that cloud-init unpacks (DECOMP_TYPES). */
const PACKED = [
  "gzip",
  "gzip-compressed",
  "gzipped",
  "x-compress",
  "x-compressed",
  "x-gunzip",
  "x-gzip",
  "x-gzip-compressed",
].map((name) => `application/${name}`);

/** The type that cloud-init uses: that of the header, unless it is a generic one (_process_msg). */
function typeOf(part: MimePart, wasPacked: boolean, text: string): string {
  const saysLittle = wasPacked || ["text/plain", "text/x-not-multipart", "text/x-shellscript"].includes(part.type);
  return (saysLittle ? typeFromStart(text) : undefined) ?? part.type;
}

interface TypedText {
  readonly type: string;
  readonly filename: string | undefined;
  readonly mergeType: string | undefined;
  readonly text: string;
}

const JINJA = "text/jinja2";

/** The beginnings that cloud-init knows, longest first (INCLUSION_TYPES_MAP). */
const BEGINNINGS: readonly (readonly [beginning: string, type: string])[] = [
  ["#cloud-config-archive", "text/cloud-config-archive"],
  ["#cloud-config-jsonp", "text/cloud-config-jsonp"],
  ["## template: jinja", JINJA],
  ["#cloud-boothook", "text/cloud-boothook"],
  ["#part-handler", "text/part-handler"],
  ["#cloud-config", "text/cloud-config"],
  ["#include", "text/x-include-url"],
  ["#!", "text/x-shellscript"],
];

const KINDS: ReadonlyMap<string, PartKind> = new Map<string, PartKind>([
  ["text/cloud-config", "cloud-config"],
  ["text/cloud-config-jsonp", "patch"],
  ["text/cloud-boothook", "boothook"],
  ["text/part-handler", "part-handler"],
  ["text/x-include-url", "include"],
  ["text/x-include-once-url", "include"],
  ["text/x-shellscript", "script"],
  ["text/x-shellscript-per-boot", "script-per-boot"],
  ["text/x-shellscript-per-instance", "script-per-instance"],
  ["text/x-shellscript-per-once", "script-per-once"],
]);

function typeFromStart(text: string): string | undefined {
  const start = withoutLeadingSpace(text).slice(0, 40).toLowerCase();
  return BEGINNINGS.find(([beginning]) => start.startsWith(beginning))?.[1];
}

/** A byte order mark is not a space, though JavaScript says it is: it hides the beginning from cloud-init. */
function withoutLeadingSpace(text: string): string {
  return text.replace(/^[ \t\r\n\f\v]+/, "");
}

function partsOf(texts: readonly TypedText[]): DecodedUserData {
  const parts: CloudInitPart[] = [];
  for (const text of texts) {
    const members = text.type === "text/cloud-config-archive" ? archived(text.text) : [text];
    if (members === undefined) return undecided("archive-broken");
    for (const member of members) {
      const name = cleanFilename(member.filename ?? `part-${String(parts.length + 1).padStart(3, "0")}`);
      const part = partOf(member, name);
      if (part !== undefined) parts.push(part);
    }
  }
  return { kind: "cloud-init", parts };
}

/** The part, `undefined` for a type that cloud-init leaves alone. */
function partOf({ type, text, mergeType }: TypedText, name: string): CloudInitPart | undefined {
  if (type !== JINJA) return partOfKind(KINDS.get(type), { name, text, mergeType });
  // Only the first line says so, and nothing may stand before it (templater.py, detect_template).
  const [header, body] = cutFirstLine(text);
  const masked = /^##\s*template:\s*jinja\s*$/i.test(header) ? maskJinja(body) : undefined;
  if (masked === undefined) return { kind: "template", name, text: "", mergeType };
  return partOfKind(KINDS.get(typeFromStart(masked) ?? ""), { name, text: masked, mergeType });
}

function partOfKind(kind: PartKind | undefined, rest: Omit<CloudInitPart, "kind">): CloudInitPart | undefined {
  return kind === undefined ? undefined : { kind, ...rest };
}

function cutFirstLine(text: string): readonly [string, string] {
  const end = text.indexOf("\n");
  return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
}

/** The members of a `#cloud-config-archive` (_explode_archive). */
function archived(text: string): readonly TypedText[] | undefined {
  let entries: unknown;
  try {
    entries = load(text, { schema: PYYAML_SCHEMA, json: true });
  } catch {
    return undefined;
  }
  if (!Array.isArray(entries)) return undefined;
  const members = entries.map(archiveMember);
  return members.some((one) => one === undefined) ? undefined : members.flatMap((one) => one ?? []);
}

/** A member, none for what is neither a text nor a map; `undefined` for one at which cloud-init stops. */
function archiveMember(entry: unknown): readonly TypedText[] | undefined {
  if (typeof entry === "string") return archiveMember({ content: entry });
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return [];
  const { content = "", type = "", filename = "", ...more }: Readonly<Record<string, unknown>> = { ...entry };
  const text = content instanceof Uint8Array ? asText(content) : content;
  if (typeof text !== "string" || typeof type !== "string" || typeof filename !== "string") return undefined;
  const typed = type === "" ? (typeFromStart(text) ?? "text/cloud-config") : type.toLowerCase();
  return [{ type: typed, filename: filename === "" ? undefined : filename, mergeType: mergeType(more), text }];
}

/** util.clean_filename: slashes become underscores, all but these characters go. */
function cleanFilename(name: string): string {
  return name.replaceAll("/", "_").replace(/[^A-Za-z0-9_.()-]/g, "");
}

function undecided(problem: UserDataProblem, limit: number | null = null): DecodedUserData {
  return { kind: "undecided", reason: unreadable(problem, limit) };
}

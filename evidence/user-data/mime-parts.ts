import { MIMEType } from "node:util";
import type { Reason } from "../../reasons/reason";
import { unreadable } from "./unreadable";

/** One part of a MIME message that is not a container itself. */
export interface MimePart {
  /** The media type, in lower case. */
  readonly type: string;
  readonly filename: string | undefined;
  /** cloud-init's header for the merging of cloud-configs: `Merge-Type`, `X-Merge-Type`. */
  readonly mergeType: string | undefined;
  /** The body, without its transfer encoding. */
  readonly body: Buffer;
}

export type MimeReading =
  | { readonly kind: "parts"; readonly parts: readonly MimePart[] }
  | { readonly kind: "unreadable"; readonly reason: Reason };

/** cloud-init's own multiparts have one level; a message that was forwarded has a few. */
const DEEPEST = 8;
const MOST_PARTS = 1000;

/**
 * Splits a MIME message (RFC 2045, RFC 2046), in order, with nested multiparts and messages opened, as Python's
 * `email.message_from_string(text).walk()` does, by which cloud-init reads user data (cloudinit/user_data.py).
 * Bounded in depth and number; never throws.
 */
export function mimeParts(message: string): MimeReading {
  const parts: MimePart[] = [];
  const reason = collect(message.split(/\r\n|\r|\n/), parts, 0);
  return reason === undefined ? { kind: "parts", parts } : { kind: "unreadable", reason };
}

/** Adds the parts among `lines`; answers why they cannot be read. */
function collect(lines: readonly string[], parts: MimePart[], depth: number): Reason | undefined {
  if (depth > DEEPEST) return unreadable("mime-too-deep", DEEPEST);
  if (parts.length >= MOST_PARTS) return unreadable("mime-too-many-parts", MOST_PARTS);
  const { fields, body } = headersOf(lines);
  // Of the same twice the first one counts.
  const headers = new Map(fields.toReversed().map(([name, value]) => [name.toLowerCase(), value]));
  const type = contentType(headers.get("content-type"));
  if (type.name.startsWith("message/")) return collect(body, parts, depth + 1);
  if (type.name.startsWith("multipart/")) {
    if (type.boundary === undefined) return unreadable("mime-without-boundary");
    for (const part of betweenDelimiters(body, type.boundary)) {
      const reason = collect(part, parts, depth + 1);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }
  const decoded = transferDecoded(body.join("\n"), headers.get("content-transfer-encoding"));
  if (decoded === undefined) return unreadable("mime-transfer-encoding");
  parts.push({
    type: type.name,
    filename: filename(headers.get("content-disposition")) ?? type.filename,
    mergeType: mergeType(Object.fromEntries(fields)),
    body: decoded,
  });
  return undefined;
}

/** The merge type among fields by their names as written: cloud-init takes no others (handlers/cloud_config.py, _extract_mergers). */
export function mergeType(fields: Readonly<Record<string, unknown>>): string | undefined {
  return [fields["Merge-Type"], fields["X-Merge-Type"]]
    .filter((one) => typeof one === "string")
    .find((one) => one !== "");
}

type Field = readonly [name: string, value: string];

/** The header fields, unfolded; and the lines after the empty line that ends them. */
function headersOf(lines: readonly string[]): { readonly fields: readonly Field[]; readonly body: readonly string[] } {
  const fields: Field[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "") return { fields, body: lines.slice(index + 1) };
    const last = fields.at(-1);
    const [, name, value = ""] = /^([!-9;-~]+):(.*)$/.exec(line) ?? [];
    if (/^[ \t]/.test(line) && last !== undefined) fields[fields.length - 1] = [last[0], `${last[1]} ${line.trim()}`];
    // Not a header: the body begins here, without the empty line (Python: MissingHeaderBodySeparatorDefect).
    else if (name === undefined) return { fields, body: lines.slice(index) };
    else fields.push([name, value.trim()]);
  }
  return { fields, body: [] };
}

interface ContentType {
  readonly name: string;
  readonly boundary: string | undefined;
  readonly filename: string | undefined;
}

function contentType(header: string | undefined): ContentType {
  const parsed = header === undefined ? undefined : parameterized(header);
  // RFC 2045 section 5.2: without a type, or with one that makes no sense, it is plain text.
  if (parsed === undefined) return { name: "text/plain", boundary: undefined, filename: undefined };
  return {
    name: parsed.essence,
    boundary: parsed.params.get("boundary") ?? undefined,
    filename: parsed.params.get("name") ?? undefined,
  };
}

/** `attachment; filename=x` has the grammar of a media type's parameters. */
function filename(disposition: string | undefined): string | undefined {
  return (
    (disposition === undefined ? undefined : parameterized(`disposition/${disposition}`))?.params.get("filename") ??
    undefined
  );
}

/** Blanks that a sender wrote; more are an attack on MIMEType, which reads a run of blanks in quadratic time. */
const MOST_BLANKS = /[ \t]{100,}/g;

function parameterized(header: string): MIMEType | undefined {
  try {
    return new MIMEType(header.replace(MOST_BLANKS, " "));
  } catch {
    return undefined;
  }
}

/** The lines of each part. A last part that nothing ends counts, as in Python. */
function betweenDelimiters(lines: readonly string[], boundary: string): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let current: string[] | undefined;
  for (const line of lines) {
    if (line.startsWith("--") && line.trimEnd() === `--${boundary}--`) return parts;
    if (line.startsWith("--") && line.trimEnd() === `--${boundary}`) {
      current = [];
      parts.push(current);
    } else current?.push(line);
  }
  if (current?.at(-1) === "") current.pop();
  return parts;
}

function transferDecoded(body: string, encoding: string | undefined): Buffer | undefined {
  switch (encoding?.toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64");
    case "quoted-printable":
      return quotedPrintable(body);
    case undefined:
    case "":
    case "7bit":
    case "8bit":
    case "binary":
      return rawUnicodeEscape(body);
    default:
      return undefined;
  }
}

/** What Python makes of characters beyond ASCII that no encoding protects (email.message, get_payload). */
function rawUnicodeEscape(body: string): Buffer {
  const escaped = body.replace(/[^\0-\xff]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
  return Buffer.from(escaped, "latin1");
}

/** RFC 2045 section 6.7, with blanks at the ends of lines kept, as CPython's a2b_qp does. */
function quotedPrintable(body: string): Buffer {
  const bytes = rawUnicodeEscape(body).toString("latin1").replace(/=\n/g, "");
  const decoded = bytes.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, "latin1");
}

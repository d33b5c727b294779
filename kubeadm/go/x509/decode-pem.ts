/** One block of a PEM text. Its bytes may be a key: never printed. */
export interface PemBlock {
  /** What stands after BEGIN: `CERTIFICATE`, `EC PRIVATE KEY`. */
  readonly type: string;
  /** True if `Key: value` lines precede the base64 (as in the older form of encrypted keys). */
  readonly hasHeaders: boolean;
  /** Those lines, as they stand there. */
  readonly headers: string;
  readonly bytes: Buffer;
}

const BEGIN = "-----BEGIN ";
const END = "\n-----END ";
const DASHES = "-----";

/**
 * The blocks that Go's encoding/pem.Decode (go1.26) finds in a text when it is called until it finds no more.
 *
 * Whatever Go skips (indented blocks, other text, blocks whose base64 or last line is broken) is skipped here, and what
 * makes Go give up ends the list. Every step moves forward in the text, so the time is linear in its length.
 */
export function decodePem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  // One character per byte: Go counts bytes.
  let rest = Buffer.from(text, "utf8").toString("latin1");
  for (;;) {
    const found = nextBlock(rest);
    if (found === undefined) return blocks;
    blocks.push(found.block);
    rest = found.rest;
  }
}

interface Found {
  readonly block: PemBlock;
  readonly rest: string;
}

/** pem.Decode, statement by statement: positions are kept relative to `rest`, as there. */
function nextBlock(data: string): Found | undefined {
  let rest = data;
  let endTrailer = 0;
  for (;;) {
    if (endTrailer < 0 || endTrailer > rest.length) return undefined;
    rest = rest.slice(endTrailer);

    let end = rest.indexOf(END);
    if (end < 0) return undefined;
    endTrailer = end + END.length;
    const begin = end < BEGIN.length ? -1 : rest.lastIndexOf(BEGIN, end - BEGIN.length);
    if (begin < 0 || (begin > 0 && rest[begin - 1] !== "\n")) continue;

    const typeLine = firstLine(rest.slice(begin + BEGIN.length));
    rest = typeLine.rest;
    end -= begin + BEGIN.length + typeLine.consumed;
    endTrailer -= begin + BEGIN.length + typeLine.consumed;
    if (!typeLine.line.endsWith(DASHES)) continue;
    const type = typeLine.line.slice(0, -DASHES.length);

    const headers = skipHeaders(rest);
    if (headers === undefined) return undefined;
    const headerText = rest.slice(0, headers);
    rest = rest.slice(headers);
    end -= headers;
    endTrailer -= headers;
    // Headers that run over the END line leave no block.
    if (headers > 0 && end < 0) continue;

    if (!endsBlock(rest.slice(endTrailer), type)) continue;
    const bytes = end > 0 ? decodeBase64(rest.slice(0, end)) : Buffer.alloc(0);
    if (bytes === undefined) continue;
    return {
      block: {
        type: Buffer.from(type, "latin1").toString("utf8"),
        hasHeaders: headers > 0,
        headers: headerText,
        bytes,
      },
      rest: firstLine(rest.slice(end + END.length - 1)).rest,
    };
  }
}

/** The first line without its line end and without blanks before that, as getLine in encoding/pem. */
function firstLine(text: string): { readonly line: string; readonly rest: string; readonly consumed: number } {
  const newline = text.indexOf("\n");
  const next = newline < 0 ? text.length : newline + 1;
  let end = newline < 0 ? text.length : newline;
  if (newline > 0 && text[newline - 1] === "\r") end -= 1;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\t")) end -= 1;
  return { line: text.slice(0, end), rest: text.slice(next), consumed: next };
}

/** The length of the header lines (all lines with a colon); undefined where the text ends with them. */
function skipHeaders(text: string): number | undefined {
  let length = 0;
  for (;;) {
    const rest = text.slice(length);
    if (rest.length === 0) return undefined;
    const { line, consumed } = firstLine(rest);
    if (!line.includes(":")) return length;
    length += consumed;
  }
}

/** True if the END line repeats the type, closes with dashes, and holds nothing but blanks after them. */
function endsBlock(afterEnd: string, type: string): boolean {
  const length = type.length + DASHES.length;
  if (!afterEnd.startsWith(type) || afterEnd.length < length) return false;
  return afterEnd.slice(0, length).endsWith(DASHES) && firstLine(afterEnd.slice(length)).line === "";
}

/** base64.StdEncoding: padding is required, line ends do not count; pem drops blanks before. */
function decodeBase64(text: string): Buffer | undefined {
  const digits = text.replace(/[ \t\r\n]+/g, "");
  const padding = digits.endsWith("==") ? 2 : digits.endsWith("=") ? 1 : 0;
  const body = padding === 0 ? digits : digits.slice(0, -padding);
  if (digits.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(body)) return undefined;
  return Buffer.from(digits, "base64");
}

import { bitString, objectIdentifier, signedInteger } from "./der-reader";

interface Header {
  /** 0 universal, 2 context-specific. */
  readonly tagClass: number;
  readonly constructed: boolean;
  readonly tag: number;
  readonly length: number;
  /** Where the content begins. */
  readonly start: number;
}

const INTEGER = 2;
const BIT_STRING = 3;
const OCTET_STRING = 4;
const OID = 6;
const SEQUENCE = 16;
const CONTEXT = 2;

/**
 * Reads the fields of a sequence as Go's encoding/asn1.Unmarshal fills a struct, which Go uses for private keys.
 *
 * It differs from DerReader where Go's two readers differ: tags above 30 are read, fields after the last one that is
 * asked for are ignored, and so is the length of an explicit tag. A field that is refused makes `broken` true and all
 * further fields undefined.
 */
export class Asn1Fields {
  private position = 0;
  private failed = false;

  private constructor(private readonly bytes: Buffer) {}

  /** The fields that lie one after the other in these bytes. */
  static of(bytes: Buffer): Asn1Fields {
    return new Asn1Fields(bytes);
  }

  /** The fields of the sequence that the bytes begin with. */
  static sequence(bytes: Buffer, followedBy: "nothing after it" | "anything after it"): Asn1Fields | undefined {
    const outer = new Asn1Fields(bytes);
    const fields = outer.sequence();
    return followedBy === "nothing after it" && outer.position < bytes.length ? undefined : fields;
  }

  get broken(): boolean {
    return this.failed;
  }

  sequence(): Asn1Fields | undefined {
    const content = this.content(SEQUENCE, true);
    return content === undefined ? undefined : new Asn1Fields(content);
  }

  integer(): bigint | undefined {
    return this.value(this.content(INTEGER, false), signedInteger);
  }

  int64(): bigint | undefined {
    return this.value(this.integer(), (value) => (value === BigInt.asIntN(64, value) ? value : undefined));
  }

  octetString(): Buffer | undefined {
    return this.content(OCTET_STRING, false);
  }

  oid(): string | undefined {
    return this.value(this.content(OID, false), objectIdentifier);
  }

  /** An integer where the next element is one; undefined where it is not, or where it is broken. */
  optionalInteger(): bigint | undefined {
    return this.nextIs(INTEGER, false) ? this.integer() : undefined;
  }

  /** The element that comes next, whatever it is, with tag and length; empty bytes at the end. */
  optionalAny(): Buffer | undefined {
    if (this.atEnd) return Buffer.alloc(0);
    const header = this.header(this.position);
    if (header === undefined || header.start + header.length > this.bytes.length) return this.refuse();
    const whole = this.bytes.subarray(this.position, header.start + header.length);
    this.position = header.start + header.length;
    return whole;
  }

  /** What `read` makes of each sequence of a SEQUENCE OF; nothing where the next element is not a sequence. */
  optionalSequences<T>(read: (fields: Asn1Fields) => T | undefined): readonly T[] | undefined {
    if (!this.nextIs(SEQUENCE, true)) return this.failed ? undefined : [];
    const list = this.sequence();
    if (list === undefined) return undefined;
    const values: T[] = [];
    while (!list.atEnd) {
      const fields = list.sequence();
      const value = fields === undefined ? undefined : read(fields);
      if (value === undefined) return this.refuse();
      values.push(value);
    }
    return values;
  }

  optionalExplicitOid(tag: number): string | undefined {
    return this.optionalExplicit(tag, OID, false, objectIdentifier);
  }

  optionalExplicitBitString(tag: number): void {
    this.optionalExplicit(tag, BIT_STRING, false, bitString);
  }

  optionalExplicitInteger(tag: number): bigint | undefined {
    return this.optionalExplicit(tag, INTEGER, false, signedInteger);
  }

  explicitInteger(tag: number): bigint | undefined {
    return this.optionalExplicitInteger(tag) ?? this.refuse();
  }

  explicitSequence(tag: number): Asn1Fields | undefined {
    return this.optionalExplicit(tag, SEQUENCE, true, Asn1Fields.of) ?? this.refuse();
  }

  private get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  /** An element within `[tag]`; the length of `[tag]` is not looked at (parseField in encoding/asn1). */
  private optionalExplicit<T>(
    tag: number,
    innerTag: number,
    constructed: boolean,
    read: (content: Buffer) => T | undefined,
  ): T | undefined {
    if (this.failed || this.atEnd) return undefined;
    const outer = this.header(this.position);
    if (outer === undefined || outer.start >= this.bytes.length) return this.refuse();
    const matches = outer.tagClass === CONTEXT && outer.tag === tag && (outer.length === 0 || outer.constructed);
    if (!matches) return undefined;
    const inner = outer.length === 0 ? undefined : this.header(outer.start);
    if (inner === undefined) return this.refuse();
    if (inner.tagClass !== 0 || inner.tag !== innerTag || inner.constructed !== constructed) return undefined;
    return this.value(this.take(inner), read);
  }

  private content(tag: number, constructed: boolean): Buffer | undefined {
    if (this.failed) return undefined;
    const header = this.header(this.position);
    if (header?.tagClass !== 0 || header.tag !== tag || header.constructed !== constructed) return this.refuse();
    return this.take(header);
  }

  private take(header: Header): Buffer | undefined {
    if (header.start + header.length > this.bytes.length) return this.refuse();
    this.position = header.start + header.length;
    return this.bytes.subarray(header.start, this.position);
  }

  /** True if the next element is of this type. A header that cannot be read breaks the sequence. */
  private nextIs(tag: number, constructed: boolean): boolean {
    if (this.failed || this.atEnd) return false;
    const header = this.header(this.position);
    if (header === undefined) this.refuse();
    return header?.tagClass === 0 && header.tag === tag && header.constructed === constructed;
  }

  private value<Raw, T>(raw: Raw | undefined, read: (raw: Raw) => T | undefined): T | undefined {
    return (raw === undefined ? undefined : read(raw)) ?? this.refuse();
  }

  private refuse(): undefined {
    this.failed = true;
    return undefined;
  }

  /** parseTagAndLength in encoding/asn1. */
  private header(position: number): Header | undefined {
    const first = this.bytes[position];
    if (first === undefined) return undefined;
    const tag = (first & 0x1f) === 0x1f ? this.longTag(position + 1) : { value: first & 0x1f, end: position + 1 };
    const length = tag === undefined ? undefined : this.length(tag.end);
    if (tag === undefined || length === undefined) return undefined;
    const { value, end } = length;
    return { tagClass: first >> 6, constructed: (first & 0x20) !== 0, tag: tag.value, length: value, start: end };
  }

  private longTag(position: number): { readonly value: number; readonly end: number } | undefined {
    let value = 0;
    for (let index = 0; index < 5; index += 1) {
      const byte = this.bytes[position + index];
      if (byte === undefined || (index === 0 && byte === 0x80)) return undefined;
      value = value * 128 + (byte & 0x7f);
      if (byte >= 0x80) continue;
      return value < 0x1f || value > 0x7fffffff ? undefined : { value, end: position + index + 1 };
    }
    return undefined;
  }

  private length(position: number): { readonly value: number; readonly end: number } | undefined {
    const first = this.bytes[position];
    if (first === undefined || first === 0x80) return undefined;
    if (first < 0x80) return { value: first, end: position + 1 };
    let value = 0;
    const end = position + 1 + (first & 0x7f);
    for (let at = position + 1; at < end; at += 1) {
      const byte = this.bytes[at];
      if (byte === undefined || value >= 2 ** 23) return undefined;
      value = value * 256 + byte;
      if (value === 0) return undefined;
    }
    return value < 0x80 ? undefined : { value, end };
  }
}

/** ASN.1 tags as they stand in DER: class and "constructed" included. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag of a context-specific element: `[n]`. */
export function contextTag(number: number, constructed: boolean): number {
  return 0x80 | (constructed ? 0x20 : 0) | number;
}

export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag and length included. */
  readonly whole: Buffer;
}

export interface BitString {
  readonly bytes: Buffer;
  readonly bitLength: number;
}

/**
 * Reads DER as golang.org/x/crypto/cryptobyte does, which Go uses for certificates.
 *
 * Each method reads one element and moves on, or returns undefined where cryptobyte refuses it: tags above 30, lengths
 * that are not minimal or exceed the bytes, integers and object identifiers that are not minimal.
 */
export class DerReader {
  private position = 0;

  constructor(private readonly bytes: Buffer) {}

  get empty(): boolean {
    return this.position >= this.bytes.length;
  }

  /** True if the next element has this tag. */
  peeks(tag: number): boolean {
    return this.bytes[this.position] === tag;
  }

  next(): DerElement | undefined {
    const tag = this.bytes[this.position];
    const firstLength = this.bytes[this.position + 1];
    if (tag === undefined || firstLength === undefined || (tag & 0x1f) === 0x1f) return undefined;
    const lengthBytes = firstLength < 0x80 ? 0 : firstLength & 0x7f;
    const start = this.position + 2 + lengthBytes;
    if (firstLength === 0x80 || lengthBytes > 4 || start > this.bytes.length) return undefined;
    const length = lengthBytes === 0 ? firstLength : this.bytes.readUIntBE(this.position + 2, lengthBytes);
    const minimal = lengthBytes === 0 || (length >= 0x80 && length >= 256 ** (lengthBytes - 1));
    if (!minimal || start + length > this.bytes.length) return undefined;
    const whole = this.bytes.subarray(this.position, start + length);
    this.position = start + length;
    return { tag, whole, content: whole.subarray(whole.length - length) };
  }

  content(tag: number): Buffer | undefined {
    const element = this.next();
    return element?.tag === tag ? element.content : undefined;
  }

  /** The element with its tag and length. */
  whole(tag: number): Buffer | undefined {
    const element = this.next();
    return element?.tag === tag ? element.whole : undefined;
  }

  /** A reader of the element's content. */
  inside(tag: number): DerReader | undefined {
    const content = this.content(tag);
    return content === undefined ? undefined : new DerReader(content);
  }

  boolean(): boolean | undefined {
    const content = this.content(TAG.boolean);
    if (content?.length !== 1) return undefined;
    return content[0] === 0 ? false : content[0] === 0xff ? true : undefined;
  }

  integer(tag: number = TAG.integer): bigint | undefined {
    const content = this.content(tag);
    return content === undefined ? undefined : signedInteger(content);
  }

  /** An integer that fits into Go's int64. */
  int64(tag: number = TAG.integer): bigint | undefined {
    const value = this.integer(tag);
    return value !== undefined && value === BigInt.asIntN(64, value) ? value : undefined;
  }

  oid(): string | undefined {
    const content = this.content(TAG.oid);
    return content === undefined ? undefined : objectIdentifier(content);
  }

  bitString(): BitString | undefined {
    const content = this.content(TAG.bitString);
    return content === undefined ? undefined : bitString(content);
  }
}

/** The value of an INTEGER's content; undefined where it is empty or not minimal. */
export function signedInteger(content: Buffer): bigint | undefined {
  const [first, second] = content;
  if (first === undefined) return undefined;
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) return undefined;
  return BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString("hex")}`));
}

/** Dotted form of an OBJECT IDENTIFIER's content; undefined where a part is not minimal, cut off, or above 2^31-1. */
export function objectIdentifier(content: Buffer): string | undefined {
  const parts: number[] = [];
  let value = 0;
  let digits = 0;
  for (const byte of content) {
    if (digits === 0 && byte === 0x80) return undefined;
    value = value * 128 + (byte & 0x7f);
    digits += 1;
    if (digits > 5 || value > 0x7fffffff) return undefined;
    if (byte >= 0x80) continue;
    parts.push(value);
    value = 0;
    digits = 0;
  }
  const [first, ...others] = parts;
  if (first === undefined || digits > 0) return undefined;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - 40 * top, ...others].join(".");
}

/** A BIT STRING's content; undefined where its padding is wrong. */
export function bitString(content: Buffer): BitString | undefined {
  const padding = content[0];
  const last = content[content.length - 1];
  if (padding === undefined || last === undefined || padding > 7) return undefined;
  if (content.length === 1 ? padding !== 0 : (last & ((1 << padding) - 1)) !== 0) return undefined;
  return { bytes: content.subarray(1), bitLength: (content.length - 1) * 8 - padding };
}

/** The bits as bytes with the padding moved to the front, as Go's BitString.RightAlign. */
export function rightAligned({ bytes, bitLength }: BitString): Buffer {
  const shift = bytes.length * 8 - bitLength;
  if (shift === 0) return bytes;
  return Buffer.from(bytes.map((byte, index) => ((bytes[index - 1] ?? 0) << (8 - shift)) | (byte >> shift)));
}

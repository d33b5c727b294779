import { fail } from "../go-error";
import { DerReader, TAG } from "./der-reader";

/** A subject or issuer. */
export interface DistinguishedName {
  /** The DER bytes: Go compares names by them. */
  readonly raw: Buffer;
  /** The last common name, as Go keeps it; empty where there is none. */
  readonly commonName: string;
  readonly organizations: readonly string[];
  /** For messages: `CN=etcd-ca, O=example`. */
  readonly text: string;
}

interface Attribute {
  readonly oid: string;
  readonly value: string;
}

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.5", "SERIALNUMBER"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "STREET"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.17", "POSTALCODE"],
]);

/** Reads a Name from its DER bytes (crypto/x509/parser.go parseName); throws Go's error. */
export function readDistinguishedName(raw: Buffer): DistinguishedName {
  const attributes = readAttributes(raw);
  const values = (oid: string) => attributes.filter((one) => one.oid === oid).map((one) => one.value);
  return {
    raw,
    commonName: values("2.5.4.3").at(-1) ?? "",
    organizations: values("2.5.4.10"),
    text: attributes.map(({ oid, value }) => `${SHORT_NAMES.get(oid) ?? oid}=${value}`).join(", "),
  };
}

function readAttributes(raw: Buffer): readonly Attribute[] {
  const sequence = new DerReader(raw).inside(TAG.sequence) ?? fail("x509: invalid RDNSequence");
  const attributes: Attribute[] = [];
  while (!sequence.empty) {
    const set = sequence.inside(TAG.set) ?? fail("x509: invalid RDNSequence");
    while (!set.empty) {
      const pair = set.inside(TAG.sequence) ?? fail("x509: invalid RDNSequence: invalid attribute");
      const oid = pair.oid() ?? fail("x509: invalid RDNSequence: invalid attribute type");
      const { tag, content } = pair.next() ?? fail("x509: invalid RDNSequence: invalid attribute value");
      attributes.push({ oid, value: readString(tag, content) });
    }
  }
  return attributes;
}

/** The text of an ASN.1 string (crypto/x509/parser.go parseASN1String). */
function readString(tag: number, content: Buffer): string {
  const bytes = content.toString("latin1");
  switch (tag) {
    case 20: // T61String, taken for Latin-1
      return bytes;
    case 19:
      return checked(bytes, /^[A-Za-z0-9'()+,\-./ :=?*&]*$/, "PrintableString");
    case 12:
      return isUtf8(content) ? content.toString("utf8") : invalid("invalid UTF-8 string");
    case 30:
      return readBmpString(content);
    case 22:
      return checked(bytes, /^\p{ASCII}*$/u, "IA5String");
    case 18:
      return checked(bytes, /^[0-9 ]*$/, "NumericString");
    default:
      return invalid(`unsupported string type: ${tag}`);
  }
}

function checked(text: string, pattern: RegExp, type: string): string {
  return pattern.test(text) ? text : invalid(`invalid ${type}`);
}

/** UCS-2 without surrogates and noncharacters; a final zero is dropped. */
function readBmpString(content: Buffer): string {
  if (content.length % 2 !== 0) return invalid("invalid BMPString");
  const swapped = Buffer.from(content).swap16().toString("utf16le");
  const text = swapped.endsWith("\0") ? swapped.slice(0, -1) : swapped;
  return checked(text, /^[^\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]*$/, "BMPString");
}

function isUtf8(content: Buffer): boolean {
  return Buffer.from(content.toString("utf8"), "utf8").equals(content);
}

function invalid(text: string): never {
  return fail(`x509: invalid RDNSequence: invalid attribute value: ${text}`);
}

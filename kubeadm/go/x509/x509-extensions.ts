import { fail } from "../go-error";
import { goQuote } from "../go-syntax";
import { urlParts } from "../net/url-parts";
import { isDomainName, isIa5 } from "./certified-name";
import { contextTag, DerReader, TAG } from "./der-reader";
import { type NameConstraints, readNameConstraints } from "./name-constraints";

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer;
}

/** What Go reads from the extensions of a certificate. */
export interface X509Extensions {
  /** The bits of the key usage extension, 1 for digitalSignature, 32 for keyCertSign; 0 where there is none. */
  readonly keyUsage: number;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly subjectAltNames: SubjectAltNames | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  /** Empty where there is none: Go compares the two like this. */
  readonly subjectKeyId: Buffer;
  readonly authorityKeyId: Buffer;
  /** Object identifiers; undefined where the extension is absent, which means any usage. */
  readonly extendedKeyUsages: readonly string[] | undefined;
  /** True if an extension is critical that Go does not know. */
  readonly unhandledCritical: boolean;
}

export interface BasicConstraints {
  readonly isCa: boolean;
  /** How many certificates may stand between it and the leaf; undefined for any number. */
  readonly maxPathLength: bigint | undefined;
}

export interface SubjectAltNames {
  readonly raw: Buffer;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly Buffer[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly CertifiedUri[];
}

/** A URI with its host; the host is empty where it has none. */
export interface CertifiedUri {
  readonly text: string;
  readonly host: string;
}

const ID_CE = "2.5.29.";
const AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";

/** Reads extensions as Go's processExtensions (crypto/x509/parser.go, go1.26), with its strictness; throws Go's error. */
export function readX509Extensions(extensions: readonly Extension[]): X509Extensions {
  let read: X509Extensions = {
    keyUsage: 0,
    basicConstraints: undefined,
    subjectAltNames: undefined,
    nameConstraints: undefined,
    subjectKeyId: Buffer.alloc(0),
    authorityKeyId: Buffer.alloc(0),
    extendedKeyUsages: undefined,
    unhandledCritical: false,
  };
  for (const extension of extensions) {
    const found = readExtension(extension);
    read = { ...read, ...found, unhandledCritical: read.unhandledCritical || found?.unhandledCritical === true };
    if (found === undefined && extension.critical) read = { ...read, unhandledCritical: true };
  }
  return read;
}

/** What one extension says; undefined for those that Go does not know. */
function readExtension({ oid, critical, value }: Extension): Partial<X509Extensions> | undefined {
  const reader = new DerReader(value);
  switch (oid) {
    case `${ID_CE}15`:
      return { keyUsage: readKeyUsage(reader) };
    case `${ID_CE}19`:
      return { basicConstraints: readBasicConstraints(reader) };
    case `${ID_CE}17`:
      return readSubjectAltNames(value, critical);
    case `${ID_CE}30`:
      return readConstraints(value, critical);
    case `${ID_CE}31`:
      return checkDistributionPoints(reader);
    case `${ID_CE}35`:
      return { authorityKeyId: readAuthorityKeyId(reader, critical) };
    case `${ID_CE}36`:
      return checkPolicyConstraints(reader);
    case `${ID_CE}37`:
      return { extendedKeyUsages: readExtendedKeyUsages(reader) };
    case `${ID_CE}14`:
      if (critical) return fail("x509: subject key identifier incorrectly marked critical");
      return { subjectKeyId: reader.content(TAG.octetString) ?? fail("x509: invalid subject key identifier") };
    case `${ID_CE}32`:
      return checkPolicies(reader);
    case `${ID_CE}33`:
      return checkPolicyMappings(reader);
    case `${ID_CE}54`:
      return reader.int64() === undefined ? fail("x509: invalid inhibit any policy extension") : {};
    case AUTHORITY_INFO_ACCESS:
      if (critical) return fail("x509: authority info access incorrectly marked critical");
      return checkAuthorityInfoAccess(reader);
    default:
      return undefined;
  }
}

function readKeyUsage(reader: DerReader): number {
  const { bytes, bitLength } = reader.bitString() ?? fail("x509: invalid key usage");
  let usage = 0;
  for (let bit = 0; bit < Math.min(9, bitLength); bit += 1) {
    if (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) usage |= 1 << bit;
  }
  return usage;
}

function readBasicConstraints(outer: DerReader): BasicConstraints {
  const wrong = () => fail("x509: invalid basic constraints");
  const reader = outer.inside(TAG.sequence) ?? wrong();
  const isCa = reader.peeks(TAG.boolean) ? (reader.boolean() ?? wrong()) : false;
  const maxPathLength = reader.peeks(TAG.integer) ? (reader.int64() ?? wrong()) : undefined;
  if (maxPathLength !== undefined && maxPathLength < 0n) return wrong();
  return { isCa, maxPathLength };
}

function readSubjectAltNames(raw: Buffer, critical: boolean): Partial<X509Extensions> {
  const reader = new DerReader(raw).inside(TAG.sequence) ?? fail("x509: invalid subject alternative names");
  const names: Record<"dns" | "email", string[]> = { dns: [], email: [] };
  const uris: CertifiedUri[] = [];
  const ipAddresses: Buffer[] = [];
  while (!reader.empty) {
    const { tag, content } = reader.next() ?? fail("x509: invalid subject alternative name");
    if (tag === contextTag(1, false)) names.email.push(ia5(content, "rfc822Name"));
    if (tag === contextTag(2, false)) names.dns.push(ia5(content, "dNSName"));
    if (tag === contextTag(6, false)) uris.push(readUri(ia5(content, "uniformResourceIdentifier")));
    if (tag === contextTag(7, false)) ipAddresses.push(ipAddress(content));
  }
  const none = ipAddresses.length + names.dns.length + names.email.length + uris.length === 0;
  return {
    subjectAltNames: {
      raw,
      dnsNames: names.dns,
      ipAddresses,
      emailAddresses: names.email,
      uris,
    },
    unhandledCritical: none && critical,
  };
}

function ia5(content: Buffer, field: string): string {
  return isIa5(content) ? content.toString("latin1") : fail(`x509: SAN ${field} is malformed`);
}

function readUri(text: string): CertifiedUri {
  const url = urlParts(text);
  if (!url.ok) return fail(`x509: cannot parse URI ${goQuote(text)}: ${url.error}`);
  const { host } = url.value;
  if (!isDomainName(host, false)) return fail(`x509: cannot parse URI ${goQuote(text)}: invalid domain`);
  return { text, host };
}

function ipAddress(content: Buffer): Buffer {
  const known = content.length === 4 || content.length === 16;
  return known ? content : fail(`x509: cannot parse IP address of length ${content.length}`);
}

function readConstraints(value: Buffer, critical: boolean): Partial<X509Extensions> {
  const { constraints, unhandled } = readNameConstraints(value);
  return { nameConstraints: constraints, unhandledCritical: unhandled && critical };
}

function checkDistributionPoints(outer: DerReader): Partial<X509Extensions> {
  const wrong = () => fail("x509: invalid CRL distribution point");
  const points = outer.inside(TAG.sequence) ?? fail("x509: invalid CRL distribution points");
  while (!points.empty) {
    const point = points.inside(TAG.sequence) ?? wrong();
    if (!point.peeks(contextTag(0, true))) continue;
    const name = (point.inside(contextTag(0, true)) ?? wrong()).inside(contextTag(0, true)) ?? wrong();
    while (name.peeks(contextTag(6, false))) name.content(contextTag(6, false)) ?? wrong();
  }
  return {};
}

function readAuthorityKeyId(outer: DerReader, critical: boolean): Buffer {
  if (critical) return fail("x509: authority key identifier incorrectly marked critical");
  const wrong = () => fail("x509: invalid authority key identifier");
  const reader = outer.inside(TAG.sequence) ?? wrong();
  if (!reader.peeks(contextTag(0, false))) return Buffer.alloc(0);
  return reader.content(contextTag(0, false)) ?? wrong();
}

function checkPolicyConstraints(outer: DerReader): Partial<X509Extensions> {
  const wrong = () => fail("x509: invalid policy constraints extension");
  const reader = outer.inside(TAG.sequence) ?? wrong();
  for (const tag of [contextTag(0, false), contextTag(1, false)]) {
    if (reader.peeks(tag)) reader.int64(tag) ?? wrong();
  }
  return {};
}

function readExtendedKeyUsages(outer: DerReader): readonly string[] {
  const wrong = () => fail("x509: invalid extended key usages");
  const reader = outer.inside(TAG.sequence) ?? wrong();
  const usages: string[] = [];
  while (!reader.empty) usages.push(reader.oid() ?? wrong());
  return usages;
}

function checkPolicies(outer: DerReader): Partial<X509Extensions> {
  const wrong = () => fail("x509: invalid certificate policies");
  const policies = outer.inside(TAG.sequence) ?? wrong();
  const seen = new Set<string>();
  while (!policies.empty) {
    const oid = (policies.inside(TAG.sequence) ?? wrong()).content(TAG.oid) ?? wrong();
    const hex = oid.toString("hex");
    if (seen.has(hex) || !isObjectIdentifier(oid)) return wrong();
    seen.add(hex);
  }
  return {};
}

/** Policies may have parts above 2^31 (crypto/x509/oid.go newOIDFromDER). */
function isObjectIdentifier(content: Buffer): boolean {
  const last = content.at(-1);
  if (last === undefined || last >= 0x80) return false;
  return content.every((byte, index) => byte !== 0x80 || (content[index - 1] ?? 0) >= 0x80);
}

function checkPolicyMappings(outer: DerReader): Partial<X509Extensions> {
  const wrong = () => fail("x509: invalid policy mappings extension");
  const mappings = outer.inside(TAG.sequence) ?? wrong();
  while (!mappings.empty) {
    const mapping = mappings.inside(TAG.sequence) ?? wrong();
    mapping.content(TAG.oid) ?? wrong();
    mapping.content(TAG.oid) ?? wrong();
  }
  return {};
}

function checkAuthorityInfoAccess(outer: DerReader): Partial<X509Extensions> {
  const wrong = () => fail("x509: invalid authority info access");
  const accesses = outer.inside(TAG.sequence) ?? wrong();
  while (!accesses.empty) {
    const access = accesses.inside(TAG.sequence) ?? wrong();
    access.oid() ?? wrong();
    if (access.peeks(contextTag(6, false))) access.content(contextTag(6, false)) ?? wrong();
  }
  return {};
}

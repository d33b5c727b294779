import { type Attempt, attempt, fail } from "../go-error";
import { goQuote } from "../go-syntax";
import { type CertificateTime, readCertificateTime } from "./certificate-time";
import { type BitString, contextTag, DerReader, rightAligned, TAG } from "./der-reader";
import { type DistinguishedName, readDistinguishedName } from "./distinguished-name";
import { memoizeByDigest } from "./memoize-by-digest";
import { type AlgorithmIdentifier, type PublicKey, readPublicKey } from "./public-key";
import { type Extension, readX509Extensions, type X509Extensions } from "./x509-extensions";

/** A certificate as Go's crypto/x509 sees it. */
export interface X509 {
  readonly raw: Buffer;
  /** The part that is signed. */
  readonly signedPart: Buffer;
  readonly signature: Buffer;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** 1 to 3. */
  readonly version: number;
  readonly serialNumber: bigint;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: CertificateTime;
  readonly notAfter: CertificateTime;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Buffer;
  readonly publicKey: PublicKey;
  readonly extensions: X509Extensions;
}

/**
 * Reads a certificate from DER as x509.ParseCertificate of go1.26 does, in the same order and with the same errors.
 *
 * node:crypto reads more than Go (a negative serial number, broken or duplicate extensions) and less (names of old
 * string types), so it cannot stand in for it.
 */
export const parseX509: (der: Buffer) => Attempt<X509> = memoizeByDigest((der) => attempt(() => readCertificate(der)));

function readCertificate(der: Buffer): X509 {
  const raw = new DerReader(der).whole(TAG.sequence) ?? fail("x509: malformed certificate");
  const outer = new DerReader(raw).inside(TAG.sequence) ?? fail("x509: malformed certificate");
  const signedPart = outer.whole(TAG.sequence) ?? fail("x509: malformed tbs certificate");
  const tbs = new DerReader(signedPart).inside(TAG.sequence) ?? fail("x509: malformed tbs certificate");

  const version = readVersion(tbs);
  const serialNumber = tbs.integer() ?? fail("x509: malformed serial number");
  if (serialNumber < 0n) return fail("x509: negative serial number");
  const signatureAlgorithm = readSignatureAlgorithm(tbs, outer);
  const issuer = readDistinguishedName(tbs.whole(TAG.sequence) ?? fail("x509: malformed issuer"));
  const validity = tbs.inside(TAG.sequence) ?? fail("x509: malformed validity");
  const notBefore = readCertificateTime(validity);
  const notAfter = readCertificateTime(validity);
  const subject = readDistinguishedName(tbs.whole(TAG.sequence) ?? fail("x509: malformed issuer"));
  const publicKeyInfo = tbs.whole(TAG.sequence) ?? fail("x509: malformed spki");
  const publicKey = readPublicKeyInfo(publicKeyInfo);
  const extensions = readX509Extensions(version === 1 ? [] : readExtensionList(tbs, version));
  const signature: BitString = outer.bitString() ?? fail("x509: malformed signature");
  if (raw.length !== der.length) return fail("x509: trailing data");
  return {
    raw,
    signedPart,
    signature: rightAligned(signature),
    signatureAlgorithm,
    version,
    serialNumber,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKeyInfo,
    publicKey,
    extensions,
  };
}

/** One more than what is written: 3 for a certificate with extensions. */
function readVersion(tbs: DerReader): number {
  if (!tbs.peeks(contextTag(0, true))) return 1;
  const reader = tbs.inside(contextTag(0, true)) ?? fail("x509: malformed version");
  const version = reader.int64() ?? fail("x509: malformed version");
  if (!reader.empty || version < 0n) return fail("x509: malformed version");
  return version <= 2n ? Number(version) + 1 : fail("x509: invalid version");
}

function readSignatureAlgorithm(tbs: DerReader, outer: DerReader): AlgorithmIdentifier {
  const inner = tbs.content(TAG.sequence) ?? fail("x509: malformed signature algorithm identifier");
  const repeated = outer.content(TAG.sequence) ?? fail("x509: malformed algorithm identifier");
  if (!inner.equals(repeated)) return fail("x509: inner and outer signature algorithm identifiers don't match");
  return readAlgorithm(new DerReader(inner));
}

function readAlgorithm(reader: DerReader): AlgorithmIdentifier {
  const oid = reader.oid() ?? fail("x509: malformed OID");
  if (reader.empty) return { oid, parameters: Buffer.alloc(0) };
  return { oid, parameters: reader.next()?.whole ?? fail("x509: malformed parameters") };
}

function readPublicKeyInfo(publicKeyInfo: Buffer): PublicKey {
  const reader = new DerReader(publicKeyInfo).inside(TAG.sequence) ?? fail("x509: malformed spki");
  const algorithm = readAlgorithm(
    reader.inside(TAG.sequence) ?? fail("x509: malformed public key algorithm identifier"),
  );
  return readPublicKey(algorithm, reader.bitString() ?? fail("x509: malformed subjectPublicKey"));
}

function readExtensionList(tbs: DerReader, version: number): readonly Extension[] {
  skipUniqueId(tbs, 1, "x509: malformed issuerUniqueID");
  skipUniqueId(tbs, 2, "x509: malformed subjectUniqueID");
  if (version !== 3 || !tbs.peeks(contextTag(3, true))) return [];
  const wrapper = tbs.inside(contextTag(3, true)) ?? fail("x509: malformed extensions");
  const list = wrapper.inside(TAG.sequence) ?? fail("x509: malformed extensions");
  const extensions: Extension[] = [];
  const seen = new Set<string>();
  while (!list.empty) {
    const extension = readExtension(list.inside(TAG.sequence) ?? fail("x509: malformed extension"));
    if (seen.has(extension.oid)) {
      return fail(`x509: certificate contains duplicate extension with OID ${goQuote(extension.oid)}`);
    }
    seen.add(extension.oid);
    extensions.push(extension);
  }
  return extensions;
}

function skipUniqueId(tbs: DerReader, number: number, error: string): void {
  const tag = contextTag(number, false);
  if (tbs.peeks(tag)) tbs.content(tag) ?? fail(error);
}

function readExtension(reader: DerReader): Extension {
  const oid = reader.oid() ?? fail("x509: malformed extension OID field");
  const critical = reader.peeks(TAG.boolean)
    ? (reader.boolean() ?? fail("x509: malformed extension critical field"))
    : false;
  return { oid, critical, value: reader.content(TAG.octetString) ?? fail("x509: malformed extension value field") };
}

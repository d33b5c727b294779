import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import { Asn1Fields } from "./asn1-fields";
import { memoizeByCertificate } from "./memoize-by-certificate";
import type { AlgorithmIdentifier } from "./public-key";
import type { X509 } from "./x509";

type KeyKind = "RSA" | "DSA" | "ECDSA" | "Ed25519";
type Hash = "md5" | "sha1" | "sha256" | "sha384" | "sha512";

interface SignatureAlgorithm {
  /** Go's name. */
  readonly name: string;
  readonly key: KeyKind;
  /** Absent for Ed25519, which hashes on its own. */
  readonly hash?: Hash;
  /** Set for RSA-PSS. */
  readonly saltLength?: number;
}

const RSA = "1.2.840.113549.1.1.";
const ED25519 = "1.3.101.112";
const KEY_CERT_SIGN = 32;

const ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  [`${RSA}4`, { name: "MD5-RSA", key: "RSA", hash: "md5" }],
  [`${RSA}5`, { name: "SHA1-RSA", key: "RSA", hash: "sha1" }],
  ["1.3.14.3.2.29", { name: "SHA1-RSA", key: "RSA", hash: "sha1" }],
  [`${RSA}11`, { name: "SHA256-RSA", key: "RSA", hash: "sha256" }],
  [`${RSA}12`, { name: "SHA384-RSA", key: "RSA", hash: "sha384" }],
  [`${RSA}13`, { name: "SHA512-RSA", key: "RSA", hash: "sha512" }],
  ["1.2.840.10040.4.3", { name: "DSA-SHA1", key: "DSA", hash: "sha1" }],
  ["2.16.840.1.101.3.4.3.2", { name: "DSA-SHA256", key: "DSA", hash: "sha256" }],
  ["1.2.840.10045.4.1", { name: "ECDSA-SHA1", key: "ECDSA", hash: "sha1" }],
  ["1.2.840.10045.4.3.2", { name: "ECDSA-SHA256", key: "ECDSA", hash: "sha256" }],
  ["1.2.840.10045.4.3.3", { name: "ECDSA-SHA384", key: "ECDSA", hash: "sha384" }],
  ["1.2.840.10045.4.3.4", { name: "ECDSA-SHA512", key: "ECDSA", hash: "sha512" }],
  [ED25519, { name: "Ed25519", key: "Ed25519" }],
]);

const PSS_HASHES: ReadonlyMap<string, Hash> = new Map<string, Hash>([
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
]);
const SALT_LENGTHS: Readonly<Partial<Record<Hash, number>>> = { sha256: 32, sha384: 48, sha512: 64 };

/** Why a signature does not count; `error` is Go's text. */
export interface SignatureProblem {
  /** `wrong-key`: another key made it. `not-a-ca`: the parent may not sign. `algorithm`: Go does not take it. */
  readonly kind: "wrong-key" | "not-a-ca" | "algorithm";
  readonly error: string;
}

const UNSUPPORTED: SignatureProblem = {
  kind: "algorithm",
  error: "x509: cannot verify signature: algorithm unimplemented",
};
const NOT_A_CA: SignatureProblem = {
  kind: "not-a-ca",
  error: "x509: invalid signature: parent certificate cannot sign this kind of certificate",
};

/**
 * Why `parent` has not signed `child` (CheckSignatureFrom in crypto/x509, go1.26); undefined where it has.
 *
 * A parent of version 3 must be a CA by its basic constraints and, if it names key usages, may sign certificates.
 */
export function signatureProblem(child: X509, parent: X509): SignatureProblem | undefined {
  return problemsOf(child)(parent).problem;
}

/** By child and parent: `parseX509` gives the same certificate for the same bytes, and several rules ask for the same signature. */
const problemsOf = memoizeByCertificate((child) =>
  memoizeByCertificate((parent) => ({ problem: verifiedProblem(child, parent) })),
);

function verifiedProblem(child: X509, parent: X509): SignatureProblem | undefined {
  const { basicConstraints, keyUsage } = parent.extensions;
  if (basicConstraints === undefined ? parent.version === 3 : !basicConstraints.isCa) return NOT_A_CA;
  if (keyUsage !== 0 && (keyUsage & KEY_CERT_SIGN) === 0) return NOT_A_CA;
  const algorithm = algorithmOf(child.signatureAlgorithm);
  if (parent.publicKey.kind === "unknown" || algorithm === undefined) return UNSUPPORTED;
  if (algorithm.hash === "md5" || algorithm.hash === "sha1") {
    return { kind: "algorithm", error: `x509: cannot verify signature: insecure algorithm ${algorithm.name}` };
  }
  switch (parent.publicKey.kind) {
    case "rsa":
      if (algorithm.key !== "RSA") return mismatch(algorithm, "*rsa.PublicKey");
      return rsaProblem(parent.publicKey.modulus, () => isSignedBy(child, parent, algorithm));
    case "ecdsa":
      if (algorithm.key !== "ECDSA") return mismatch(algorithm, "*ecdsa.PublicKey");
      return isSignedBy(child, parent, algorithm) ? undefined : wrongKey("x509: ECDSA verification failure");
    case "ed25519":
      if (algorithm.key !== "Ed25519") return mismatch(algorithm, "ed25519.PublicKey");
      return isSignedBy(child, parent, algorithm) ? undefined : wrongKey("x509: Ed25519 verification failure");
    case "dsa":
      return UNSUPPORTED;
  }
}

function rsaProblem(modulus: bigint, isSigned: () => boolean): SignatureProblem | undefined {
  const bits = modulus.toString(2).length;
  if (bits < 1024) {
    const error = `crypto/rsa: ${bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`;
    return { kind: "algorithm", error };
  }
  return isSigned() ? undefined : wrongKey("crypto/rsa: verification error");
}

function wrongKey(error: string): SignatureProblem {
  return { kind: "wrong-key", error };
}

/** The signature was made by a key of another algorithm. */
function mismatch({ key }: SignatureAlgorithm, keyType: string): SignatureProblem {
  return wrongKey(`x509: signature algorithm specifies an ${key} public key, but have public key of type ${keyType}`);
}

function isSignedBy(child: X509, parent: X509, { hash, saltLength }: SignatureAlgorithm): boolean {
  const { key } = keyOf(parent);
  if (key === undefined) return false;
  const padding = saltLength === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  return verify(hash, child.signedPart, { key, ...padding }, child.signature);
}

/** A CA has signed the certificates of many nodes: its key is read once. A key that OpenSSL refuses has signed nothing. */
const keyOf = memoizeByCertificate(({ publicKeyInfo }: X509): { readonly key: KeyObject | undefined } => {
  try {
    return { key: createPublicKey({ key: publicKeyInfo, format: "der", type: "spki" }) };
  } catch {
    return { key: undefined };
  }
});

/** getSignatureAlgorithmFromAI in crypto/x509. */
function algorithmOf({ oid, parameters }: AlgorithmIdentifier): SignatureAlgorithm | undefined {
  if (oid === `${RSA}10`) return pssAlgorithm(parameters);
  if (oid === ED25519 && parameters.length > 0) return undefined;
  return ALGORITHMS.get(oid);
}

/** Go takes RSA-PSS only where both hashes are the same and the salt is as long as the hash. */
function pssAlgorithm(parameters: Buffer): SignatureAlgorithm | undefined {
  const fields = Asn1Fields.sequence(parameters, "anything after it");
  const hashOid = hashOf(fields?.explicitSequence(0));
  const generator = fields?.explicitSequence(1);
  const generatorOid = generator?.oid();
  const generatorHash = hashOf(Asn1Fields.sequence(generator?.optionalAny() ?? Buffer.alloc(0), "anything after it"));
  const saltLength = fields?.explicitInteger(2);
  const hash = PSS_HASHES.get(hashOid ?? "");
  const trailer = fields?.optionalExplicitInteger(3);
  if (fields === undefined || fields.broken || hash === undefined) return undefined;
  if (generatorOid !== `${RSA}8` || generatorHash !== hashOid || (trailer ?? 1n) !== 1n) return undefined;
  if (saltLength !== BigInt(SALT_LENGTHS[hash] ?? 0)) return undefined;
  return { name: `${hash.toUpperCase()}-RSAPSS`, key: "RSA", hash, saltLength: Number(saltLength) };
}

/** The object identifier of an algorithm without parameters, or with NULL for them. */
function hashOf(algorithm: Asn1Fields | undefined): string | undefined {
  const oid = algorithm?.oid();
  const parameters = algorithm?.optionalAny();
  const none = parameters?.length === 0 || parameters?.equals(Buffer.from([5, 0])) === true;
  return none ? oid : undefined;
}

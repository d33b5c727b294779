import { ECDH } from "node:crypto";
import { fail } from "../go-error";
import { type BitString, DerReader, rightAligned, TAG } from "./der-reader";

/** An elliptic curve that Go knows. */
export interface Curve {
  /** Go's name: `P-256`. */
  readonly name: string;
  /** OpenSSL's name. */
  readonly openssl: string;
  /** The length of a coordinate and of a private key. */
  readonly size: number;
  readonly prime: bigint;
}

export type PublicKey =
  | { readonly kind: "rsa"; readonly modulus: bigint; readonly exponent: bigint }
  | { readonly kind: "ecdsa"; readonly curve: Curve; readonly point: Buffer }
  | { readonly kind: "ed25519"; readonly bytes: Buffer }
  | { readonly kind: "dsa" }
  /** An algorithm that Go leaves alone. */
  | { readonly kind: "unknown" };

/** The algorithms of public keys (RFC 3279, 5480, 8410). */
export const KEY_ALGORITHM = {
  rsa: "1.2.840.113549.1.1.1",
  dsa: "1.2.840.10040.4.1",
  ecdsa: "1.2.840.10045.2.1",
  x25519: "1.3.101.110",
  ed25519: "1.3.101.112",
} as const;

const CURVES: ReadonlyMap<string, Curve> = new Map([
  ["1.3.132.0.33", { name: "P-224", openssl: "secp224r1", size: 28, prime: 2n ** 224n - 2n ** 96n + 1n }],
  [
    "1.2.840.10045.3.1.7",
    { name: "P-256", openssl: "prime256v1", size: 32, prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n },
  ],
  [
    "1.3.132.0.34",
    { name: "P-384", openssl: "secp384r1", size: 48, prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n },
  ],
  ["1.3.132.0.35", { name: "P-521", openssl: "secp521r1", size: 66, prime: 2n ** 521n - 1n }],
]);

/** The curve of an object identifier; undefined for those that Go lacks, such as secp256k1. */
export function curveOf(oid: string): Curve | undefined {
  return CURVES.get(oid);
}

export interface AlgorithmIdentifier {
  readonly oid: string;
  /** The parameters with their tag and length; empty where there are none. */
  readonly parameters: Buffer;
}

/** Reads a certificate's key as Go's parsePublicKey (crypto/x509/parser.go); throws Go's error. */
export function readPublicKey(algorithm: AlgorithmIdentifier, key: BitString): PublicKey {
  const bytes = rightAligned(key);
  switch (algorithm.oid) {
    case KEY_ALGORITHM.rsa:
      return readRsaKey(algorithm.parameters, bytes);
    case KEY_ALGORITHM.ecdsa:
      return readEcKey(algorithm.parameters, bytes);
    case KEY_ALGORITHM.ed25519:
      if (algorithm.parameters.length > 0) return fail("x509: Ed25519 key encoded with illegal parameters");
      return bytes.length === 32 ? { kind: "ed25519", bytes } : fail("x509: wrong Ed25519 public key size");
    case KEY_ALGORITHM.dsa:
      return readDsaKey(algorithm.parameters, bytes);
    default:
      return { kind: "unknown" };
  }
}

/** True if both are the same key of the same algorithm. */
export function samePublicKey(a: PublicKey, b: PublicKey): boolean {
  if (a.kind === "rsa" && b.kind === "rsa") return a.modulus === b.modulus && a.exponent === b.exponent;
  if (a.kind === "ecdsa" && b.kind === "ecdsa") return a.curve === b.curve && a.point.equals(b.point);
  return a.kind === "ed25519" && b.kind === "ed25519" && a.bytes.equals(b.bytes);
}

function readRsaKey(parameters: Buffer, bytes: Buffer): PublicKey {
  if (!parameters.equals(Buffer.from([5, 0]))) return fail("x509: RSA key missing NULL parameters");
  const reader = new DerReader(bytes).inside(TAG.sequence) ?? fail("x509: invalid RSA public key");
  const modulus = reader.integer() ?? fail("x509: invalid RSA modulus");
  const exponent = reader.int64() ?? fail("x509: invalid RSA public exponent");
  if (modulus <= 0n) return fail("x509: RSA modulus is not a positive number");
  if (exponent <= 0n) return fail("x509: RSA public exponent is not a positive number");
  return { kind: "rsa", modulus, exponent };
}

function readEcKey(parameters: Buffer, point: Buffer): PublicKey {
  const oid = new DerReader(parameters).oid() ?? fail("x509: invalid ECDSA parameters");
  const curve = curveOf(oid) ?? fail("x509: unsupported elliptic curve");
  if (point[0] !== 4) return fail("ecdsa: invalid uncompressed public key");
  const name = curve.name.replace("-", "");
  if (point.length !== 1 + 2 * curve.size) return fail(`invalid ${name} point encoding`);
  for (const coordinate of [point.subarray(1, 1 + curve.size), point.subarray(1 + curve.size)]) {
    // Only P-256 has an assembly version on amd64, with words of its own.
    if (BigInt(`0x${coordinate.toString("hex")}`) >= curve.prime) {
      return fail(curve.name === "P-256" ? "invalid P256 element encoding" : `invalid ${name}Element encoding`);
    }
  }
  return isOnCurve(point, curve) ? { kind: "ecdsa", curve, point } : fail(`${name} point not on curve`);
}

function isOnCurve(point: Buffer, curve: Curve): boolean {
  try {
    ECDH.convertKey(point, curve.openssl);
    return true;
  } catch {
    return false;
  }
}

function readDsaKey(parameters: Buffer, bytes: Buffer): PublicKey {
  const y = new DerReader(bytes).integer() ?? fail("x509: invalid DSA public key");
  const reader = new DerReader(parameters).inside(TAG.sequence) ?? fail("x509: invalid DSA parameters");
  const numbers = [y];
  for (let count = 0; count < 3; count += 1) numbers.push(reader.integer() ?? fail("x509: invalid DSA parameters"));
  if (numbers.some((number) => number <= 0n)) return fail("x509: zero or negative DSA parameter");
  return { kind: "dsa" };
}

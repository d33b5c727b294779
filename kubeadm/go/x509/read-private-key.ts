import { createECDH, createPrivateKey, createPublicKey } from "node:crypto";
import { Asn1Fields } from "./asn1-fields";
import { curveOf, KEY_ALGORITHM, type PublicKey } from "./public-key";

/** What Go finds in the bytes of a private key: its public half, since that is all that pairs are compared by. */
export type PrivateKeyReading =
  | { readonly kind: "key"; readonly publicKey: PublicKey }
  /** A key that PKCS#8 can hold and TLS cannot use (X25519). */
  | { readonly kind: "unusable" }
  | { readonly kind: "unreadable" };

/**
 * Reads a private key as parsePrivateKey of Go's crypto/tls does (go1.26): PKCS#1, then PKCS#8, then SEC1, whatever the
 * PEM block was called. Encrypted keys are unreadable.
 */
export function readPrivateKey(der: Buffer): PrivateKeyReading {
  const pkcs1 = readPkcs1(der);
  if (pkcs1 !== undefined) return { kind: "key", publicKey: pkcs1 };
  const pkcs8 = readPkcs8(der);
  if (pkcs8 !== undefined) return pkcs8;
  const sec1 = readSec1(der, undefined);
  return sec1 === undefined ? { kind: "unreadable" } : { kind: "key", publicKey: sec1 };
}

/** crypto/x509/pkcs1.go ParsePKCS1PrivateKey. */
function readPkcs1(der: Buffer): PublicKey | undefined {
  const key = Asn1Fields.sequence(der, "nothing after it");
  const version = key?.int64();
  const modulus = key?.integer();
  const exponent = key?.int64();
  const [d, p, q] = [key?.integer(), key?.integer(), key?.integer()];
  if (version === undefined || modulus === undefined || exponent === undefined) return undefined;
  if (key === undefined || d === undefined || p === undefined || q === undefined) return undefined;
  const crt = [key.optionalInteger(), key.optionalInteger(), key.optionalInteger()];
  const more = key.optionalSequences(readAdditionalPrime);
  if (key.broken || more === undefined || version > 1n) return undefined;
  const numbers = [modulus, d, p, q, ...more, ...crt.filter((number) => number !== undefined)];
  if (numbers.some((number) => number <= 0n)) return undefined;
  const [dP, dQ, qInv] = crt;
  const valid =
    more.length > 0
      ? isMultiPrimeKey({ modulus, exponent, d, primes: [p, q, ...more] })
      : isRsaKey({ modulus, exponent, d, p, q, ...crtOf({ d, p, q }, dP, dQ, qInv) });
  return valid ? { kind: "rsa", modulus, exponent } : undefined;
}

/** A further prime; its exponent and coefficient must be integers and are otherwise ignored. */
function readAdditionalPrime(fields: Asn1Fields): bigint | undefined {
  const [prime, exponent, coefficient] = [fields.integer(), fields.integer(), fields.integer()];
  return exponent === undefined || coefficient === undefined ? undefined : prime;
}

interface Crt {
  readonly dP: bigint;
  readonly dQ: bigint;
  readonly qInv: bigint;
}

interface RsaKey extends Crt {
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
}

/** The CRT values as given; where one is absent Go works all three out. */
function crtOf(
  { d, p, q }: Pick<RsaKey, "d" | "p" | "q">,
  dP: bigint | undefined,
  dQ: bigint | undefined,
  qInv: bigint | undefined,
): Crt {
  if (dP !== undefined && dQ !== undefined && qInv !== undefined) return { dP, dQ, qInv };
  if (p < 2n || q < 2n) return { dP: 0n, dQ: 0n, qInv: 0n };
  return { dP: d % (p - 1n || 1n), dQ: d % (q - 1n || 1n), qInv: inverse(q % p, p) ?? 0n };
}

/** checkPrivateKey of crypto/internal/fips140/rsa (go1.26). */
function isRsaKey({ modulus, exponent, d, p, q, dP, dQ, qInv }: RsaKey): boolean {
  const bits = bitLength(modulus);
  const difference = p > q ? p - q : q - p;
  return (
    isRsaPublicKey(modulus, exponent) &&
    d < modulus &&
    p > 2n &&
    q > 2n &&
    p < modulus &&
    q < modulus &&
    (p * q) % modulus === 0n &&
    dP < p - 1n &&
    (exponent * dP) % (p - 1n) === 1n &&
    dQ < q - 1n &&
    (exponent * dQ) % (q - 1n) === 1n &&
    qInv < p &&
    (qInv * q) % p === 1n &&
    d % (p - 1n) === dP &&
    d % (q - 1n) === dQ &&
    difference !== 0n &&
    bitLength(difference) > Math.floor(bits / 2) - 100 &&
    bitLength(d) > Math.floor(bits / 2)
  );
}

/** A key of three and more primes: precomputeLegacy of crypto/rsa asks little. */
function isMultiPrimeKey(key: {
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly d: bigint;
  readonly primes: readonly [bigint, bigint, ...bigint[]];
}): boolean {
  const [p, q, ...more] = key.primes;
  if (!isRsaPublicKey(key.modulus, key.exponent) || key.d >= key.modulus) return false;
  if (key.primes.some((prime) => prime <= 1n) || inverse(q % p, p) === undefined) return false;
  let product = p * q;
  for (const prime of more) {
    if (inverse(product % prime, prime) === undefined) return false;
    product *= prime;
  }
  return true;
}

function isRsaPublicKey(modulus: bigint, exponent: bigint): boolean {
  return modulus > 1n && modulus % 2n === 1n && exponent >= 2n && exponent % 2n === 1n && exponent < 2n ** 31n;
}

function bitLength(number: bigint): number {
  const hex = number.toString(16);
  return hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
}

/** Far above any key in use; keeps the time bounded that a made-up key can cost. */
const MOST_BITS = 65_536;

/** The inverse of `number` modulo `modulus`; undefined where there is none. */
function inverse(number: bigint, modulus: bigint): bigint | undefined {
  if (bitLength(modulus) > MOST_BITS) return undefined;
  let [previous, current] = [modulus, number];
  let [previousFactor, factor] = [0n, 1n];
  while (current > 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous - quotient * current];
    [previousFactor, factor] = [factor, previousFactor - quotient * factor];
  }
  return previous === 1n ? ((previousFactor % modulus) + modulus) % modulus : undefined;
}

/** crypto/x509/pkcs8.go ParsePKCS8PrivateKey. */
function readPkcs8(der: Buffer): PrivateKeyReading | undefined {
  const key = Asn1Fields.sequence(der, "anything after it");
  const version = key?.int64();
  const algorithm = key?.sequence();
  const oid = algorithm?.oid();
  const parameters = algorithm?.optionalAny();
  const bytes = key?.octetString();
  if (version === undefined || oid === undefined || parameters === undefined || bytes === undefined) return undefined;
  switch (oid) {
    case KEY_ALGORITHM.rsa:
      return keyReading(readPkcs1(bytes));
    case KEY_ALGORITHM.ecdsa:
      return keyReading(readSec1(bytes, Asn1Fields.of(parameters).oid()));
    case KEY_ALGORITHM.ed25519:
      return parameters.length > 0 ? undefined : keyReading(readEd25519(Asn1Fields.of(bytes).octetString()));
    case KEY_ALGORITHM.x25519:
      if (parameters.length > 0) return undefined;
      return Asn1Fields.of(bytes).octetString()?.length === 32 ? { kind: "unusable" } : undefined;
    default:
      return undefined;
  }
}

function keyReading(publicKey: PublicKey | undefined): PrivateKeyReading | undefined {
  return publicKey === undefined ? undefined : { kind: "key", publicKey };
}

/** crypto/x509/sec1.go parseECPrivateKey: the curve named around the key goes before the one inside. */
function readSec1(der: Buffer, outerCurve: string | undefined): PublicKey | undefined {
  const key = Asn1Fields.sequence(der, "anything after it");
  const version = key?.int64();
  const scalar = key?.octetString();
  const innerCurve = key?.optionalExplicitOid(0);
  key?.optionalExplicitBitString(1);
  if (key === undefined || key.broken || version !== 1n || scalar === undefined) return undefined;
  const curve = curveOf(outerCurve ?? innerCurve ?? "");
  if (curve === undefined) return undefined;
  const padding = Math.max(0, scalar.length - curve.size);
  if (scalar.subarray(0, padding).some((byte) => byte !== 0)) return undefined;
  const ecdh = createECDH(curve.openssl);
  try {
    ecdh.setPrivateKey(scalar.subarray(padding));
    return { kind: "ecdsa", curve, point: ecdh.getPublicKey() };
  } catch {
    return undefined; // zero, or not below the order of the curve
  }
}

/** The PKCS#8 form of an Ed25519 key without its 32 bytes. */
const ED25519_PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
/** The length of what precedes the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo. */
const ED25519_SPKI_PREFIX = 12;

function readEd25519(seed: Buffer | undefined): PublicKey | undefined {
  if (seed?.length !== 32) return undefined;
  const key = createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return { kind: "ed25519", bytes: spki.subarray(ED25519_SPKI_PREFIX) };
}

import { hash } from "node:crypto";
import { goQuote } from "../go-syntax";
import { decodePem, type PemBlock } from "./decode-pem";
import { memoizeByDigest } from "./memoize-by-digest";
import { samePublicKey } from "./public-key";
import { type PrivateKeyReading, readPrivateKey } from "./read-private-key";
import { parseX509, type X509 } from "./x509";

/** A certificate with its key, as kubeadm would load them, or the error that it would print. */
export type KeyPair =
  | {
      readonly ok: true;
      readonly certificate: X509;
      /** The DER of every certificate in the file; those after the first are sent along unread. */
      readonly chain: readonly [Buffer, ...Buffer[]];
    }
  | { readonly ok: false; readonly error: string };

/** What the certificate's file holds for X509KeyPair, before the key's file is looked at. */
export type CertificateBlocks =
  | { readonly ok: true; readonly chain: readonly [Buffer, ...Buffer[]] }
  | { readonly ok: false; readonly error: string };

/**
 * Loads a certificate and its key as tls.X509KeyPair of go1.26 does, with its order and wording.
 *
 * Only the first CERTIFICATE is read, the first block whose name ends in PRIVATE KEY is the key. Nothing of the key
 * reaches an error.
 */
export function loadKeyPair(certificatePem: string, keyPem: string): KeyPair {
  const blocks = certificateBlocks(certificatePem);
  if (!blocks.ok) return blocks;
  const key = keyOf(keyPem);
  if (key.kind === "none") return key.failure;
  const parsed = parseX509(blocks.chain[0]);
  if (!parsed.ok) return parsed;
  const certificate = parsed.value;
  if (key.kind === "hidden") return pairWithHidden(key, certificate, blocks.chain);
  if (key.kind === "unreadable") return failed("failed to parse private key");
  if (key.kind === "unusable") return failed("found unknown private key type in PKCS#8 wrapping");
  const kind = certificate.publicKey.kind;
  if (kind === "unknown" || kind === "dsa") return failed("unknown public key algorithm");
  if (key.publicKey.kind !== kind) return failed("private key type does not match public key type");
  if (!samePublicKey(certificate.publicKey, key.publicKey)) return failed("private key does not match public key");
  return { ok: true, certificate, chain: blocks.chain };
}

/** The certificates of a file, or the error about a file without any. */
export const certificateBlocks: (certificatePem: string) => CertificateBlocks = memoizeByDigest(blocksOf);

function blocksOf(certificatePem: string): CertificateBlocks {
  const blocks = decodePem(certificatePem);
  const [first, ...others] = blocks.filter((block) => block.type === "CERTIFICATE").map((block) => block.bytes);
  if (first !== undefined) return { ok: true, chain: [first, ...others] };
  const [only, ...more] = blocks.map((block) => block.type);
  if (only === undefined) return failed("failed to find any PEM data in certificate input");
  if (more.length === 0 && only.endsWith("PRIVATE KEY")) {
    return failed(
      "failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
    );
  }
  return failed(`failed to find ${goQuote("CERTIFICATE")} PEM block in certificate input ${skipped([only, ...more])}`);
}

/** What is known of a key's file: nothing of it is secret. */
type KeyFile = { readonly kind: "none"; readonly failure: Failure } | HiddenKey | PrivateKeyReading;

const keyOf: (keyPem: string) => KeyFile = memoizeByDigest((keyPem) => {
  const block = privateKeyBlock(keyPem);
  return block.ok ? (hiddenKey(block) ?? readPrivateKey(block.bytes)) : { kind: "none", failure: block };
});

/** A private key that stayed on its node (`kubeadm-guard collect`): headers of its block stand for its bytes. */
interface HiddenKey {
  readonly kind: "hidden";
  /** SHA-256 of the public half's SubjectPublicKeyInfo, in hex; `none` where openssl could not read the key. */
  readonly sha256: string;
  /** `rsa`, `ecdsa`, `ed25519`, `other`. */
  readonly algorithm: string;
}

function hiddenKey({ headers }: Pick<PemBlock, "headers">): HiddenKey | undefined {
  const field = (name: string) => new RegExp(`^${name}: ([a-z0-9]+)\\r?$`, "m").exec(headers)?.[1];
  const sha256 = field("Public-Key-SHA256");
  return sha256 === undefined
    ? undefined
    : { kind: "hidden", sha256, algorithm: field("Public-Key-Algorithm") ?? "other" };
}

function pairWithHidden(
  { sha256, algorithm }: HiddenKey,
  certificate: X509,
  chain: readonly [Buffer, ...Buffer[]],
): KeyPair {
  if (sha256 === "none") return failed("failed to parse private key");
  if (algorithm === "other") return failed("found unknown private key type in PKCS#8 wrapping");
  const { kind } = certificate.publicKey;
  if (kind === "unknown" || kind === "dsa") return failed("unknown public key algorithm");
  if (algorithm !== kind) return failed("private key type does not match public key type");
  return hash("sha256", certificate.publicKeyInfo, "hex") === sha256
    ? { ok: true, certificate, chain }
    : failed("private key does not match public key");
}

function privateKeyBlock(keyPem: string): ({ readonly ok: true } & Pick<PemBlock, "bytes" | "headers">) | Failure {
  const blocks = decodePem(keyPem);
  const key = blocks.find(({ type }) => type === "PRIVATE KEY" || type.endsWith(" PRIVATE KEY"));
  if (key !== undefined) return { ok: true, bytes: key.bytes, headers: key.headers };
  const [only, ...more] = blocks.map((block) => block.type);
  if (only === undefined) return failed("failed to find any PEM data in key input");
  if (more.length === 0 && only === "CERTIFICATE") {
    return failed("found a certificate rather than a key in the PEM for the private key");
  }
  return failed(
    `failed to find PEM block with type ending in ${goQuote("PRIVATE KEY")} in key input ${skipped([only, ...more])}`,
  );
}

function skipped(types: readonly string[]): string {
  return `after skipping PEM blocks of the following types: [${types.join(" ")}]`;
}

interface Failure {
  readonly ok: false;
  readonly error: string;
}

function failed(text: string): Failure {
  return { ok: false, error: `tls: ${text}` };
}

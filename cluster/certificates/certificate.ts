import { hash } from "node:crypto";
import type { Attempt } from "../../kubeadm/go/go-error";
import { loadCaPool } from "../../kubeadm/go/x509/ca-pool";
import { certifiedNames } from "../../kubeadm/go/x509/host-names";
import { certificateBlocks } from "../../kubeadm/go/x509/key-pair";
import { readChain } from "../../kubeadm/go/x509/read-chain";
import { ANY_USAGE, USAGES } from "../../kubeadm/go/x509/verify-chain";
import { parseX509, type X509 } from "../../kubeadm/go/x509/x509";
import { memoizeObject } from "../../machine/memoize";
import type { CertificateFacts, ExtendedKeyUsage } from "./certificate-facts";

/** A certificate whose PEM is known: every fact is there. */
export interface Certificate extends CertificateFacts {
  /** For messages: `CN=etcd-node-master01`. */
  readonly subject: string;
  readonly issuer: string;
  /** In hex. */
  readonly serialNumber: string;
  /** SHA-256 of the certificate, in hex: safe to print. */
  readonly fingerprint: string;
  /** In hex; empty where there is none. */
  readonly subjectKeyId: string;
  readonly authorityKeyId: string;
  readonly keyUsages: readonly KeyUsage[];
  readonly validity: { readonly kind: "dates"; readonly notBefore: number; readonly notAfter: number };
  readonly isCa: boolean;
  readonly key: { readonly by: "public-key"; readonly sha256: string };
  readonly x509: X509;
}

/** RFC 5280, 4.2.1.3, in the order of their bits. */
const KEY_USAGES = [
  "digitalSignature",
  "contentCommitment",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** The first certificate of a PEM text, the one that Go takes for the leaf; the error is Go's. */
export function readCertificate(pem: string): Attempt<Certificate> {
  const blocks = certificateBlocks(pem);
  if (!blocks.ok) return blocks;
  const parsed = parseX509(blocks.chain[0]);
  return parsed.ok ? { ok: true, value: certificateOf(parsed.value) } : parsed;
}

/** The leaf of what a server shows, where all of it can be read; the error is Go's. */
export function readServedLeaf(pem: string): Attempt<Certificate> {
  const chain = readChain(pem);
  return chain.ok ? { ok: true, value: certificateOf(chain.value[0]) } : chain;
}

/** The CAs of a file as kubeadm loads them at an upgrade: none of a file without PEM; the error is Go's. */
export function readCas(pem: string): Attempt<readonly Certificate[]> {
  const pool = loadCaPool(pem);
  return pool.ok ? { ok: true, value: pool.value.map(certificateOf) } : pool;
}

/** The facts of a certificate that has been read. */
export const certificateOf: (x509: X509) => Certificate = memoizeObject((x509) => {
  const { extensions } = x509;
  return {
    subject: x509.subject.text,
    issuer: x509.issuer.text,
    serialNumber: x509.serialNumber.toString(16),
    fingerprint: sha256(x509.raw),
    subjectKeyId: extensions.subjectKeyId.toString("hex"),
    authorityKeyId: extensions.authorityKeyId.toString("hex"),
    keyUsages: KEY_USAGES.filter((_, bit) => (extensions.keyUsage & (1 << bit)) !== 0),
    names: certifiedNames(x509),
    validity: { kind: "dates", notBefore: x509.notBefore.epochMs, notAfter: x509.notAfter.epochMs },
    isCa: extensions.basicConstraints?.isCa === true,
    extendedKeyUsages: extendedKeyUsages(extensions.extendedKeyUsages ?? []),
    key: { by: "public-key", sha256: sha256(x509.publicKeyInfo) },
    signer: undefined,
    x509,
  };
});

function extendedKeyUsages(oids: readonly string[]): "any" | readonly ExtendedKeyUsage[] {
  if (oids.length === 0 || oids.includes(ANY_USAGE)) return "any";
  return oids.map((oid) => Object.entries(USAGES).find(([, known]) => known === oid)?.[0] ?? oid);
}

function sha256(bytes: Buffer): string {
  return hash("sha256", bytes, "hex");
}

import { type CertifiedNames, hostNameProblem } from "../../kubeadm/go/x509/host-names";
import { signatureProblem } from "../../kubeadm/go/x509/signature-problem";
import type { ChainUsage } from "../../kubeadm/go/x509/verify-chain";
import type { X509 } from "../../kubeadm/go/x509/x509";
import type { Urn } from "../../machine/source";

/** Which key it is: by its public half where a PEM shows it, by the resource that makes it where none exists yet. */
export type KeyIdentity =
  /** SHA-256 of the SubjectPublicKeyInfo, in hex. */
  { readonly by: "public-key"; readonly sha256: string } | { readonly by: "resource"; readonly urn: Urn };

export type Validity =
  /** Milliseconds since 1970. */
  | { readonly kind: "dates"; readonly notBefore: number; readonly notAfter: number }
  /** So long from the update on. */
  | { readonly kind: "hours"; readonly hours: number };

/** `clientAuth`, `serverAuth`, or the object identifier of another usage. */
export type ExtendedKeyUsage = ChainUsage | (string & {});

/**
 * What is known of a certificate, from its PEM or, before that exists, from the resource that will make it.
 *
 * `undefined` always means that it is not known yet.
 */
export interface CertificateFacts {
  readonly names: CertifiedNames | undefined;
  readonly validity: Validity | undefined;
  readonly isCa: boolean | undefined;
  /** `any` where the certificate names none. */
  readonly extendedKeyUsages: "any" | readonly ExtendedKeyUsage[] | undefined;
  /** Its own key. */
  readonly key: KeyIdentity | undefined;
  /** The key that signs it. A PEM does not say it: `isSignedBy` tries a CA on it. */
  readonly signer: KeyIdentity | undefined;
  /** The certificate itself, where its PEM is known. */
  readonly x509: X509 | undefined;
}

/** True for the same key, false for different ones, undefined where one is known by its PEM and the other is not. */
export function isSameKey(a: KeyIdentity | undefined, b: KeyIdentity | undefined): boolean | undefined {
  if (a?.by === "public-key" && b?.by === "public-key") return a.sha256 === b.sha256;
  if (a?.by === "resource" && b?.by === "resource") return a.urn === b.urn;
  return undefined;
}

/** True if the CA's key has signed (or will sign) the certificate; undefined where that cannot be known yet. */
export function isSignedBy(certificate: CertificateFacts, ca: CertificateFacts): boolean | undefined {
  if (certificate.x509 !== undefined && ca.x509 !== undefined) {
    const sameName = certificate.x509.issuer.raw.equals(ca.x509.subject.raw);
    return sameName && signatureProblem(certificate.x509, ca.x509) === undefined;
  }
  return isSameKey(certificate.signer, ca.key);
}

/** True if the certificate may be used so. One that names no usages may be used for any. */
export function allowsUsage({ extendedKeyUsages }: CertificateFacts, usage: ChainUsage): boolean | undefined {
  if (extendedKeyUsages === undefined || extendedKeyUsages === "any") return extendedKeyUsages && true;
  return extendedKeyUsages.includes(usage);
}

/** Why a server's certificate is not valid for a host, in Go's words; null where it is, undefined where unknown. */
export function hostProblem({ names }: CertificateFacts, host: string): string | null | undefined {
  return names === undefined ? undefined : (hostNameProblem(names, host) ?? null);
}

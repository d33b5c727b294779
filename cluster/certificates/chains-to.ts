import { loadCaPool } from "../../kubeadm/go/x509/ca-pool";
import { readChain } from "../../kubeadm/go/x509/read-chain";
import { type ChainUsage, type VerifyProblem, verifyChain } from "../../kubeadm/go/x509/verify-chain";
import type { X509 } from "../../kubeadm/go/x509/x509";

export interface ChainQuestion {
  /** The certificate and, after it, the intermediate CAs that are sent along. */
  readonly leafPem: string;
  /** The CAs that the other side trusts. */
  readonly trustedCaPem: string;
  readonly usage: ChainUsage;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The host of the endpoint, for a server's certificate. */
  readonly host?: string;
  /** Other certificates that the program shows: they tell a missing intermediate from a foreign CA. */
  readonly alsoKnown?: readonly X509[];
}

/** Why a certificate would be refused. `error` is what Go's crypto/x509 says. */
export type ChainFault =
  | { readonly kind: "unreadable-certificate"; readonly error: string }
  | { readonly kind: "unreadable-ca"; readonly error: string }
  /** No trusted CA has the issuer's name. */
  | { readonly kind: "unknown-authority"; readonly issuer: string; readonly error: string }
  /** A trusted CA has the issuer's name, but another key has signed. */
  | { readonly kind: "same-name-other-key"; readonly issuer: string; readonly error: string }
  /** The CA named here is known and chains to a trusted one, but is not in the certificate's file. */
  | { readonly kind: "intermediate-missing"; readonly issuer: string; readonly error: string }
  /** `subject` names the certificate whose dates they are: the leaf's or a CA's. */
  | { readonly kind: "expired"; readonly subject: string; readonly on: number; readonly error: string }
  | { readonly kind: "not-yet-valid"; readonly subject: string; readonly from: number; readonly error: string }
  | { readonly kind: "usage"; readonly error: string }
  | { readonly kind: "host"; readonly error: string }
  | { readonly kind: "constraint"; readonly error: string };

export type ChainVerdict = { readonly ok: true } | { readonly ok: false; readonly fault: ChainFault };

/**
 * Whether a certificate chains to a trusted CA, as Certificate.Verify of Go's crypto/x509 (go1.26) decides it.
 *
 * Both texts are read as etcd and kubeadm read them: every block of the CA's file must be a certificate.
 */
export function chainsTo(question: ChainQuestion): ChainVerdict {
  const chain = readChain(question.leafPem);
  if (!chain.ok) return refused({ kind: "unreadable-certificate", error: chain.error });
  const pool = loadCaPool(question.trustedCaPem);
  if (!pool.ok) return refused({ kind: "unreadable-ca", error: pool.error });
  const [leaf, ...intermediates] = chain.value;
  const { alsoKnown = [], ...asked } = question;
  const options = { ...asked, roots: pool.value, intermediates };
  const problem = verifyChain(leaf, options);
  if (problem === undefined) return { ok: true };
  const helped = () => verifyChain(leaf, { ...options, intermediates: [...intermediates, ...alsoKnown] }) === undefined;
  return refused(faultOf(problem, leaf, helped));
}

function faultOf(problem: VerifyProblem, leaf: X509, helpedByOthers: () => boolean): ChainFault {
  switch (problem.kind) {
    case "unknown-authority": {
      const { error } = problem;
      const issuer = leaf.issuer.text;
      if (helpedByOthers()) return { kind: "intermediate-missing", issuer, error };
      return { kind: problem.hint?.problem.kind === "wrong-key" ? "same-name-other-key" : problem.kind, issuer, error };
    }
    case "expired": {
      const { subject, notAfter } = problem.certificate;
      return { kind: problem.kind, subject: subject.text, on: notAfter.epochMs, error: problem.error };
    }
    case "not-yet-valid": {
      const { subject, notBefore } = problem.certificate;
      return { kind: problem.kind, subject: subject.text, from: notBefore.epochMs, error: problem.error };
    }
    default:
      return problem;
  }
}

function refused(fault: ChainFault): ChainVerdict {
  return { ok: false, fault };
}

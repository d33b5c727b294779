import { goQuote } from "../go-syntax";
import { certifiedNames, hostNameProblem } from "./host-names";
import { nameConstraintProblem } from "./name-constraint-problem";
import { type SignatureProblem, signatureProblem } from "./signature-problem";
import type { X509 } from "./x509";

/** What a certificate is to be used for. */
export type ChainUsage = "clientAuth" | "serverAuth";

export interface VerifyOptions {
  readonly roots: readonly X509[];
  readonly intermediates: readonly X509[];
  readonly usage: ChainUsage;
  /** The time of the verification, in milliseconds since 1970. */
  readonly now: number;
  /** The host that the certificate must be valid for. */
  readonly host?: string;
}

/** Why a certificate is refused; `error` is Go's text. */
export type VerifyProblem =
  /** `hint`: the CA of the issuer's name that did not do, and why. */
  | { readonly kind: "unknown-authority"; readonly hint: Hint | undefined; readonly error: string }
  | { readonly kind: "expired"; readonly certificate: X509; readonly error: string }
  | { readonly kind: "not-yet-valid"; readonly certificate: X509; readonly error: string }
  | { readonly kind: "usage"; readonly error: string }
  | { readonly kind: "host"; readonly error: string }
  /** Name constraints, path lengths, critical extensions that Go does not know. */
  | { readonly kind: "constraint"; readonly error: string };

interface Hint {
  readonly candidate: X509;
  readonly problem: SignatureProblem | VerifyProblem;
}

type Role = "leaf" | "intermediate" | "root";
type Chain = readonly [X509, ...X509[]];

/** As in Go: enough for any real chain, and an end for made-up ones. */
const MOST_SIGNATURE_CHECKS = 100;
export const ANY_USAGE = "2.5.29.37.0";
export const USAGES: Readonly<Record<ChainUsage, string>> = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
};

/**
 * Why `leaf` does not chain to one of `roots`, as Certificate.Verify of Go's crypto/x509 (go1.26) decides it; undefined
 * where it does.
 *
 * CAs are found by the bytes of their name and proven by their key. Extended key usages count along the whole chain,
 * none named means any. Certificate policies are not followed: nothing in a cluster asks for them.
 */
export function verifyChain(leaf: X509, options: VerifyOptions): VerifyProblem | undefined {
  const invalid = validityProblem(leaf, "leaf", [], options.now);
  if (invalid !== undefined) return invalid;
  const hostProblem = options.host === undefined ? undefined : hostNameProblem(certifiedNames(leaf), options.host);
  if (hostProblem !== undefined) return { kind: "host", error: hostProblem };
  const trustsLeaf = options.roots.some((root) => root.raw.equals(leaf.raw));
  const found: Search = trustsLeaf ? { chains: [[leaf]] } : chainsFrom([leaf], options, { count: 0 });
  if ("problem" in found) return found.problem;
  return chainProblem(found.chains, options.usage);
}

type Search = { readonly chains: readonly Chain[] } | { readonly problem: VerifyProblem };

/** buildChains in crypto/x509/verify.go: which chains lead from the end of `chain` to a root. */
function chainsFrom(chain: Chain, options: VerifyOptions, checks: { count: number }): Search {
  const child = chain[chain.length - 1] ?? chain[0];
  const chains: Chain[] = [];
  let hint: Hint | undefined;
  let problem: VerifyProblem | undefined;
  const candidates = [
    ...potentialParents(child, options.roots).map((candidate) => ({ candidate, role: "root" as const })),
    ...potentialParents(child, options.intermediates).map((candidate) => ({
      candidate,
      role: "intermediate" as const,
    })),
  ];
  for (const { candidate, role } of candidates) {
    checks.count += 1;
    if (checks.count > MOST_SIGNATURE_CHECKS) {
      const error = "x509: signature check attempts limit reached while verifying certificate chain";
      problem = { kind: "constraint", error };
      break;
    }
    if (candidate.publicKey.kind === "unknown" || isInChain(candidate, chain)) continue;
    const unsigned = signatureProblem(child, candidate);
    if (unsigned !== undefined) {
      hint ??= { candidate, problem: unsigned };
      continue;
    }
    problem = validityProblem(candidate, role, chain, options.now);
    if (problem !== undefined) {
      hint ??= { candidate, problem };
      continue;
    }
    if (role === "root") {
      chains.push([...chain, candidate]);
      continue;
    }
    const above = chainsFrom([...chain, candidate], options, checks);
    if ("problem" in above) problem = above.problem;
    else chains.push(...above.chains);
  }
  if (chains.length > 0) return { chains };
  return { problem: problem ?? unknownAuthority(hint) };
}

function unknownAuthority(hint: Hint | undefined): VerifyProblem {
  const error = "x509: certificate signed by unknown authority";
  if (hint === undefined) return { kind: "unknown-authority", hint, error };
  const { serialNumber, subject } = hint.candidate;
  const name = subject.commonName || (subject.organizations[0] ?? `serial:${serialNumber}`);
  const because = `possibly because of ${goQuote(hint.problem.error)} while trying to verify candidate authority certificate`;
  return { kind: "unknown-authority", hint, error: `${error} (${because} ${goQuote(name)})` };
}

/** The CAs of the issuer's name, those with the right key identifier first (findPotentialParents in cert_pool.go). */
function potentialParents(child: X509, pool: readonly X509[]): readonly X509[] {
  const wanted = child.extensions.authorityKeyId;
  const rank = ({ extensions: { subjectKeyId } }: X509): number => {
    if (subjectKeyId.equals(wanted)) return 0;
    return (subjectKeyId.length === 0) !== (wanted.length === 0) ? 1 : 2;
  };
  return pool
    .filter((candidate, index) => pool.findIndex((other) => other.raw.equals(candidate.raw)) === index)
    .filter((candidate) => candidate.subject.raw.equals(child.issuer.raw))
    .sort((a, b) => rank(a) - rank(b));
}

/** Name, key and alternative names tell whether it is there already: cross-signed CAs must not go round in circles. */
function isInChain(candidate: X509, chain: Chain): boolean {
  const names = candidate.extensions.subjectAltNames?.raw;
  for (const certificate of chain) {
    if (!candidate.subject.raw.equals(certificate.subject.raw)) continue;
    if (!candidate.publicKeyInfo.equals(certificate.publicKeyInfo)) continue;
    const others = certificate.extensions.subjectAltNames?.raw;
    if (names === undefined || others === undefined) return names === others;
    if (names.equals(others)) return true;
  }
  return false;
}

/** isValid in crypto/x509/verify.go. */
function validityProblem(
  certificate: X509,
  role: Role,
  below: readonly X509[],
  now: number,
): VerifyProblem | undefined {
  const { unhandledCritical, basicConstraints } = certificate.extensions;
  if (unhandledCritical) return { kind: "constraint", error: "x509: unhandled critical extension" };
  const expired = "x509: certificate has expired or is not yet valid: current time";
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
  if (now < certificate.notBefore.epochMs) {
    const error = `${expired} ${time} is before ${certificate.notBefore.text}`;
    return { kind: "not-yet-valid", certificate, error };
  }
  if (now > certificate.notAfter.epochMs) {
    return { kind: "expired", certificate, error: `${expired} ${time} is after ${certificate.notAfter.text}` };
  }
  if (role === "intermediate" && basicConstraints?.isCa !== true) {
    return { kind: "constraint", error: "x509: certificate is not authorized to sign other certificates" };
  }
  const most = basicConstraints?.maxPathLength;
  if (most !== undefined && BigInt(below.length - 1) > most) {
    return { kind: "constraint", error: "x509: too many intermediates for path length constraint" };
  }
  return undefined;
}

/** Why none of the chains may be used; undefined where one may. */
function chainProblem(chains: readonly Chain[], usage: ChainUsage): VerifyProblem | undefined {
  const usable = chains.filter((chain) => allowsUsage(chain, usage));
  const [first, ...others] = usable.map(nameConstraintProblem);
  if (usable.length === 0) return { kind: "usage", error: "x509: certificate specifies an incompatible key usage" };
  if (first === undefined || others.includes(undefined)) return undefined;
  const error = `x509: a root or intermediate certificate is not authorized to sign for this name: ${first}`;
  return { kind: "constraint", error };
}

/** Every certificate of the chain names no usage at all, any usage, or this one. */
function allowsUsage(chain: Chain, usage: ChainUsage): boolean {
  return chain.every(({ extensions: { extendedKeyUsages = [] } }) => {
    return extendedKeyUsages.length === 0 || [ANY_USAGE, USAGES[usage]].some((oid) => extendedKeyUsages.includes(oid));
  });
}

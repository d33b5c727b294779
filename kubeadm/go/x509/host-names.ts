import { formatIp, parseIp } from "./ip-address";
import type { X509 } from "./x509";

/** The names that a certificate is valid for. */
export interface CertifiedNames {
  readonly commonName: string;
  /** Absent where it has no subject alternative names at all. */
  readonly alternative?: { readonly dnsNames: readonly string[]; readonly ipAddresses: readonly string[] };
}

/** From this many names on Go counts them instead of listing them. */
const MOST_NAMES_LISTED = 100;

/**
 * Why a certificate is not valid for a host, in Go's words (VerifyHostname in crypto/x509, go1.26); undefined where
 * it does.
 *
 * An address is looked for among the addresses, a name among the names, of which one may begin with `*.`. The common
 * name counts for nothing.
 */
export function hostNameProblem(names: CertifiedNames, host: string): string | undefined {
  const bare = /^\[(.+)\]$/s.exec(host)?.[1] ?? host;
  const ip = parseIp(bare);
  if (ip !== undefined) {
    const covered = names.alternative?.ipAddresses.includes(formatIp(ip)) === true;
    return covered ? undefined : describe(names, bare);
  }
  const candidate = lowerCase(host);
  const covered = names.alternative?.dnsNames.some((name) => matches(name, candidate)) === true;
  return covered ? undefined : describe(names, host);
}

/** The names of a certificate that has been read. */
export function certifiedNames({ subject, extensions: { subjectAltNames } }: X509): CertifiedNames {
  const { commonName } = subject;
  if (subjectAltNames === undefined) return { commonName };
  const { dnsNames, ipAddresses } = subjectAltNames;
  return { commonName, alternative: { dnsNames, ipAddresses: ipAddresses.map(formatIp) } };
}

/** HostnameError.Error in crypto/x509/verify.go. */
function describe({ commonName, alternative }: CertifiedNames, host: string): string {
  if (alternative === undefined && matchesLabels(commonName, lowerCase(host))) {
    return "x509: certificate relies on legacy Common Name field, use SANs instead";
  }
  const isAddress = parseIp(host) !== undefined;
  const valid = (isAddress ? alternative?.ipAddresses : alternative?.dnsNames) ?? [];
  if (isAddress && valid.length === 0) {
    return `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
  }
  if (valid.length >= MOST_NAMES_LISTED) {
    return `x509: certificate is valid for ${valid.length} ${isAddress ? "IP SANs" : "names"}, but none matched ${host}`;
  }
  const listed = valid.join(", ");
  return listed === ""
    ? `x509: certificate is not valid for any names, but wanted to match ${host}`
    : `x509: certificate is valid for ${listed}, not ${host}`;
}

/** Wildcards and a final dot only work between well-formed names; others must be equal. */
function matches(pattern: string, host: string): boolean {
  if (isHostName(host.replace(/\.$/, ""), false) && isHostName(pattern, true)) return matchesLabels(pattern, host);
  return ![pattern, host].some((name) => name === "" || name === ".") && lowerCase(pattern) === host;
}

function matchesLabels(pattern: string, host: string): boolean {
  const labels = host.replace(/\.$/, "").split(".");
  const wanted = lowerCase(pattern).split(".");
  if (pattern === "" || wanted.length !== labels.length) return false;
  return wanted.every((label, index) => (index === 0 && label === "*") || label === labels[index]);
}

function isHostName(name: string, pattern: boolean): boolean {
  if (name === "" || name === "*") return false;
  return name
    .split(".")
    .every((label, index) => (pattern && index === 0 && label === "*") || /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(label));
}

/** ASCII only, as Go. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

import { goQuote } from "../go-syntax";
import { isDomainName, plainMailbox } from "./certified-name";
import { formatIp, parseIp } from "./ip-address";
import type { IpRange, NameConstraints } from "./name-constraints";
import type { X509 } from "./x509";
import type { CertifiedUri } from "./x509-extensions";

/** Why the CAs of a chain (leaf first) may not sign the names in it, in Go's words; undefined where they may. */
export function nameConstraintProblem(chain: readonly X509[]): string | undefined {
  for (const [index, certificate] of chain.entries()) {
    const constraining = chain.slice(index + 1).flatMap((above) => above.extensions.nameConstraints ?? []);
    const names = certificate.extensions.subjectAltNames;
    if (names === undefined || constraining.length === 0) continue;
    const unusable = unusableUri(names.uris) ?? unusableMailbox(names.emailAddresses);
    if (unusable !== undefined) return unusable;
    for (const constraints of constraining) {
      const problem =
        firstProblem(names.ipAddresses, (ip) => ipProblem(ip, constraints)) ??
        firstProblem(names.dnsNames, (name) => dnsProblem(name, constraints)) ??
        firstProblem(names.uris, ({ text, host }) => rangeProblem("URI", text, hostOf(host), "uri", constraints)) ??
        firstProblem(names.emailAddresses, (mailbox) => emailProblem(mailbox, constraints));
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function firstProblem<T>(names: readonly T[], problem: (name: T) => string | undefined): string | undefined {
  for (const name of names) {
    const found = problem(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ipProblem(ip: Buffer, { permitted, excluded }: NameConstraints): string | undefined {
  const within = (range: IpRange) =>
    range.address.length === ip.length &&
    ip.every((byte, index) => ((byte ^ (range.address[index] ?? 0)) & (range.mask[index] ?? 0)) === 0);
  const shown = `IP address ${goQuote(formatIp(ip))}`;
  if (permitted.ip.length > 0 && !permitted.ip.some(within)) return `${shown} is not permitted by any constraint`;
  const exclusion = excluded.ip.find(within);
  return exclusion && `${shown} is excluded by constraint ${goQuote(formatRange(exclusion))}`;
}

function formatRange({ address, mask }: IpRange): string {
  const ones = [...mask].map((byte) => byte.toString(2).replaceAll("0", "").length).reduce((a, b) => a + b, 0);
  return `${formatIp(address)}/${ones}`;
}

function dnsProblem(name: string, constraints: NameConstraints): string | undefined {
  if (!isDomainName(name, false)) return `x509: cannot parse dnsName ${goQuote(name)}`;
  return rangeProblem("DNS name", name, name, "dns", constraints);
}

function emailProblem(mailbox: string, constraints: NameConstraints): string | undefined {
  const plain = plainMailbox(mailbox) ?? "";
  return rangeProblem("email address", plain, plain.slice(plain.lastIndexOf("@") + 1), "email", constraints);
}

function rangeProblem(
  kind: string,
  name: string,
  domain: string,
  ranges: "dns" | "email" | "uri",
  { permitted, excluded }: NameConstraints,
): string | undefined {
  const covers = (constraint: string) =>
    constraint.includes("@") ? name === constraint : isWithinDomain(domain, constraint);
  const shown = `${kind} ${goQuote(name)}`;
  if (permitted[ranges].length > 0 && !permitted[ranges].some(covers)) {
    return `${shown} is not permitted by any constraint`;
  }
  const exclusion = excluded[ranges].find((constraint) => covers(constraint) || wildcardTouches(domain, constraint));
  return exclusion === undefined ? undefined : `${shown} is excluded by constraint ${goQuote(exclusion)}`;
}

/** `.example.com` covers only names below example.com, `example.com` also itself, the empty constraint every name. */
function isWithinDomain(name: string, constraint: string): boolean {
  const [lower, range] = [name.toLowerCase(), constraint.toLowerCase()];
  return range === "" || lower === range || lower.endsWith(range.startsWith(".") ? range : `.${range}`);
}

/** A wildcard name may stand for the very name that is excluded. */
function wildcardTouches(name: string, constraint: string): boolean {
  const dot = constraint.indexOf(".");
  return name.startsWith("*.") && dot >= 0 && name.slice(1).toLowerCase() === constraint.slice(dot).toLowerCase();
}

function unusableMailbox(mailboxes: readonly string[]): string | undefined {
  const broken = mailboxes.find((mailbox) => plainMailbox(mailbox) === undefined);
  return broken === undefined ? undefined : `cannot parse rfc822Name ${goQuote(broken)}`;
}

function unusableUri(uris: readonly CertifiedUri[]): string | undefined {
  for (const { text, host } of uris) {
    const name = hostOf(host);
    if (host === "") return `URI with empty host (${goQuote(text)}) cannot be matched against constraints`;
    if (parseIp(name) !== undefined || name.startsWith("[")) {
      return `URI with IP (${goQuote(text)}) cannot be matched against constraints`;
    }
  }
  return undefined;
}

/** The host of `host:port` in lower case. */
function hostOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, "");
}

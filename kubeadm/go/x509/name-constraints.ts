import { goQuote } from "../go-syntax";
import { contextTag, DerReader, TAG } from "./der-reader";
import { fail } from "../go-error";
import { formatIp, parseIp } from "./ip-address";
import type { X509 } from "./x509";
import type { CertifiedUri } from "./x509-extensions";

/** Which names a CA may sign for (RFC 5280, 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: NameRanges;
  readonly excluded: NameRanges;
}

export interface NameRanges {
  readonly dns: readonly string[];
  readonly ip: readonly IpRange[];
  readonly email: readonly string[];
  readonly uri: readonly string[];
}

export interface IpRange {
  readonly address: Buffer;
  readonly mask: Buffer;
}

/** Reads the extension as Go's parseNameConstraintsExtension; throws Go's error. `unhandled`: names of other kinds. */
export function readNameConstraints(value: Buffer): {
  readonly constraints: NameConstraints;
  readonly unhandled: boolean;
} {
  const wrong = () => fail("x509: invalid NameConstraints extension");
  const outer = new DerReader(value);
  const reader = outer.inside(TAG.sequence) ?? wrong();
  if (!outer.empty) return wrong();
  const [permitted, excluded] = [0, 1].map((number) => {
    const tag = contextTag(number, true);
    return reader.peeks(tag) ? (reader.content(tag) ?? wrong()) : Buffer.alloc(0);
  });
  if (permitted === undefined || excluded === undefined || !reader.empty) return wrong();
  if (permitted.length + excluded.length === 0) return fail("x509: empty name constraints extension");
  const both = [readRanges(permitted), readRanges(excluded)] as const;
  return {
    constraints: { permitted: both[0].ranges, excluded: both[1].ranges },
    unhandled: both.some((one) => one.unhandled),
  };
}

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

/** True if all bytes are ASCII. */
export function isIa5(content: Buffer): boolean {
  return content.every((byte) => byte < 0x80);
}

/** crypto/x509/parser.go domainNameValid: labels of visible ASCII; a constraint may begin with a dot. */
export function isDomainName(name: string, constraint: boolean): boolean {
  const labels = constraint && name.startsWith(".") ? name.slice(1) : name;
  return name === "" || labels.split(".").every((label) => /^[\x21-\x7e]+$/.test(label));
}

function readRanges(subtrees: Buffer): { readonly ranges: NameRanges; readonly unhandled: boolean } {
  const wrong = () => fail("x509: invalid NameConstraints extension");
  const reader = new DerReader(subtrees);
  const ranges: Record<"dns" | "email" | "uri", string[]> & { readonly ip: IpRange[] } = {
    dns: [],
    email: [],
    uri: [],
    ip: [],
  };
  let unhandled = false;
  while (!reader.empty) {
    const { tag, content } = (reader.inside(TAG.sequence) ?? wrong()).next() ?? wrong();
    if (tag === contextTag(2, false)) ranges.dns.push(readDomain(content, "dnsName"));
    else if (tag === contextTag(7, false)) ranges.ip.push(readIpRange(content));
    else if (tag === contextTag(1, false)) ranges.email.push(readEmail(content));
    else if (tag === contextTag(6, false)) ranges.uri.push(readUri(content));
    else unhandled = true;
  }
  return { ranges, unhandled };
}

function readIa5(content: Buffer): string {
  const text = content.toString("latin1");
  if (isIa5(content)) return text;
  return fail(
    `x509: invalid constraint value: x509: ${goQuote(content.toString("utf8"))} cannot be encoded as an IA5String`,
  );
}

function readDomain(content: Buffer, kind: string): string {
  const domain = readIa5(content);
  return isDomainName(domain, true) ? domain : fail(`x509: failed to parse ${kind} constraint ${goQuote(domain)}`);
}

function readEmail(content: Buffer): string {
  const constraint = readIa5(content);
  if (!constraint.includes("@")) return readDomain(content, "rfc822Name");
  return plainMailbox(constraint) ?? fail(`x509: failed to parse rfc822Name constraint ${goQuote(constraint)}`);
}

function readUri(content: Buffer): string {
  const domain = readIa5(content);
  if (parseIp(domain) !== undefined) {
    return fail(`x509: failed to parse URI constraint ${goQuote(domain)}: cannot be IP address`);
  }
  return readDomain(content, "URI");
}

function readIpRange(content: Buffer): IpRange {
  if (content.length !== 8 && content.length !== 32) {
    return fail(`x509: IP constraint contained value of length ${content.length}`);
  }
  const mask = content.subarray(content.length / 2);
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (!/^1*0*$/.test(bits)) return fail(`x509: IP constraint contained invalid mask ${mask.toString("hex")}`);
  return { address: content.subarray(0, content.length / 2), mask };
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

/** `local@domain` without quotes, the domain in lower case (crypto/x509/verify.go parseRFC2821Mailbox). */
function plainMailbox(text: string): string | undefined {
  const quoted = /^"((?:(?![\t\n\r"\\])\p{ASCII}|\\(?![\n\r])\p{ASCII})*)"@(.*)$/su.exec(
    text.includes("\0") ? "" : text,
  );
  const plain = /^((?:[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]|\\.)+)@(.*)$/s.exec(text);
  const match = quoted ?? plain;
  if (match === null) return undefined;
  const [, escaped = "", domain = ""] = match;
  const local = escaped.replaceAll(/\\(.)/gs, "$1");
  const wrongDots = quoted === null && /^\.|\.$|\.\./.test(local);
  return wrongDots || !isMailDomain(domain) ? undefined : `${local}@${domain.toLowerCase()}`;
}

/** crypto/x509/verify.go domainToReverseLabels. */
function isMailDomain(domain: string): boolean {
  return domain === "" || domain.split(".").every((label) => /^[\x21-\x7e]+$/.test(label));
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

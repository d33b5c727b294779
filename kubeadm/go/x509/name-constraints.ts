import { fail } from "../go-error";
import { goQuote } from "../go-syntax";
import { isDomainName, isIa5, plainMailbox } from "./certified-name";
import { contextTag, DerReader, TAG } from "./der-reader";
import { parseIp } from "./ip-address";

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

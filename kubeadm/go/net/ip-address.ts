/** The bytes of an IPv4 (4) or IPv6 (16) address. */
export type IpBytes = readonly number[];

/** A network in CIDR notation: the address with the host bits cleared. */
export interface Cidr {
  readonly address: IpBytes;
  /** 32 for a network written with an IPv4 address, 128 otherwise. */
  readonly bits: 32 | 128;
  readonly ones: number;
}

/**
 * An IP address as kubeadm takes it: k8s.io/utils/net ParseIPSloppy, which allows leading zeros in IPv4 and no zones.
 * Undefined if it is none.
 */
export function parseIpSloppy(text: string): IpBytes | undefined {
  const first = /[.:]/.exec(text)?.[0];
  if (first === undefined) return undefined;
  return first === "." ? parseIpv4(text) : parseIpv6(text);
}

/** k8s.io/utils/net ParseCIDRSloppy. Undefined if it is none. */
export function parseCidrSloppy(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const host = text.slice(0, slash);
  const mask = text.slice(slash + 1);
  const ipv4 = parseIpv4(host);
  const address = ipv4 ?? parseIpv6(host);
  const bits = ipv4 === undefined ? 128 : 32;
  if (address === undefined || !isSmallNumber(mask) || Number(mask) > bits) return undefined;
  const ones = Number(mask);
  return { address: address.map((byte, index) => byte & maskByte(ones - index * 8)), bits, ones };
}

/** k8s.io/utils/net IPFamilyOf: an IPv4-mapped IPv6 address is IPv4. */
export function isIpv6(address: IpBytes): boolean {
  return address.length === 16 && !isMappedIpv4(address);
}

/** net.IPNet.String. */
export function printCidr({ address, ones, bits }: Cidr): string {
  const mapped = bits === 128 && isMappedIpv4(address);
  return mapped ? `${address.slice(12).join(".")}/${ones - 96}` : `${printIp(address)}/${ones}`;
}

function isMappedIpv4(address: IpBytes): boolean {
  return address.slice(0, 10).every((byte) => byte === 0) && address[10] === 0xff && address[11] === 0xff;
}

function maskByte(ones: number): number {
  return ones >= 8 ? 0xff : ones <= 0 ? 0 : (0xff << (8 - ones)) & 0xff;
}

/** Go's dtoi stops at 0xFFFFFF. */
function isSmallNumber(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) < 0xffffff;
}

function parseIpv4(text: string): IpBytes | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => isSmallNumber(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

function parseIpv6(text: string): IpBytes | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const before = groups(head, tail === undefined);
  const after = tail === undefined ? [] : groups(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** The bytes of `:`-separated groups; the last may be an IPv4 address if the text ends here. */
function groups(text: string, last: boolean): readonly number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const bytes: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (last && index === parts.length - 1 && part.includes(".")) {
      const ipv4 = parseIpv4(part);
      if (ipv4 === undefined) return undefined;
      bytes.push(...ipv4);
    } else {
      if (!/^[0-9a-fA-F]+$/.test(part)) return undefined;
      const value = Number.parseInt(part, 16);
      if (value > 0xffff) return undefined;
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

function printIp(address: IpBytes): string {
  if (address.length === 4) return address.join(".");
  const words = Array.from({ length: 8 }, (_, i) => ((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0));
  const text = words.map((word) => word.toString(16)).join(":");
  const zeros = (text.match(/(?<![0-9a-f])0(:0)+(?![0-9a-f])/g) ?? []).reduce(
    (a, b) => (b.length > a.length ? b : a),
    "",
  );
  if (zeros === "") return text;
  const at = text.search(new RegExp(`(?<![0-9a-f])${zeros}(?![0-9a-f])`));
  return `${text.slice(0, at).replace(/:$/, "")}::${text.slice(at + zeros.length).replace(/^:/, "")}`;
}

import { parseIpSloppy } from "../net/ip-address";

/**
 * The bytes of an address in text, 4 or 16 of them, as Go's net.ParseIP takes it: no zones, and other than in kubeadm's
 * configuration no leading zeros. An IPv4 address within IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
 */
export function parseIp(text: string): Buffer | undefined {
  const bytes = /(^|[.:])0\d+\.|\.0\d+$|[0-9a-fA-F]{5}/.test(text) ? undefined : parseIpSloppy(text);
  return bytes === undefined ? undefined : withoutPrefix(Buffer.from(bytes));
}

/** The usual text of an address, as Go's net.IP.String; other lengths as Go prints them, `?` and hex. */
export function formatIp(address: Buffer): string {
  const shown = withoutPrefix(address);
  if (shown.length === 4) return shown.join(".");
  if (shown.length !== 16) return `?${shown.toString("hex")}`;
  const groups = Array.from({ length: 8 }, (_, index) => shown.readUInt16BE(index * 2));
  const { start, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

const IPV4_IN_IPV6 = Buffer.from("00000000000000000000ffff", "hex");

function withoutPrefix(address: Buffer): Buffer {
  if (address.length !== 16) return address;
  return address.subarray(0, 12).equals(IPV4_IN_IPV6) ? address.subarray(12) : address;
}

/** The longest run of zero groups, the first of equal ones (RFC 5952). */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}

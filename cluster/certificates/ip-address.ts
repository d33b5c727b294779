/**
 * The bytes of an address in text, 4 or 16 of them, as Go's net.ParseIP takes it: no zones, no leading zeros in IPv4.
 * An IPv4 address within IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
 */
export function parseIp(text: string): Buffer | undefined {
  return text.includes(":") ? withoutPrefix(parseIpv6(text)) : parseIpv4(text);
}

/** The usual text of an address, as Go's net.IP.String; other lengths as Go prints them, `?` and hex. */
export function formatIp(address: Buffer): string {
  const shown = withoutPrefix(address) ?? address;
  if (shown.length === 4) return shown.join(".");
  if (shown.length !== 16) return `?${shown.toString("hex")}`;
  const groups = Array.from({ length: 8 }, (_, index) => shown.readUInt16BE(index * 2));
  const { start, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

const IPV4_IN_IPV6 = Buffer.from("00000000000000000000ffff", "hex");

function withoutPrefix(address: Buffer | undefined): Buffer | undefined {
  if (address?.length !== 16) return address;
  return address.subarray(0, 12).equals(IPV4_IN_IPV6) ? address.subarray(12) : address;
}

function parseIpv4(text: string): Buffer | undefined {
  const parts = text.split(".");
  const valid = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return valid ? Buffer.from(parts.map(Number)) : undefined;
}

function parseIpv6(text: string): Buffer | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => groupBytes(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 16 ? Buffer.from(head) : undefined;
  const zeros = 16 - head.length - tail.length;
  return zeros >= 2 ? Buffer.from([...head, ...new Array<number>(zeros).fill(0), ...tail]) : undefined;
}

/** The bytes of `a:b:c`; the last group of the address may be an IPv4 address. */
function groupBytes(text: string, last: boolean): readonly number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const ipv4 = last && index === groups.length - 1 && group.includes(".") ? parseIpv4(group) : undefined;
    if (ipv4 !== undefined) bytes.push(...ipv4);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return bytes;
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

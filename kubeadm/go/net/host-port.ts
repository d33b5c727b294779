import { isDnsSubdomain } from "./dns-name";
import { parseIpSloppy } from "./ip-address";

export type HostPort =
  | { readonly kind: "host-port"; readonly host: string; readonly port: string }
  | { readonly kind: "error"; readonly words: string };

/** Go's net.SplitHostPort; `words` are those of its AddrError. */
export function splitHostPort(text: string): HostPort {
  const fail = (why: string): HostPort => ({ kind: "error", words: `address ${text}: ${why}` });
  const colon = text.lastIndexOf(":");
  if (colon < 0) return fail("missing port in address");
  if (text.startsWith("[")) {
    const end = text.indexOf("]");
    if (end < 0) return fail("missing ']' in address");
    if (end + 1 === text.length) return fail("missing port in address");
    if (end + 1 !== colon)
      return fail(text[end + 1] === ":" ? "too many colons in address" : "missing port in address");
    if (text.slice(1).includes("[")) return fail("unexpected '[' in address");
    if (text.slice(end + 1).includes("]")) return fail("unexpected ']' in address");
    return { kind: "host-port", host: text.slice(1, end), port: text.slice(colon + 1) };
  }
  if (text.slice(0, colon).includes(":")) return fail("too many colons in address");
  if (text.includes("[")) return fail("unexpected '[' in address");
  if (text.includes("]")) return fail("unexpected ']' in address");
  return { kind: "host-port", host: text.slice(0, colon), port: text.slice(colon + 1) };
}

/**
 * kubeadm's reading of `host[:port]` (util/endpoint.go ParseHostPort, 1.30.14 to 1.37.2): the host is an IP address or
 * a DNS name in lower case, the port lies between 1 and 65535. `port` is "" if there is none.
 */
export function parseHostPort(text: string): HostPort {
  const split = splitHostPort(text);
  const host = split.kind === "host-port" ? split.host : text;
  const port = split.kind === "host-port" ? split.port : "";
  if (port !== "" && !isPort(port)) {
    return {
      kind: "error",
      words: `hostport ${text}: port ${port} must be a valid number between 1 and 65535, inclusive`,
    };
  }
  if (parseIpSloppy(host) !== undefined || isDnsSubdomain(host)) return { kind: "host-port", host, port };
  return {
    kind: "error",
    words: `hostport ${text}: host '${host}' must be a valid IP address or a valid RFC-1123 DNS subdomain`,
  };
}

export function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

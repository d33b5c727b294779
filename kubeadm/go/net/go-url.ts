import { goQuote } from "../go-syntax";
import { parseIpSloppy } from "./ip-address";

export type GoUrl =
  | { readonly kind: "url"; readonly scheme: string; readonly path: string }
  | { readonly kind: "error"; readonly words: string };

/** What Go's url.Parse makes of a text: its scheme, in lower case, or its error (net/url, Go 1.26). */
export function parseGoUrl(text: string): GoUrl {
  const hash = text.indexOf("#");
  const url = hash < 0 ? text : text.slice(0, hash);
  const fragment = hash < 0 ? "" : text.slice(hash + 1);
  const parsed = parse(url);
  if (typeof parsed === "string") return { kind: "error", words: `parse ${goQuote(url)}: ${parsed}` };
  const fault = escapeFault(fragment);
  return fault === undefined
    ? { kind: "url", ...parsed }
    : { kind: "error", words: `parse ${goQuote(text)}: ${fault}` };
}

function parse(url: string): { readonly scheme: string; readonly path: string } | string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go looks for exactly these.
  if (/[\x00-\x1f\x7f]/.test(url)) return "net/url: invalid control character in URL";
  if (url === "*") return { scheme: "", path: "*" };
  if (url.startsWith(":")) return "missing protocol scheme";
  const [start = "", given = ""] = /^([a-zA-Z][-+.a-zA-Z0-9]*):/.exec(url) ?? [];
  const scheme = given.toLowerCase();
  const query = url.indexOf("?");
  let rest = url.slice(start.length, query < 0 ? undefined : query);
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { scheme, path: "" };
    if (/^[^/]*:/.test(rest)) return "first path segment in URL cannot contain colon";
  }
  if ((scheme !== "" || !rest.startsWith("///")) && rest.startsWith("//")) {
    const slash = rest.indexOf("/", 2);
    const fault = authorityFault(scheme, slash < 0 ? rest.slice(2) : rest.slice(2, slash));
    if (fault !== undefined) return fault;
    rest = slash < 0 ? "" : rest.slice(slash);
  }
  return escapeFault(rest) ?? { scheme, path: rest };
}

function authorityFault(scheme: string, authority: string): string | undefined {
  const at = authority.lastIndexOf("@");
  const fault = hostFault(scheme, authority.slice(at + 1));
  if (fault !== undefined || at < 0) return fault;
  const user = authority.slice(0, at);
  return /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) ? escapeFault(user) : "net/url: invalid userinfo";
}

function hostFault(scheme: string, host: string): string | undefined {
  const open = host.lastIndexOf("[");
  if (open > 0) return "invalid IP-literal";
  if (open === 0) return literalFault(host);
  const colon = firstPortColon(scheme, host);
  return (colon < 0 ? undefined : portFault(host.slice(colon))) ?? hostEscapeFault(host);
}

/** Since Go 1.26 a http or https host has one colon at most (GODEBUG urlstrictcolons). */
function firstPortColon(scheme: string, host: string): number {
  return scheme === "http" || scheme === "https" ? host.indexOf(":") : host.lastIndexOf(":");
}

function literalFault(host: string): string | undefined {
  const close = host.lastIndexOf("]");
  if (close < 0) return "missing ']' in host";
  const name = host.slice(1, close);
  const zone = name.indexOf("%25");
  const fault =
    portFault(host.slice(close + 1)) ??
    (zone < 0 ? hostEscapeFault(name) : (hostEscapeFault(name.slice(0, zone)) ?? escapeFault(name.slice(zone))));
  if (fault !== undefined) return fault;
  const address = zone < 0 ? name : name.slice(0, zone);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address) && parseIpSloppy(address) !== undefined) return "invalid IP-literal";
  const valid = address.includes(":") && parseIpSloppy(address) !== undefined && !/(^|[.:])0\d+\./.test(address);
  return valid && /^(?:[^%]*|[^%]*%25.+)$/.test(name) && longGroups(address)
    ? undefined
    : `invalid host: ParseAddr(${goQuote(name)}): unable to parse IP`;
}

/** netip takes at most four digits a group. */
function longGroups(address: string): boolean {
  return !/[0-9a-fA-F]{5}/.test(address);
}

function portFault(port: string): string | undefined {
  return /^(?::\d*)?$/.test(port) ? undefined : `invalid port ${goQuote(port)} after host`;
}

function hostEscapeFault(host: string): string | undefined {
  for (let i = 0; i < host.length; i++) {
    const c = host.charAt(i);
    if (c === "%") {
      const octet = host.slice(i, i + 3);
      if (!/^%[0-9a-fA-F]{2}$/.test(octet)) return `invalid URL escape ${goQuote(octet)}`;
      if (/^%[0-7]/.test(octet) && octet !== "%25") return `invalid URL escape ${goQuote(octet)}`;
      i += 2;
    } else if (c < "\u0080" && !/[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/.test(c)) {
      return `invalid character ${goQuote(c)} in host name`;
    }
  }
  return undefined;
}

function escapeFault(text: string): string | undefined {
  const octets = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text)?.[0];
  return octets === undefined ? undefined : `invalid URL escape ${goQuote(octets)}`;
}

import { goQuote } from "../configuration/go/go-syntax";
import { type Attempt, attempt, fail, GoError } from "./go-error";
import { parseIp } from "./ip-address";

/** The parts of a URL that matter here, as Go's net/url.Parse (go1.26) takes it apart. */
export interface GoUrl {
  /** In lower case; empty where there is none. */
  readonly scheme: string;
  /** What follows the scheme where it does not begin with a slash. */
  readonly opaque: string;
  /** With port and brackets. */
  readonly host: string;
  /** The host alone, without port and brackets. */
  readonly hostName: string;
  /** Empty where there is none. */
  readonly port: string;
  /** As written. */
  readonly path: string;
  /** As written, with `?`. */
  readonly query: string;
}

/** Takes a URL apart; the error is Go's, beginning with `parse "…": `. */
export function parseGoUrl(text: string): Attempt<GoUrl> {
  const mark = text.indexOf("#");
  const withoutFragment = mark < 0 ? text : text.slice(0, mark);
  return attempt(() => {
    const url = inParse(withoutFragment, () => parse(withoutFragment));
    if (mark >= 0) inParse(text, () => checkEscapes(text.slice(mark + 1)));
    return url;
  });
}

/** Runs a step; its error names the text that was parsed, as Go's url.Error. */
function inParse<T>(text: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw error instanceof GoError ? new GoError(`parse ${goQuote(text)}: ${error.message}`) : error;
  }
}

function parse(text: string): GoUrl {
  if (/(?=\p{ASCII})\p{Cc}/u.test(text)) return fail("net/url: invalid control character in URL");
  const { scheme, rest } = splitScheme(text);
  const question = rest.indexOf("?");
  const query = question < 0 ? "" : rest.slice(question);
  const hierarchy = question < 0 ? rest : rest.slice(0, question);
  const url = { scheme, opaque: "", host: "", hostName: "", port: "", path: hierarchy, query };
  if (text === "*") return url;
  if (!hierarchy.startsWith("/")) {
    if (scheme !== "") return { ...url, opaque: hierarchy, path: "" };
    if (/^[^/]*:/.test(hierarchy)) return fail("first path segment in URL cannot contain colon");
  }
  const hasAuthority = hierarchy.startsWith("//") && (scheme !== "" || !hierarchy.startsWith("///"));
  const slash = hierarchy.indexOf("/", 2);
  const authority = hasAuthority ? hierarchy.slice(2, slash < 0 ? undefined : slash) : "";
  const path = hasAuthority ? hierarchy.slice(2 + authority.length) : hierarchy;
  const host = hasAuthority ? parseAuthority(scheme, authority) : "";
  checkEscapes(path);
  return { ...url, ...splitPort(host), host, path };
}

function splitScheme(text: string): { readonly scheme: string; readonly rest: string } {
  if (text.startsWith(":")) return fail("missing protocol scheme");
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1];
  return scheme === undefined
    ? { scheme: "", rest: text }
    : { scheme: scheme.toLowerCase(), rest: text.slice(scheme.length + 1) };
}

function parseAuthority(scheme: string, authority: string): string {
  const at = authority.lastIndexOf("@");
  const host = parseHost(scheme, authority.slice(at + 1));
  const user = at < 0 ? "" : authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) return fail("net/url: invalid userinfo");
  checkEscapes(user);
  return host;
}

function parseHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) return fail("invalid IP-literal");
  if (bracket === 0) return parseIpLiteral(host);
  const firstColon = host.indexOf(":");
  // Only http and https hold to one colon (go.dev/issue/75223).
  const colon = scheme === "http" || scheme === "https" ? firstColon : host.lastIndexOf(":");
  if (colon >= 0) checkPort(host.slice(colon));
  return unescapeHost(host);
}

/** `[IPv6]` with an optional zone and port. */
function parseIpLiteral(host: string): string {
  const close = host.lastIndexOf("]");
  if (close < 0) return fail("missing ']' in host");
  checkPort(host.slice(close + 1));
  const literal = host.slice(1, close);
  const zone = literal.indexOf("%25");
  const address = unescapeHost(zone < 0 ? literal : literal.slice(0, zone));
  if (zone >= 0) checkEscapes(literal.slice(zone));
  if (parseIp(address) === undefined) {
    return fail(`invalid host: ParseAddr(${goQuote(address)}): unable to parse IP`);
  }
  return address.includes(":") ? `[${address}]${host.slice(close + 1)}` : fail("invalid IP-literal");
}

function checkPort(port: string): void {
  if (!/^(:[0-9]*)?$/.test(port)) fail(`invalid port ${goQuote(port)} after host`);
}

/** Within a host only bytes above ASCII may be escaped. */
function unescapeHost(host: string): string {
  for (const [match] of host.matchAll(/%.{0,2}|\p{ASCII}/gsu)) {
    if (match.startsWith("%")) {
      if (!/^%[89a-fA-F][0-9a-fA-F]$|^%25$/.test(match)) return fail(`invalid URL escape ${goQuote(match)}`);
    } else if (!/[A-Za-z0-9!$&'()*+,;=:[\]<>"\-_.~]/.test(match)) {
      return fail(`invalid character ${goQuote(match)} in host name`);
    }
  }
  const bytes = Buffer.from(host, "utf8").toString("latin1");
  const unescaped = bytes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(unescaped, "latin1").toString("utf8");
}

function checkEscapes(text: string): void {
  const broken = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text)?.[0];
  if (broken !== undefined) fail(`invalid URL escape ${goQuote(broken)}`);
}

function splitPort(host: string): { readonly hostName: string; readonly port: string } {
  const [, name = host, port = ""] = /^(.*):([0-9]*)$/s.exec(host) ?? [];
  return { hostName: name.startsWith("[") && name.endsWith("]") ? name.slice(1, -1) : name, port };
}

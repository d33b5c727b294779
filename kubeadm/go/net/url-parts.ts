import type { Attempt } from "../go-error";
import { parseGoUrl } from "./go-url";

/** The parts of a URL as Go's net/url.Parse (go1.26) splits it. */
export interface UrlParts {
  /** In lower case; empty where there is none. */
  readonly scheme: string;
  /** With port and brackets. */
  readonly host: string;
  /** The host alone, without port and brackets. */
  readonly hostName: string;
  /** Empty where there is none. */
  readonly port: string;
  /** As written. */
  readonly path: string;
}

/** Splits a URL; the error is Go's, beginning with `parse "…": `. */
export function urlParts(text: string): Attempt<UrlParts> {
  const url = parseGoUrl(text);
  if (url.kind === "error") return { ok: false, error: url.words };
  const { scheme, path } = url;
  const hierarchy = scheme === "" ? text : text.slice(scheme.length + 1);
  const authority = scheme === "" && hierarchy.startsWith("///") ? "" : (/^\/\/([^/?#]*)/.exec(hierarchy)?.[1] ?? "");
  const host = unescapeBytes(authority.slice(authority.lastIndexOf("@") + 1));
  const [, name = host, port = ""] = /^(.*):([0-9]*)$/s.exec(host) ?? [];
  const hostName = name.startsWith("[") && name.endsWith("]") ? name.slice(1, -1) : name;
  return { ok: true, value: { scheme, host, hostName, port, path } };
}

function unescapeBytes(text: string): string {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  const unescaped = bytes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(unescaped, "latin1").toString("utf8");
}

import type { Content } from "../../machine/content";
import { baseName } from "../../machine/paths";

export type FileKind = "key" | "ca-key" | "ca" | "certificate" | "other";

/** A key, a CA or a certificate, by the words in the file's name. */
export function kindByName(path: string): FileKind {
  const name = baseName(path).toLowerCase();
  const isCa = /(^|[-_.])ca([-_.]|cert|$)/.test(name);
  if (/\.key$|(^|[-_.])key([-_.]|$)/.test(name)) return isCa ? "ca-key" : "key";
  if (/\.(?:csr|srl|pub|cnf|conf|json|txt)$/.test(name)) return "other";
  return isCa ? "ca" : "certificate";
}

/** False where the content is shown and is something else: a key under the name of a certificate, or no PEM at all. */
export function mayBeOfKind(content: Content, kind: FileKind): boolean {
  if (content.kind !== "text") return true;
  return kind === "key" || kind === "ca-key" ? PRIVATE_KEY.test(content.text) : content.text.includes(CERTIFICATE);
}

const CERTIFICATE = "-----BEGIN CERTIFICATE-----";
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;

/** The names that the key of a certificate usually has, in the same folder: `client-key.pem` for `client.pem`. */
export function keyNamesOf(certificate: string): readonly string[] {
  const [, stem, ending] = /^(.+?)(?:[-_.]cert)?(\.(?:pem|crt|cer))$/.exec(certificate) ?? [];
  if (stem === undefined || ending === undefined) return [];
  return [...new Set([`${stem}-key${ending}`, `${stem}.key`, `${stem}-key.pem`, `${stem}-key.key`])];
}

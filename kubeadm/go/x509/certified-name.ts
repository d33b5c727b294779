/** The names that a certificate may hold, as crypto/x509 (go1.26) checks them. */

/** True if all bytes are ASCII. */
export function isIa5(content: Buffer): boolean {
  return content.every((byte) => byte < 0x80);
}

/** crypto/x509/parser.go domainNameValid: labels of visible ASCII; a constraint may begin with a dot. */
export function isDomainName(name: string, constraint: boolean): boolean {
  const labels = constraint && name.startsWith(".") ? name.slice(1) : name;
  return name === "" || labels.split(".").every((label) => /^[\x21-\x7e]+$/.test(label));
}

/** `local@domain` without quotes, the domain in lower case (crypto/x509/verify.go parseRFC2821Mailbox). */
export function plainMailbox(text: string): string | undefined {
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

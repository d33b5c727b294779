const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const WILDCARD = `\\*\\.${SUBDOMAIN}`;
const MAX_LENGTH = 253;

const SUBDOMAIN_EXPRESSION = new RegExp(`^${SUBDOMAIN}$`);
const WILDCARD_EXPRESSION = new RegExp(`^${WILDCARD}$`);

/** apimachinery util/validation IsDNS1123Subdomain. */
export function isDnsSubdomain(text: string): boolean {
  return dnsSubdomainFaults(text).length === 0;
}

/** Why a text is not a DNS name, in the words of IsDNS1123Subdomain (0.30.14 to 0.37.2). */
export function dnsSubdomainFaults(text: string): readonly string[] {
  return faults(
    text,
    SUBDOMAIN_EXPRESSION,
    `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
  );
}

/** The same for `*.example.com` (IsWildcardDNS1123Subdomain). */
export function wildcardDnsFaults(text: string): readonly string[] {
  return faults(
    text,
    WILDCARD_EXPRESSION,
    `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '${WILDCARD}')`,
  );
}

function faults(text: string, expression: RegExp, words: string): readonly string[] {
  const tooLong = Buffer.byteLength(text) > MAX_LENGTH ? [`must be no more than ${MAX_LENGTH} characters`] : [];
  return expression.test(text) ? tooLong : [...tooLong, words];
}

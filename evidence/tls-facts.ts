import type { Urn } from "../machine/source";
import { UNKNOWN } from "../shell/unknown";
import type { FindResource } from "./reader";
import type { StackResource } from "./stack-resource";
import { at, isRecord, stringAt, type Value, type ValueRecord } from "./value";

/** What is known of a PEM that a resource of the tls provider makes, before the PEM exists. */
export type TlsFacts =
  | { readonly kind: "private-key"; readonly key: Urn; readonly algorithm: string | undefined }
  | { readonly kind: "certificate-request"; readonly key: Urn | undefined; readonly names: CertificateNames }
  | CertificateFromInputs;

export interface CertificateFromInputs {
  readonly kind: "certificate";
  /** The PrivateKey resource whose key it certifies; undefined where that is not known. */
  readonly key: Urn | undefined;
  /** The PrivateKey resource that signs it: its own for a self-signed one. */
  readonly signedBy: Urn | undefined;
  /** The certificate resource of the CA, if that is one of the stack. */
  readonly issuer: Urn | undefined;
  readonly isCa: boolean | undefined;
  /** Object identifiers; "none" where there will be no such extension, which allows any usage; undefined if not known. */
  readonly extendedKeyUsages: readonly string[] | "none" | undefined;
  readonly validityHours: number | undefined;
  readonly names: CertificateNames;
  /** The subject that it will have, and that of its issuer, each as one text; undefined where not all of it is known. */
  readonly subject: string | undefined;
  readonly issuerSubject: string | undefined;
}

/** Undefined where they are not known: from a request that the stack does not make, or from unknown values. */
export interface CertificateNames {
  readonly commonName: string | undefined;
  readonly dnsNames: readonly string[] | undefined;
  readonly ipAddresses: readonly string[] | undefined;
}

/**
 * The facts of a tls resource by its inputs, and by the resources these came from; `undefined` for other types. A
 * certificate that exists already is better read from its PEM.
 */
export function tlsFacts(resource: StackResource, find: FindResource): TlsFacts | undefined {
  switch (resource.type) {
    case PRIVATE_KEY:
      return { kind: "private-key", key: resource.urn, algorithm: text(resource.inputs["algorithm"]) };
    case CERT_REQUEST:
      return { kind: "certificate-request", key: keyOf(resource, find), names: namesOf(resource.inputs) };
    case SELF_SIGNED: {
      const key = keyOf(resource, find);
      return {
        ...signedFacts(resource.inputs),
        key,
        signedBy: key,
        issuer: resource.urn,
        names: namesOf(resource.inputs),
        subject: subjectOf(resource, find),
        issuerSubject: subjectOf(resource, find),
      };
    }
    case LOCALLY_SIGNED: {
      const request = onlyOne(resource, "certRequestPem", [CERT_REQUEST], find);
      const issuer = onlyOne(resource, "caCertPem", [SELF_SIGNED, LOCALLY_SIGNED], find);
      return {
        ...signedFacts(resource.inputs),
        key: request === undefined ? undefined : keyOf(request, find),
        signedBy: onlyOne(resource, "caPrivateKeyPem", [PRIVATE_KEY], find)?.urn,
        issuer: issuer?.urn,
        names: request === undefined ? NO_NAMES : namesOf(request.inputs),
        subject: subjectOf(resource, find),
        issuerSubject: issuer === undefined ? undefined : subjectOf(issuer, find),
      };
    }
    default:
      return undefined;
  }
}

const PRIVATE_KEY = "tls:index/privateKey:PrivateKey";
const CERT_REQUEST = "tls:index/certRequest:CertRequest";
const SELF_SIGNED = "tls:index/selfSignedCert:SelfSignedCert";
const LOCALLY_SIGNED = "tls:index/locallySignedCert:LocallySignedCert";

const NO_NAMES: CertificateNames = { commonName: undefined, dnsNames: undefined, ipAddresses: undefined };

/** The extended usages among `allowedUses` (terraform-provider-tls, internal/provider/common_cert.go); all others are bits of the key usage. */
const EXTENDED_USAGES: ReadonlyMap<string, string> = new Map([
  ["any_extended", "2.5.29.37.0"],
  ["server_auth", "1.3.6.1.5.5.7.3.1"],
  ["client_auth", "1.3.6.1.5.5.7.3.2"],
  ["code_signing", "1.3.6.1.5.5.7.3.3"],
  ["email_protection", "1.3.6.1.5.5.7.3.4"],
  ["ipsec_end_system", "1.3.6.1.5.5.7.3.5"],
  ["ipsec_tunnel", "1.3.6.1.5.5.7.3.6"],
  ["ipsec_user", "1.3.6.1.5.5.7.3.7"],
  ["timestamping", "1.3.6.1.5.5.7.3.8"],
  ["ocsp_signing", "1.3.6.1.5.5.7.3.9"],
  ["microsoft_server_gated_crypto", "1.3.6.1.4.1.311.10.3.3"],
  ["netscape_server_gated_crypto", "2.16.840.1.113730.4.1"],
  ["microsoft_commercial_code_signing", "1.3.6.1.4.1.311.2.1.22"],
  ["microsoft_kernel_code_signing", "1.3.6.1.4.1.311.61.1.1"],
]);

function signedFacts(
  inputs: ValueRecord,
): Pick<CertificateFromInputs, "kind" | "isCa" | "extendedKeyUsages" | "validityHours"> {
  const isCa = inputs["isCaCertificate"];
  const hours = inputs["validityPeriodHours"];
  return {
    kind: "certificate",
    isCa: isCa === UNKNOWN ? undefined : isCa === true,
    extendedKeyUsages: extendedUsages(inputs["allowedUses"]),
    validityHours: typeof hours === "number" ? hours : undefined,
  };
}

function extendedUsages(allowed: Value): readonly string[] | "none" | undefined {
  const uses = allowed === undefined || allowed === null ? [] : texts(allowed);
  if (uses === undefined) return undefined;
  const oids = uses.flatMap((use) => EXTENDED_USAGES.get(use) ?? []);
  return oids.length === 0 ? "none" : oids;
}

function namesOf(inputs: ValueRecord): CertificateNames {
  return {
    // `subject` is an object today; it was a list of one in old releases of the provider.
    commonName: text(stringAt(inputs, "subject", "commonName") ?? at(inputs, "subjects", 0, "commonName")),
    dnsNames: namesAt(inputs["dnsNames"]),
    ipAddresses: namesAt(inputs["ipAddresses"]),
  };
}

/** A certificate has the subject of its resource, one that a CA signs that of its request. */
function subjectOf(resource: StackResource, find: FindResource): string | undefined {
  const { type } = resource;
  const made = type === SELF_SIGNED ? resource : onlyOne(resource, "certRequestPem", [CERT_REQUEST], find);
  const subject = made?.inputs["subject"];
  if (!isRecord(subject)) return undefined;
  const parts = Object.entries(subject).filter(([, part]) => part !== undefined && part !== null && part !== "");
  const known = parts.every(([, part]) => typeof part === "string" || texts(part) !== undefined);
  return known && parts.length > 0 ? JSON.stringify(parts.sort(([one], [other]) => (one < other ? -1 : 1))) : undefined;
}

function namesAt(value: Value): readonly string[] | undefined {
  return value === undefined || value === null ? [] : texts(value);
}

function texts(value: Value): readonly string[] | undefined {
  const elements: readonly Value[] | undefined = Array.isArray(value) ? value : undefined;
  const known = elements?.filter((element) => typeof element === "string");
  return known !== undefined && known.length === elements?.length ? known : undefined;
}

function text(value: Value): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function keyOf(resource: StackResource, find: FindResource): Urn | undefined {
  return onlyOne(resource, "privateKeyPem", [PRIVATE_KEY], find)?.urn;
}

/** The one resource of these types from which an input came; none where there are several. */
function onlyOne(
  resource: StackResource,
  property: string,
  types: readonly string[],
  find: FindResource,
): StackResource | undefined {
  const found = (resource.propertyDependencies[property] ?? []).flatMap((urn) => find(urn) ?? []);
  const [only, another] = found.filter((one) => types.includes(one.type));
  return another === undefined ? only : undefined;
}

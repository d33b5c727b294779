import type { Content } from "../cluster/evidence";
import type { StackResource } from "./stack-resource";

/** What a property that is not known yet will hold: the PEM of the one tls resource that it comes from, or something. */
export function contentToCome(resource: StackResource, property: string): Content {
  const sources = resource.propertyDependencies[property] ?? [];
  const [only] = sources;
  const pem = only === undefined ? undefined : PEM_PROPERTIES[typeOf(only)];
  if (only !== undefined && sources.length === 1 && pem !== undefined) return { kind: "tls", urn: only, property: pem };
  const names = sources.map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
  return { kind: "to-come", why: names.length === 0 ? `its ${property}` : names.join(", ") };
}

/** The PEM that each kind of tls resource is made for. */
const PEM_PROPERTIES: Readonly<Record<string, string>> = {
  "tls:index/privateKey:PrivateKey": "privateKeyPem",
  "tls:index/certRequest:CertRequest": "certRequestPem",
  "tls:index/selfSignedCert:SelfSignedCert": "certPem",
  "tls:index/locallySignedCert:LocallySignedCert": "certPem",
};

/** The type token in a URN, without the types of its parents. */
function typeOf(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(types.lastIndexOf("$") + 1);
}

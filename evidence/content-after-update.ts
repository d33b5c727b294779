import type { Content } from "../machine/content";
import { urnName, urnType } from "../machine/urn";
import type { StackResource } from "./stack-resource";

/**
 * What a property that is not known yet will hold: the PEM of the tls resource that it comes from, where it comes from
 * nothing else, or content that is named by what it comes from.
 */
export function contentAfterUpdate(resource: StackResource, property: string): Content {
  const sources = resource.propertyDependencies[property] ?? [];
  const [only, another] = sources;
  if (only === undefined) return { kind: "unknown-until-update", waitsFor: [] };
  const type = urnType(only);
  if (another === undefined && type.startsWith("tls:"))
    return { kind: "tls", urn: only, property: PEM_OF[type] ?? "certPem" };
  return { kind: "unknown-until-update", waitsFor: sources.map(urnName) };
}

/** The output that a copy of a tls resource is nearly always made from. */
const PEM_OF: Readonly<Record<string, string>> = {
  "tls:index/privateKey:PrivateKey": "privateKeyPem",
  "tls:index/certRequest:CertRequest": "certRequestPem",
};

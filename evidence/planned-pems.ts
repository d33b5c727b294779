import type { CertificateFacts, KeyIdentity } from "../cluster/certificates/certificate-facts";
import type { PlannedPem } from "../cluster/certificates/planned-pem";
import type { CertifiedNames } from "../kubeadm/go/x509/host-names";
import { ANY_USAGE, USAGES } from "../kubeadm/go/x509/verify-chain";
import type { Urn } from "../machine/source";
import type { FindResource } from "./reader";
import type { StackResource } from "./stack-resource";
import { type CertificateFromInputs, type CertificateNames, type TlsFacts, tlsFacts } from "./tls-facts";

/** What the tls resources of a stack will make, by their URN; contents of the kind `tls` name these. */
export function plannedPems(resources: readonly StackResource[], find: FindResource): ReadonlyMap<Urn, PlannedPem> {
  return new Map(
    resources.flatMap((resource) => {
      const facts = tlsFacts(resource, find);
      const pem = facts === undefined ? undefined : pemOf(facts);
      return pem === undefined ? [] : [[resource.urn, pem] as const];
    }),
  );
}

function pemOf(facts: TlsFacts): PlannedPem | undefined {
  switch (facts.kind) {
    case "private-key":
      return { kind: "private-key", key: { by: "resource", urn: facts.key } };
    case "certificate":
      return {
        kind: "certificate",
        certificate: certificateFacts(facts),
        subject: facts.subject,
        issuer: facts.issuerSubject,
      };
    case "certificate-request":
      return undefined;
  }
}

function certificateFacts(facts: CertificateFromInputs): CertificateFacts {
  const { validityHours } = facts;
  return {
    names: namesOf(facts.names),
    validity: validityHours === undefined ? undefined : { kind: "hours", hours: validityHours },
    isCa: facts.isCa,
    extendedKeyUsages: usagesOf(facts.extendedKeyUsages),
    key: keyIdentity(facts.key),
    signer: keyIdentity(facts.signedBy),
    x509: undefined,
  };
}

function keyIdentity(urn: Urn | undefined): KeyIdentity | undefined {
  return urn === undefined ? undefined : { by: "resource", urn };
}

/** Where there will be no such extension, any usage is allowed. */
function usagesOf(oids: CertificateFromInputs["extendedKeyUsages"]): CertificateFacts["extendedKeyUsages"] {
  if (oids === undefined) return undefined;
  if (oids === "none" || oids.includes(ANY_USAGE)) return "any";
  return oids.map((oid) => Object.entries(USAGES).find(([, known]) => known === oid)?.[0] ?? oid);
}

function namesOf({ commonName, dnsNames, ipAddresses }: CertificateNames): CertifiedNames | undefined {
  if (commonName === undefined || dnsNames === undefined || ipAddresses === undefined) return undefined;
  const none = dnsNames.length + ipAddresses.length === 0;
  return { commonName, ...(none ? {} : { alternative: { dnsNames, ipAddresses } }) };
}

import { readCertificate } from "../../cluster/certificates/certificate";
import { chainsTo } from "../../cluster/certificates/chains-to";

/**
 * True if a CA of the file signed the certificate, whatever their dates are today and whatever it may be used for. A file that
 * cannot be read signs nothing.
 */
export function isOfCa(certificatePem: string, caPem: string): boolean {
  const read = readCertificate(certificatePem);
  if (!read.ok) return false;
  const now = read.value.validity.notBefore;
  const verdict = chainsTo({ leafPem: certificatePem, trustedCaPem: caPem, usage: "clientAuth", now });
  return verdict.ok || KEPT_BY_OTHER_THINGS.has(verdict.fault.kind);
}

/** The signature is right; the dates and usages are the matter of external-etcd-cert-usable. */
const KEPT_BY_OTHER_THINGS: ReadonlySet<string> = new Set(["usage", "expired", "not-yet-valid"]);

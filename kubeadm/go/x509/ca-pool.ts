import type { Attempt } from "../go-error";
import { decodePem } from "./decode-pem";
import { memoizeByDigest } from "./memoize-by-digest";
import { parseX509, type X509 } from "./x509";

/**
 * The CAs of a file as etcd's tlsutil.NewCertPool loads them (client/pkg/v3 3.5.10 to 3.7.0), which kubeadm uses at
 * upgrade: every PEM block, whatever its name, must be a certificate; a file without any block is an empty pool.
 */
export const loadCaPool: (pem: string) => Attempt<readonly X509[]> = memoizeByDigest(poolOf);

function poolOf(pem: string): Attempt<readonly X509[]> {
  const certificates: X509[] = [];
  for (const { bytes } of decodePem(pem)) {
    const parsed = parseX509(bytes);
    if (!parsed.ok) return parsed;
    certificates.push(parsed.value);
  }
  return { ok: true, value: certificates };
}

/**
 * The CAs of a file as Go's CertPool.AppendCertsFromPEM takes them, which `kubeadm init` uses for its check of etcd:
 * whatever is not a readable certificate is skipped.
 */
export function readableCas(pem: string): readonly X509[] {
  return decodePem(pem).flatMap(({ type, hasHeaders, bytes }) => {
    const parsed = type === "CERTIFICATE" && !hasHeaders ? parseX509(bytes) : undefined;
    return parsed?.ok === true ? [parsed.value] : [];
  });
}

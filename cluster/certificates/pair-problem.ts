import { loadKeyPair } from "../../kubeadm/go/x509/key-pair";

/** Why kubeadm would not load a certificate with this key, in Go's words; undefined where it would. No byte of the key is repeated. */
export function pairProblem(certificatePem: string, keyPem: string): string | undefined {
  const pair = loadKeyPair(certificatePem, keyPem);
  return pair.ok ? undefined : pair.error;
}

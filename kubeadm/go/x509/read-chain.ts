import { certificateBlocks } from "./key-pair";
import { parseX509, type X509 } from "./x509";

/** The certificates of a file, the leaf first; the error is Go's. */
export function readChain(
  pem: string,
): { readonly ok: true; readonly value: readonly [X509, ...X509[]] } | { readonly ok: false; readonly error: string } {
  const blocks = certificateBlocks(pem);
  if (!blocks.ok) return blocks;
  const [first, ...others] = blocks.chain;
  const leaf = parseX509(first);
  if (!leaf.ok) return leaf;
  const certificates: [X509, ...X509[]] = [leaf.value];
  for (const der of others) {
    const parsed = parseX509(der);
    if (!parsed.ok) return parsed;
    certificates.push(parsed.value);
  }
  return { ok: true, value: certificates };
}

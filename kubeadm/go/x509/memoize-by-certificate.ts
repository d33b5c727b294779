import type { X509 } from "./x509";

/** What is found out about a certificate, once for each that is still in use. */
export function memoizeByCertificate<T extends object>(find: (certificate: X509) => T): (certificate: X509) => T {
  const known = new WeakMap<X509, T>();
  return (certificate) => {
    const before = known.get(certificate);
    if (before !== undefined) return before;
    const value = find(certificate);
    known.set(certificate, value);
    return value;
  };
}

import { hash } from "node:crypto";

/** Enough for a certificate and a CA on each node of a large cluster; some kB each. */
const LIMIT = 4096;

/**
 * The same pure reading of bytes or of a text, done once for equal ones: every node has the CA of the cluster, and several
 * policies read the certificate and the key of each. They are identified by their SHA-256, so none of a private key is kept.
 */
export function memoizeByDigest<Input extends Buffer | string, T extends object>(
  read: (input: Input) => T,
): (input: Input) => T {
  const known = new Map<string, T>();
  return (input) => {
    const name = hash("sha256", input, "base64");
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = read(input);
    if (known.size === LIMIT) known.clear();
    known.set(name, value);
    return value;
  };
}

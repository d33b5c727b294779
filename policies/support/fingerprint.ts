import { createHash } from "node:crypto";
import type { Finding } from "../../cluster/outcome";

/**
 * The name of a finding that stays the same as long as the finding does: made of what it is about, never of its text, a date or
 * its place among others. 32 hexadecimal digits.
 */
export function fingerprint(
  cluster: string,
  policy: string,
  { message, group, node, path }: Pick<Finding, "message" | "group" | "node" | "path">,
): string {
  return digest(JSON.stringify([cluster, policy, message, group, node, path]));
}

/** Names the findings of a run: equal ones are numbered in their order. */
export function distinctFingerprints(): (fingerprint: string) => string {
  const seen = new Map<string, number>();
  return (fingerprint) => {
    const earlier = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, earlier + 1);
    return earlier === 0 ? fingerprint : digest(`${fingerprint} ${earlier}`);
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

import { createHash } from "node:crypto";

/**
 * Gives each finding of a run a name that stays the same as long as the finding does: from what it is about, never from
 * its text, which may change between versions. Equal ones are told apart by their order.
 */
export function fingerprints(): (about: readonly (string | null)[]) => string {
  const seen = new Map<string, number>();
  return (about) => {
    const key = JSON.stringify(about);
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    const whole = earlier === 0 ? key : JSON.stringify([...about, String(earlier)]);
    return createHash("sha256").update(whole).digest("hex").slice(0, 32);
  };
}

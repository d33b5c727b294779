import type { Urn } from "../machine/source";

/** True for the URN of a resource: `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
export function isUrn(text: string): text is Urn {
  return text.startsWith("urn:pulumi:");
}

/** The URN that the engine or a state file gave. Throws on anything else, which would be a fault of ours or theirs. */
export function requireUrn(text: string): Urn {
  if (isUrn(text)) return text;
  throw new Error("a resource was given without a URN");
}

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

/** The type token of a resource, without the types of its parents: `command:remote:Command`. */
export function urnType(urn: Urn): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(types.lastIndexOf("$") + 1);
}

/** The Pulumi name of a resource, which may hold `::` too. */
export function urnName(urn: Urn): string {
  return urn.split("::").slice(3).join("::");
}

/** The order of URNs, for `sort`. */
export function compareUrns(a: { readonly urn: Urn }, b: { readonly urn: Urn }): number {
  return a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0;
}

/** The stack that a resource is in, by its URN. */
export function stackOf(urn: string): { readonly project: string; readonly name: string } | null {
  const [, name, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
  return name === undefined || project === undefined ? null : { project, name };
}

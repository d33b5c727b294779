import type { GoType } from "./json/go-type";
import type { JsonNode } from "./json/json-node";

/** `resource.Quantity` (k8s.io/apimachinery/pkg/api/resource/quantity.go, 0.30.14): a number or a text. Only checked, not kept. */
export const goQuantity: GoType<undefined> = {
  name: "resource.Quantity",
  zero: undefined,
  decode(node, place) {
    const words = node.kind === "null" ? undefined : fault(textOf(node).replace(SPACE, ""));
    if (words !== undefined) {
      place.problems.push({
        kind: "abort",
        words,
        path: place.path,
        found: node.kind,
        at: node.at,
        order: place.order,
      });
    }
    return undefined;
  },
};

/** Go trims the JSON text, in which control characters and line separators are escapes. */
const SPACE =
  /^[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+|(?<![ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+$/g;

function textOf(node: JsonNode): string {
  if (node.kind === "string") return node.value;
  return node.kind === "number" ? node.literal : node.kind;
}

function fault(text: string): string | undefined {
  const match = /^[-+]?(\d*)(?!\d)(?:\.(\d*)(?!\d))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text);
  if (text === "" || match === null) {
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  const suffix = match[3] ?? "";
  const known = /^(?:[numkMGTPE]?|[KMGTPE]i|[eE][-+]?\d+)$/.test(suffix);
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix)?.[1];
  const fits =
    exponent === undefined ||
    BigInt.asIntN(64, BigInt(exponent.replace("+", ""))) === BigInt(exponent.replace("+", ""));
  return known && fits ? undefined : "unable to parse quantity's suffix";
}

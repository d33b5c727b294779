import type { JsonNode } from "../go/json/json-node";
import type { FieldPath } from "./field-path";

/** The line of a field's name, or of a list's item, 1-based. */
export function lineIn(root: JsonNode, path: FieldPath): number | undefined {
  let node = root;
  let at = root.at;
  for (const part of path) {
    if (typeof part === "number") {
      const item = node.kind === "array" ? node.items[part] : undefined;
      if (item === undefined) return undefined;
      node = item;
      at = item.at;
    } else {
      const field = node.kind === "object" ? node.fields.get(part) : undefined;
      if (field === undefined) return undefined;
      node = field.value;
      at = field.at;
    }
  }
  return at.line + 1;
}

import type { JsonField, JsonNode } from "../go/json/json-node";
import type { TextReading } from "../go/json/text-reading";
import type { Mark } from "../go/yaml/yaml-error";

/** A reading of a document with its places as those of the text in which it stands so many lines further down. */
export function movedDown(reading: TextReading, lines: number): TextReading {
  if (lines === 0) return reading;
  const down = (at: Mark): Mark => ({ ...at, line: at.line + lines });
  if (reading.kind === "error") return { ...reading, at: reading.at && down(reading.at) };
  return {
    kind: "value",
    value: nodeDown(reading.value, down),
    duplicates: reading.duplicates.map((one) => ({ ...one, at: down(one.at), firstAt: down(one.firstAt) })),
    next: reading.next && down(reading.next),
  };
}

function nodeDown(node: JsonNode, down: (at: Mark) => Mark): JsonNode {
  const at = down(node.at);
  switch (node.kind) {
    case "array":
      return { ...node, at, items: node.items.map((item) => nodeDown(item, down)) };
    case "object": {
      const fields = Array.from(node.fields, ([name, field]): [string, JsonField] => [
        name,
        { at: down(field.at), value: nodeDown(field.value, down) },
      ]);
      return { ...node, at, fields: new Map(fields) };
    }
    default:
      return { ...node, at };
  }
}

import type { DuplicateField, JsonNode } from "../go/json/json-node";
import { parseJson } from "../go/json/parse-json";
import type { Mark } from "../go/yaml/yaml-error";
import { yamlToJson } from "../go/yaml/yaml-to-json";

export type TextReading =
  | {
      readonly kind: "value";
      readonly value: JsonNode;
      readonly duplicates: readonly DuplicateField[];
      readonly next: Mark | undefined;
    }
  | { readonly kind: "error"; readonly words: string; readonly at: Mark | undefined };

/**
 * Reads a text as the decoders of kubeadm's scheme do: what begins with `{` is JSON and nothing else
 * (apimachinery serializer/recognizer, util/yaml IsJSONBuffer), everything else is YAML.
 */
export function textToJson(text: string): TextReading {
  if (!isJsonText(text)) return yamlToJson(text);
  const json = parseJson(text);
  if (json.kind === "value") return { ...json, next: undefined };
  return { kind: "error", words: `couldn't get version/kind; json parse error: ${json.words}`, at: json.at };
}

/** True if the text begins with `{` after white space (Go's unicode.IsSpace). */
export function isJsonText(text: string): boolean {
  return /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/.test(text);
}

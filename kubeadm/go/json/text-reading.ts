import type { Mark } from "../yaml/yaml-error";
import type { DuplicateField, JsonNode } from "./json-node";

/** What a parser of JSON or YAML made of a text. */
export type TextReading =
  | {
      readonly kind: "value";
      readonly value: JsonNode;
      readonly duplicates: readonly DuplicateField[];
      /** Where text follows that the reader of one document never sees. */
      readonly next: Mark | undefined;
    }
  | { readonly kind: "error"; readonly words: string; readonly at: Mark | undefined };

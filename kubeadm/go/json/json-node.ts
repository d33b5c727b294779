import type { Mark } from "../yaml/yaml-error";

/** A JSON value as Go's decoder gets it, with its place in the text. `at` is 0-based. */
export type JsonNode =
  | { readonly kind: "null"; readonly at: Mark }
  | { readonly kind: "bool"; readonly at: Mark; readonly value: boolean }
  /** `literal` is the number as it stands in the JSON text. */
  | { readonly kind: "number"; readonly at: Mark; readonly literal: string }
  | { readonly kind: "string"; readonly at: Mark; readonly value: string }
  | { readonly kind: "array"; readonly at: Mark; readonly items: readonly JsonNode[] }
  /** Fields in the order in which Go meets them: sorted after YAML, as written in JSON. */
  | { readonly kind: "object"; readonly at: Mark; readonly fields: ReadonlyMap<string, JsonField> };

export interface JsonField {
  /** Where the field's name stands. */
  readonly at: Mark;
  readonly value: JsonNode;
}

/** A name that stands twice in one mapping. */
export interface DuplicateField {
  readonly path: readonly (string | number)[];
  readonly at: Mark;
  readonly firstAt: Mark;
  /** The line that go-yaml prints for it, 1-based, and the key as Go prints it. */
  readonly line: number;
  readonly key: string;
}

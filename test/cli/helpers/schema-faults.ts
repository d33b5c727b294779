/** The words of JSON Schema that docs/check-schema.json uses; any other word is a fault of the schema. */
interface Schema {
  readonly [word: string]: unknown;
}

const SAYS_NOTHING = new Set(["$schema", "$defs", "title", "description"]);

/** Why a value does not fit a schema; empty where it does. */
export function schemaFaults(root: Schema, value: unknown, schema: Schema = root, where = "$"): readonly string[] {
  return Object.entries(schema).flatMap(([word, rule]): readonly string[] => {
    if (SAYS_NOTHING.has(word)) return [];
    switch (word) {
      case "$ref":
        return schemaFaults(root, value, definition(root, rule), where);
      case "type":
        return listOf(rule).some((type) => hasType(value, type)) ? [] : [`${where} is ${typeName(value)}`];
      case "enum":
        return listOf(rule).includes(value) ? [] : [`${where} is none of the values`];
      case "required":
        if (value === null) return [];
        return listOf(rule).flatMap((name) => (fields(value).has(String(name)) ? [] : [`${where}.${name} is missing`]));
      case "properties":
        return [...fields(rule)].flatMap(([name, inner]) =>
          fields(value).has(name)
            ? schemaFaults(root, fields(value).get(name), schemaOf(inner), `${where}.${name}`)
            : [],
        );
      case "additionalProperties": {
        const further = [...fields(value)].filter(([name]) => !fields(schema["properties"]).has(name));
        if (rule === false) return further.map(([name]) => `${where}.${name} is not expected`);
        return further.flatMap(([name, inner]) => schemaFaults(root, inner, schemaOf(rule), `${where}.${name}`));
      }
      case "items":
        if (value === null) return [];
        return listOf(value).flatMap((item, index) => schemaFaults(root, item, schemaOf(rule), `${where}[${index}]`));
      case "minItems":
        return listOf(value).length >= Number(rule) ? [] : [`${where} is too short`];
      case "maxItems":
        return listOf(value).length <= Number(rule) ? [] : [`${where} is too long`];
      default:
        return [`the schema says ${word}, which is not understood here`];
    }
  });
}

function definition(root: Schema, reference: unknown): Schema {
  return schemaOf(fields(root["$defs"]).get(String(reference).replace("#/$defs/", "")));
}

function schemaOf(value: unknown): Schema {
  if (typeof value !== "object" || value === null) throw new Error("a schema is an object");
  return Object.fromEntries(Object.entries(value));
}

function fields(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function hasType(value: unknown, type: unknown): boolean {
  return type === "integer" ? Number.isInteger(value) : typeName(value) === type;
}

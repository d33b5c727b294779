import { goQuote } from "../go-syntax";
import type { Mark } from "../yaml/yaml-error";
import type { JsonNode } from "./json-node";

/**
 * A Go type that JSON is decoded into, as sigs.k8s.io/json does it (encoding/json with case-sensitive names): a value of
 * the wrong kind is an error and leaves the zero value, null leaves the zero value, and decoding goes on.
 */
export interface GoType<Value> {
  /** As Go prints it: `string`, `[]v1beta4.Arg`. */
  readonly name: string;
  readonly zero: Value;
  decode(node: JsonNode, place: Place): Value;
}

/** Where in the value the decoder is, and what it has found so far. */
export interface Place {
  readonly path: readonly (string | number)[];
  /** The position of each step among its siblings: Go reports errors in the order of the JSON text. */
  readonly order: readonly number[];
  /** For Go's message: the innermost struct, and the fields that led here. */
  readonly struct: string | undefined;
  readonly fields: readonly string[];
  readonly problems: DecodeProblem[];
}

export interface DecodeProblem {
  /** `type`: the first one is what decoding returns. `abort`: decoding stops there. `unknown`: an error for strict decoding only. */
  readonly kind: "type" | "abort" | "unknown";
  readonly words: string;
  readonly path: readonly (string | number)[];
  /** What stands there. */
  readonly found: JsonNode["kind"];
  readonly at: Mark;
  readonly order: readonly number[];
}

export interface Decoded<Value> {
  readonly value: Value;
  /** The error that Go's decoder returns. */
  readonly error: DecodeProblem | undefined;
  /** All values of the wrong kind, of which `error` is one; their fields keep the zero value. */
  readonly errors: readonly DecodeProblem[];
  /** The fields that strict decoding refuses, in Go's order. */
  readonly unknown: readonly DecodeProblem[];
}

/** Decodes a JSON value as Go would into a variable of this type. */
export function decodeGo<Value>(type: GoType<Value>, node: JsonNode): Decoded<Value> {
  const problems: DecodeProblem[] = [];
  const value = type.decode(node, { path: [], order: [], struct: undefined, fields: [], problems });
  problems.sort((a, b) => compareOrder(a.order, b.order));
  return {
    value,
    error: problems.find(({ kind }) => kind === "abort") ?? problems.find(({ kind }) => kind === "type"),
    errors: problems.filter(({ kind }) => kind !== "unknown"),
    unknown: problems.filter(({ kind }) => kind === "unknown"),
  };
}

export const goString: GoType<string> = goStringNamed("string");

/** A named string type: `v1.PullPolicy`. */
export function goStringNamed(name: string): GoType<string> {
  return scalar(name, "", (node) => (node.kind === "string" ? node.value : undefined));
}

export const goBool: GoType<boolean> = scalar("bool", false, (node) => (node.kind === "bool" ? node.value : undefined));

export const goInt32: GoType<number> = goInt("int32", 32);

/** An integer type of so many bits; values beyond 2^53 lose precision, which affects no rule. */
export function goInt(name: string, bits: number): GoType<number> {
  return scalar(name, 0, (node) =>
    node.kind === "number" ? integer(node.literal, -(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1)) : undefined,
  );
}

export function goUint(name: string, bits: number): GoType<number> {
  return scalar(name, 0, (node) =>
    node.kind === "number" ? integer(node.literal, 0n, 2n ** BigInt(bits)) : undefined,
  );
}

/** A floating-point type; `limit` is where strconv.ParseFloat goes out of range. */
export function goFloat(name: string, limit: number): GoType<number> {
  return scalar(name, 0, (node) => {
    const value = node.kind === "number" ? Number(node.literal) : undefined;
    return value !== undefined && Math.abs(value) < limit ? value : undefined;
  });
}

/** `interface {}`: anything. */
export const goAny: GoType<JsonNode | undefined> = { name: "interface {}", zero: undefined, decode: (node) => node };

/** `*T`: null and absence are undefined. */
export function goPointer<Value>(type: GoType<Value>): GoType<Value | undefined> {
  return {
    name: `*${type.name}`,
    zero: undefined,
    decode: (node, place) => (node.kind === "null" ? undefined : type.decode(node, place)),
  };
}

/** `[]T`: null and absence are undefined in Go's sense too, but no rule of the types here tells nil from empty. */
export function goList<Value>(type: GoType<Value>): GoType<readonly Value[]> {
  const name = `[]${type.name}`;
  return {
    name,
    zero: [],
    decode(node, place) {
      if (node.kind === "null") return [];
      if (node.kind === "array") return node.items.map((item, index) => type.decode(item, step(place, index, index)));
      wrongType(node, place, name);
      return [];
    },
  };
}

/** `map[string]T`. */
export function goMap<Value>(type: GoType<Value>, keyType = "string"): GoType<ReadonlyMap<string, Value>> {
  const name = `map[${keyType}]${type.name}`;
  return {
    name,
    zero: new Map(),
    decode(node, place) {
      if (node.kind === "null") return new Map();
      if (node.kind === "object") {
        return new Map(
          Array.from(node.fields, ([key, field], index) => [key, type.decode(field.value, step(place, key, index))]),
        );
      }
      wrongType(node, place, name);
      return new Map();
    },
  };
}

/** Reads one field of a struct: its JSON name, its type, and the embedded struct that it is declared in. */
export type FieldReader = <Value>(name: string, type: GoType<Value>, embeddedIn?: string) => Value;

/** A struct: `build` asks for every field by name, and for nothing else. */
export function goStruct<Value>(name: string, build: (field: FieldReader) => Value): GoType<Value> {
  const shortName = name.slice(name.lastIndexOf(".") + 1);
  const zero = build((_name, type) => type.zero);
  return {
    name,
    zero,
    decode(node, place) {
      if (node.kind === "null") return zero;
      if (node.kind !== "object") {
        wrongType(node, place, name);
        return zero;
      }
      const order = new Map(Array.from(node.fields.keys(), (key, index) => [key, index]));
      const known = new Set<string>();
      const value = build((field, type, embeddedIn) => {
        known.add(field);
        const given = node.fields.get(field);
        if (given === undefined) return type.zero;
        const inside = step(place, field, order.get(field) ?? 0);
        const steps = embeddedIn === undefined ? [field] : [embeddedIn, field];
        return type.decode(given.value, { ...inside, struct: shortName, fields: [...place.fields, ...steps] });
      });
      for (const [key, field] of node.fields) {
        if (known.has(key)) continue;
        const { path, order: steps } = step(place, key, order.get(key) ?? 0);
        place.problems.push({
          kind: "unknown",
          words: `unknown field ${goQuote(goPath(path))}`,
          path,
          found: field.value.kind,
          at: field.at,
          order: steps,
        });
      }
      return value;
    },
  };
}

/**
 * A type with its own UnmarshalJSON that reads a string first. `parse` gives the value or the error, after which Go
 * decodes nothing more. Unless it is behind a pointer, null is read as an empty string.
 */
export function goParsed<Value>(
  name: string,
  zero: Value,
  parse: (text: string) => { readonly value: Value } | { readonly error: string },
): GoType<Value> {
  return {
    name,
    zero,
    decode(node, place) {
      if (node.kind !== "string" && node.kind !== "null") {
        wrongType(node, place, "string", "abort");
        return zero;
      }
      const result = parse(node.kind === "null" ? "" : node.value);
      if ("value" in result) return result.value;
      place.problems.push({
        kind: "abort",
        words: result.error,
        path: place.path,
        found: node.kind,
        at: node.at,
        order: place.order,
      });
      return zero;
    },
  };
}

/** A field path as Go's strict errors print it: `apiServer.extraVolumes[0].foo`. */
export function goPath(path: readonly (string | number)[]): string {
  return path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");
}

function scalar<Value>(name: string, zero: Value, read: (node: JsonNode) => Value | undefined): GoType<Value> {
  return {
    name,
    zero,
    decode(node, place) {
      if (node.kind === "null") return zero;
      const value = read(node);
      if (value !== undefined) return value;
      wrongType(node, place, name);
      return zero;
    },
  };
}

function integer(literal: string, least: bigint, limit: bigint): number | undefined {
  if (!/^-?\d+$/.test(literal)) return undefined;
  const value = BigInt(literal);
  return value >= least && value < limit ? Number(value) : undefined;
}

function step(place: Place, part: string | number, index: number): Place {
  return { ...place, path: [...place.path, part], order: [...place.order, index] };
}

/** encoding/json UnmarshalTypeError.Error (Go 1.26). */
function wrongType(node: JsonNode, place: Place, name: string, kind: "type" | "abort" = "type"): void {
  const numeric = /^(u?int\d*|float\d+)$/.test(name);
  const value = node.kind === "number" && numeric ? `number ${node.literal}` : node.kind;
  const into =
    place.struct === undefined
      ? `Go value of type ${name}`
      : `Go struct field ${place.struct}.${place.fields.join(".")} of type ${name}`;
  place.problems.push({
    kind,
    words: `json: cannot unmarshal ${value} into ${into}`,
    path: place.path,
    found: node.kind,
    at: node.at,
    order: place.order,
  });
}

function compareOrder(a: readonly number[], b: readonly number[]): number {
  for (const [i, step] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (step !== other) return step - other;
  }
  return a.length - b.length;
}

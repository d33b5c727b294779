import { compareGoStrings, goQuote } from "../go-syntax";
import type { DuplicateField, JsonField, JsonNode } from "../json/json-node";
import type { TextReading } from "../json/text-reading";
import { parseYaml, type YamlNode } from "./parse-yaml";
import { resolveScalar, type Scalar } from "./resolve-scalar";
import { type Mark, YamlError } from "./yaml-error";

/** The first document of a text after go-yaml has decoded it: not JSON yet, which it can become in two ways. */
export type DecodedYaml =
  | {
      readonly kind: "decoded";
      /** Undefined for a text without a document. */
      readonly root: Value | undefined;
      readonly duplicates: readonly DuplicateField[];
      readonly next: Mark | undefined;
    }
  | YamlFailure;

type YamlFailure = Extract<TextReading, { kind: "error" }>;

/**
 * Decodes the first document of a text as go-yaml v2 does: merge keys, aliases, the last of several equal keys. Bounded as
 * go-yaml is against aliases that multiply ("document contains excessive aliasing").
 */
export function decodeYaml(text: string): DecodedYaml {
  return unlessYamlError(() => {
    const { root, next } = parseYaml(text);
    const decoder = new Decoder();
    const value = root && decoder.decode(root);
    return { kind: "decoded", root: value, duplicates: decoder.duplicates, next };
  });
}

/**
 * The JSON that sigs.k8s.io/yaml makes of a document (yaml.go 1.3.0 and 1.6.0, over go-yaml v2): keys of other types as text.
 *
 * `isText` names the fields at the top that are read as text: there a floating-point number becomes what Go prints for it, be it infinite.
 */
export function yamlToJson(decoded: DecodedYaml, isText: (name: string) => boolean = () => false): TextReading {
  if (decoded.kind === "error") return decoded;
  const { root, duplicates, next } = decoded;
  if (root === undefined) {
    return { kind: "value", value: { kind: "null", at: START }, duplicates: [], next: undefined };
  }
  return unlessYamlError(() => ({ kind: "value", value: toJson(root, isText), duplicates, next }));
}

function unlessYamlError<Made>(read: () => Made): Made | YamlFailure {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { kind: "error", words: error.plain ? error.problem : error.message, at: error.at };
  }
}

const START: Mark = { index: 0, line: 0, column: 0 };

/** A decoded YAML value: like JSON, but with keys of any scalar type. */
type Value =
  | { readonly kind: "scalar"; readonly at: Mark; readonly scalar: Scalar }
  | { readonly kind: "list"; readonly at: Mark; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly at: Mark; readonly entries: Map<string, Entry> };

interface Entry {
  readonly key: Scalar;
  readonly at: Mark;
  readonly value: Value;
}

/** decode.go: the share of decoding steps that aliases may cause, which shrinks as the document grows. */
const RATIO_LOW = 400_000;
const RATIO_HIGH = 4_000_000;

/** Aliases can stack anchors on anchors; no configuration comes near this. */
const MAX_DEPTH = 1500;

class Decoder {
  readonly duplicates: DuplicateField[] = [];
  readonly #open = new Set<YamlNode>();
  #steps = 0;
  #aliasSteps = 0;
  #aliasDepth = 0;
  #depth = 0;

  decode(root: YamlNode): Value {
    return this.#value(root, []);
  }

  #value(node: YamlNode, path: readonly (string | number)[]): Value {
    this.#count(node);
    if (++this.#depth > MAX_DEPTH) throw new YamlError(`nested deeper than ${MAX_DEPTH} levels`, node.at);
    const value = this.#decode(node, path);
    this.#depth--;
    return value;
  }

  #decode(node: YamlNode, path: readonly (string | number)[]): Value {
    switch (node.kind) {
      case "scalar":
        return { kind: "scalar", at: node.at, scalar: resolveScalar(node.value, node.tag, node.plain) };
      case "sequence":
        return {
          kind: "list",
          at: node.at,
          items: node.items.map((item, index) => this.#value(item, [...path, index])),
        };
      case "mapping": {
        const entries = new Map<string, Entry>();
        this.#fill(node, entries, path);
        return { kind: "map", at: node.at, entries };
      }
      case "alias":
        return this.#throughAlias(node, () => this.#value(node.target, path));
    }
  }

  #throughAlias<Result>(node: YamlNode & { readonly kind: "alias" }, read: () => Result): Result {
    if (this.#open.has(node)) throw new YamlError(`anchor '${node.anchor}' value contains itself`, node.at);
    this.#open.add(node);
    this.#aliasDepth++;
    const result = read();
    this.#aliasDepth--;
    this.#open.delete(node);
    return result;
  }

  #fill(
    node: YamlNode & { readonly kind: "mapping" },
    entries: Map<string, Entry>,
    path: readonly (string | number)[],
  ): void {
    for (const { key, value } of node.entries) {
      if (isMerge(key)) {
        this.#merge(value, entries, path);
        continue;
      }
      const name = this.#value(key, path);
      if (name.kind !== "scalar") throw new YamlError(`invalid map key: ${goSyntax(name)}`, key.at);
      const identity = identityOf(name.scalar);
      const read = this.#value(value, [...path, keyText(name.scalar) ?? ""]);
      const before = entries.get(identity);
      if (before !== undefined) {
        this.duplicates.push({
          path: [...path, keyText(name.scalar) ?? ""],
          at: key.at,
          firstAt: before.at,
          line: value.at.line + 1,
          key: goScalar(name.scalar),
        });
        entries.delete(identity);
      }
      entries.set(identity, { key: name.scalar, at: key.at, value: read });
    }
  }

  /** `<<`: what it brings is set at this place, so it wins over keys before it and loses to keys after it. */
  #merge(node: YamlNode, entries: Map<string, Entry>, path: readonly (string | number)[]): void {
    const sources = node.kind === "sequence" ? node.items.toReversed() : [node];
    for (const source of sources) {
      const target = source.kind === "alias" ? source.target : source;
      if (target.kind !== "mapping") {
        throw new YamlError("map merge requires map or sequence of maps as the value", source.at);
      }
      this.#count(source);
      if (source.kind === "alias") {
        this.#throughAlias(source, () => {
          this.#count(target);
          this.#fill(target, entries, path);
        });
      } else {
        this.#fill(target, entries, path);
      }
    }
  }

  #count(node: YamlNode): void {
    this.#steps++;
    if (this.#aliasDepth > 0) this.#aliasSteps++;
    if (this.#aliasSteps > 100 && this.#steps > 1000 && this.#aliasSteps / this.#steps > allowedRatio(this.#steps)) {
      throw new YamlError("document contains excessive aliasing", node.at);
    }
  }
}

function allowedRatio(steps: number): number {
  if (steps <= RATIO_LOW) return 0.99;
  if (steps >= RATIO_HIGH) return 0.1;
  return 0.99 - 0.89 * ((steps - RATIO_LOW) / (RATIO_HIGH - RATIO_LOW));
}

function isMerge(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === "<<" && (node.plain || node.tag === "tag:yaml.org,2002:merge");
}

function identityOf(scalar: Scalar): string {
  return scalar.kind === "null" ? "null" : `${scalar.kind}:${scalar.value}`;
}

function toJson(value: Value, isText: (name: string) => boolean = () => false): JsonNode {
  switch (value.kind) {
    case "list":
      return { kind: "array", at: value.at, items: value.items.map((item) => toJson(item)) };
    case "map": {
      const fields: [string, JsonField][] = [];
      for (const entry of value.entries.values()) {
        const name = keyText(entry.key) ?? unsupportedKey(entry);
        fields.push([name, { at: entry.at, value: isText(name) ? textToJson(entry.value) : toJson(entry.value) }]);
      }
      return { kind: "object", at: value.at, fields: new Map(fields.sort(([a], [b]) => compareGoStrings(a, b))) };
    }
    case "scalar":
      return scalarToJson(value.scalar, value.at);
  }
}

/** convertToJSONableObject with a string as its target; other types than floats look the same in JSON. */
function textToJson(value: Value): JsonNode {
  return value.kind === "scalar" && value.scalar.kind === "float"
    ? { kind: "string", at: value.at, value: goScalar(value.scalar) }
    : toJson(value);
}

function scalarToJson(scalar: Scalar, at: Mark): JsonNode {
  switch (scalar.kind) {
    case "null":
      return { kind: "null", at };
    case "bool":
      return { kind: "bool", at, value: scalar.value };
    case "string":
      return { kind: "string", at, value: scalar.value };
    case "int":
    case "uint64":
      return { kind: "number", at, literal: scalar.value.toString() };
    case "float":
      if (Number.isFinite(scalar.value)) {
        return { kind: "number", at, literal: Object.is(scalar.value, -0) ? "-0" : String(scalar.value) };
      }
      throw new YamlError(`json: unsupported value: ${goScalar(scalar)}`, at, true);
  }
}

/** A key as JSON has it, or undefined for the types that sigs.k8s.io/yaml does not convert. */
function keyText(key: Scalar): string | undefined {
  switch (key.kind) {
    case "string":
      return key.value;
    case "bool":
    case "int":
      return String(key.value);
    case "float":
      return Number.isFinite(key.value) ? goFloat(key.value) : INFINITE_KEYS.get(String(key.value));
    case "uint64":
    case "null":
      return undefined;
  }
}

const INFINITE_KEYS: ReadonlyMap<string, string> = new Map([
  ["Infinity", ".inf"],
  ["-Infinity", "-.inf"],
  ["NaN", ".nan"],
]);

function unsupportedKey(entry: Entry): never {
  const [type, key] =
    entry.key.kind === "uint64" ? ["uint64", `0x${entry.key.value.toString(16)}`] : ["%!s(<nil>)", "<nil>"];
  // As of 1.34; with a capital letter before. Go prints the value, which may be a secret.
  throw new YamlError(`unsupported map key of type: ${type}, key: ${key}, value: ***`, entry.at, true);
}

/** Go's `%#v` of a decoded value. */
function goSyntax(value: Value): string {
  switch (value.kind) {
    case "scalar":
      return value.scalar.kind === "null" ? "interface {}(nil)" : goScalar(value.scalar);
    case "list":
      return `[]interface {}{${value.items.map(goSyntax).join(", ")}}`;
    case "map": {
      const entries = Array.from(value.entries.values(), ({ key, value }) => [goScalar(key), goSyntax(value)] as const);
      return `map[interface {}]interface {}{${entries
        .sort(([a], [b]) => compareGoStrings(a, b))
        .map((entry) => entry.join(":"))
        .join(", ")}}`;
    }
  }
}

function goScalar(scalar: Scalar): string {
  switch (scalar.kind) {
    case "null":
      return "interface {}(nil)";
    case "string":
      return goQuote(scalar.value);
    case "uint64":
      return `0x${scalar.value.toString(16)}`;
    case "float":
      if (Number.isNaN(scalar.value)) return "NaN";
      return Number.isFinite(scalar.value) ? goFloat(scalar.value) : scalar.value > 0 ? "+Inf" : "-Inf";
    case "int":
    case "bool":
      return String(scalar.value);
  }
}

/** strconv.FormatFloat(x, 'g', -1, 32). */
function goFloat(value: number): string {
  const [mantissa = "0", exponent = "0"] = shortestFloat32(value).toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 21) return String(shortestFloat32(value));
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === Math.fround(value)) return candidate;
  }
  return value;
}

import { goQuote } from "../go-syntax";
import type { Mark } from "../yaml/yaml-error";
import type { DuplicateField, JsonField, JsonNode } from "./json-node";

export type JsonReading =
  | { readonly kind: "value"; readonly value: JsonNode; readonly duplicates: readonly DuplicateField[] }
  | { readonly kind: "error"; readonly words: string; readonly at: Mark };

/**
 * Reads a JSON text and keeps the places of its values. Errors in the words of Go's encoding/json (scanner.go, Go 1.26).
 * A field that stands twice: objects are merged, anything else is replaced, as Go's decoder does.
 */
export function parseJson(text: string): JsonReading {
  try {
    const parser = new Parser(text);
    return { kind: "value", value: parser.text(), duplicates: parser.duplicates };
  } catch (error) {
    if (error instanceof JsonError) return { kind: "error", words: error.message, at: error.at };
    throw error;
  }
}

const MAX_DEPTH = 1000;

const INSIDE_TOKEN = /literal (true|false|null)|numeric literal|escape/;

class JsonError extends Error {
  constructor(
    words: string,
    readonly at: Mark,
  ) {
    super(words);
  }
}

class Parser {
  readonly duplicates: DuplicateField[] = [];
  readonly #text: string;
  #at = 0;
  #line = 0;
  #lineStart = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  text(): JsonNode {
    const value = this.#value([]);
    this.#space();
    if (this.#at < this.#text.length) this.#invalid("after top-level value");
    return value;
  }

  #mark(): Mark {
    return { index: this.#at, line: this.#line, column: this.#at - this.#lineStart };
  }

  #space(): string {
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text.charAt(this.#at);
      if (c === "\n") {
        this.#line++;
        this.#lineStart = this.#at + 1;
      } else if (c !== " " && c !== "\t" && c !== "\r") {
        return c;
      }
    }
    return "";
  }

  #invalid(where: string): never {
    const point = this.#text.codePointAt(this.#at);
    if (point === undefined) {
      // At the end Go's scanner is fed one more space.
      const words = INSIDE_TOKEN.test(where) ? `invalid character ' ' ${where}` : "unexpected end of JSON input";
      throw new JsonError(words, this.#mark());
    }
    // Go quotes the first byte of the character.
    const byte = Buffer.from(String.fromCodePoint(point)).at(0) ?? 0;
    throw new JsonError(`invalid character ${quoteByte(byte)} ${where}`, this.#mark());
  }

  #value(path: readonly (string | number)[]): JsonNode {
    if (++this.#depth > MAX_DEPTH) throw new JsonError(`nested deeper than ${MAX_DEPTH} levels`, this.#mark());
    const node = this.#valueAt(this.#space(), path);
    this.#depth--;
    return node;
  }

  #valueAt(first: string, path: readonly (string | number)[]): JsonNode {
    const at = this.#mark();
    switch (first) {
      case "{":
        return { kind: "object", at, fields: this.#object(path) };
      case "[":
        return { kind: "array", at, items: this.#array(path) };
      case '"':
        return { kind: "string", at, value: this.#string() };
      case "t":
        this.#literal("true");
        return { kind: "bool", at, value: true };
      case "f":
        this.#literal("false");
        return { kind: "bool", at, value: false };
      case "n":
        this.#literal("null");
        return { kind: "null", at };
      default:
        if (!/[-0-9]/.test(first)) this.#invalid("looking for beginning of value");
        return { kind: "number", at, literal: this.#number() };
    }
  }

  #object(path: readonly (string | number)[]): ReadonlyMap<string, JsonField> {
    const fields = new Map<string, JsonField>();
    this.#at++;
    if (this.#space() === "}") {
      this.#at++;
      return fields;
    }
    for (;;) {
      if (this.#space() !== '"') this.#invalid("looking for beginning of object key string");
      const at = this.#mark();
      const name = this.#string();
      if (this.#space() !== ":") this.#invalid("after object key");
      this.#at++;
      const value = this.#value([...path, name]);
      const before = fields.get(name);
      if (before === undefined) {
        fields.set(name, { at, value });
      } else {
        this.duplicates.push({ path: [...path, name], at, firstAt: before.at, line: at.line + 1, key: name });
        fields.set(name, { at, value: merged(before.value, value) });
      }
      const next = this.#space();
      if (next !== "," && next !== "}") this.#invalid("after object key:value pair");
      this.#at++;
      if (next === "}") return fields;
    }
  }

  #array(path: readonly (string | number)[]): readonly JsonNode[] {
    const items: JsonNode[] = [];
    this.#at++;
    if (this.#space() === "]") {
      this.#at++;
      return items;
    }
    for (;;) {
      items.push(this.#value([...path, items.length]));
      const next = this.#space();
      if (next !== "," && next !== "]") this.#invalid("after array element");
      this.#at++;
      if (next === "]") return items;
    }
  }

  #string(): string {
    const start = this.#at;
    this.#at++;
    for (;;) {
      const c = this.#text.charAt(this.#at);
      if (c === '"') break;
      if (c === "" || c < " ") this.#invalid("in string literal");
      this.#at++;
      if (c === "\\") this.#escape();
    }
    this.#at++;
    const value: unknown = JSON.parse(this.#text.slice(start, this.#at));
    return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : "";
  }

  #escape(): void {
    const c = this.#text.charAt(this.#at);
    if (c === "" || !'"\\/bfnrtu'.includes(c)) this.#invalid("in string escape code");
    this.#at++;
    if (c !== "u") return;
    for (let k = 0; k < 4; k++, this.#at++) {
      if (!/^[0-9a-fA-F]$/.test(this.#text.charAt(this.#at))) this.#invalid("in \\u hexadecimal character escape");
    }
  }

  #literal(word: string): void {
    for (const expected of word) {
      if (this.#text.charAt(this.#at) !== expected) this.#invalid(`in literal ${word} (expecting '${expected}')`);
      this.#at++;
    }
  }

  #number(): string {
    const start = this.#at;
    if (this.#text.charAt(this.#at) === "-") this.#at++;
    if (this.#text.charAt(this.#at) === "0") this.#at++;
    else this.#digits("in numeric literal");
    if (this.#text.charAt(this.#at) === ".") {
      this.#at++;
      this.#digits("after decimal point in numeric literal");
    }
    if (/^[eE]$/.test(this.#text.charAt(this.#at))) {
      this.#at++;
      if (/^[-+]$/.test(this.#text.charAt(this.#at))) this.#at++;
      this.#digits("in exponent of numeric literal");
    }
    return this.#text.slice(start, this.#at);
  }

  #digits(where: string): void {
    const start = this.#at;
    while (/^[0-9]$/.test(this.#text.charAt(this.#at))) this.#at++;
    if (this.#at === start) this.#invalid(where);
  }
}

function merged(before: JsonNode, after: JsonNode): JsonNode {
  if (before.kind !== "object" || after.kind !== "object") return after;
  const fields = new Map(before.fields);
  for (const [name, field] of after.fields) {
    const existing = fields.get(name);
    fields.set(name, existing === undefined ? field : { at: field.at, value: merged(existing.value, field.value) });
  }
  return { ...after, fields };
}

function quoteByte(byte: number): string {
  if (byte === 0x27) return "'\\''";
  if (byte === 0x22) return "'\"'";
  return `'${goQuote(String.fromCharCode(byte)).slice(1, -1)}'`;
}

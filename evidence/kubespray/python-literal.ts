import type { Value } from "../value";

/**
 * What Ansible makes of the text behind `=` in an INI inventory: a Python literal where it is one, else the text itself
 * (ansible.plugins.inventory.ini, `_parse_value`: ast.literal_eval).
 *
 * Numbers, strings, True, False, None, lists, tuples, sets and dicts become their counterparts. Complex numbers and
 * whole numbers that JavaScript cannot hold stay text.
 */
export function pythonLiteral(text: string): Value {
  const parser = new LiteralParser(text);
  try {
    return parser.whole();
  } catch (error) {
    if (error instanceof NotALiteral) return text;
    throw error;
  }
}

class NotALiteral extends Error {}

/** CPython's tokenizer refuses deeper brackets. */
const MAX_DEPTH = 200;

const SPACE = /(?:[ \t\f]|#.*$)*/uy;
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][+-]?\d(?:_?\d)*)?/uy;
const STRING_START = /([rR]?[bB]|[bB][rR]|[rRuU])?("""|'''|"|')/uy;
const WORD = /[\p{L}\p{N}_]+/uy;
const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["None", null],
  ["True", true],
  ["False", false],
]);

class LiteralParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  /** A literal, or several with commas between them, which are a tuple without its brackets. */
  whole(): Value {
    const first = this.value();
    const value: Value = this.accept(",") ? [first, ...this.items(undefined)] : first;
    this.match(SPACE);
    if (this.position < this.text.length) throw new NotALiteral();
    return value;
  }

  private value(): Value {
    this.match(SPACE);
    switch (this.text[this.position]) {
      case "[":
        return this.nested("]", () => this.items("]"));
      case "(":
        return this.nested(")", () => this.parenthesized());
      case "{":
        return this.nested("}", () => this.dictOrSet());
      case "-":
      case "+":
        return this.signedNumber();
      default:
        return this.string() ?? this.word();
    }
  }

  private nested(close: string, content: () => Value): Value {
    this.position++;
    this.depth++;
    if (this.depth > MAX_DEPTH) throw new NotALiteral();
    const value = content();
    this.depth--;
    this.expect(close);
    return value;
  }

  /** Up to `close`, or up to the end of the text. */
  private items(close: string | undefined): readonly Value[] {
    const items: Value[] = [];
    while (!this.sees(close)) {
      items.push(this.value());
      if (!this.accept(",")) break;
    }
    return items;
  }

  /** `(1)` is 1, `(1,)` and `()` are tuples. */
  private parenthesized(): Value {
    if (this.sees(")")) return [];
    const first = this.value();
    return this.accept(",") ? [first, ...this.items(")")] : first;
  }

  private dictOrSet(): Value {
    const entries: [string, Value][] = [];
    if (this.sees("}")) return {};
    const first = this.value();
    if (!this.accept(":")) return this.accept(",") ? [first, ...this.items("}")] : [first];
    entries.push([keyText(first), this.value()]);
    while (this.accept(",") && !this.sees("}")) {
      const key = keyText(this.value());
      this.expect(":");
      entries.push([key, this.value()]);
    }
    return Object.fromEntries(entries);
  }

  private signedNumber(): number {
    const sign = this.text[this.position] === "-" ? -1 : 1;
    this.position++;
    this.match(SPACE);
    return sign * this.number();
  }

  private number(): number {
    const token = this.match(NUMBER)?.[0];
    const next = this.text[this.position];
    if (token === undefined || (next !== undefined && /[\p{L}\p{N}_.]/u.test(next))) throw new NotALiteral();
    if (/^0[\d_]*[1-9]/u.test(token) && /^[\d_]+$/u.test(token)) throw new NotALiteral();
    const value = Number(token.replaceAll("_", ""));
    if (/^[\d_]+$|^0[xXoObB]/u.test(token) && !Number.isSafeInteger(value)) throw new NotALiteral();
    return value;
  }

  private word(): Value {
    const start = this.position;
    const word = this.match(WORD)?.[0] ?? "";
    const constant = CONSTANTS.get(word);
    if (constant !== undefined) return constant;
    if (word === "set") return this.emptySet();
    this.position = start;
    return this.number();
  }

  private emptySet(): Value {
    this.expect("(");
    this.expect(")");
    return [];
  }

  /** One or more string literals in a row, which Python joins. */
  private string(): string | undefined {
    let joined: string | undefined;
    let bytes: boolean | undefined;
    for (;;) {
      this.match(SPACE);
      const start = this.match(STRING_START);
      if (start === undefined) return joined;
      const prefix = (start[1] ?? "").toLowerCase();
      if (bytes !== undefined && bytes !== prefix.includes("b")) throw new NotALiteral();
      bytes = prefix.includes("b");
      joined = (joined ?? "") + this.stringBody(start[2] ?? "", prefix.includes("r"));
    }
  }

  private stringBody(quote: string, raw: boolean): string {
    const parts: string[] = [];
    while (!this.text.startsWith(quote, this.position)) {
      const char = this.text[this.position];
      if (char === undefined) throw new NotALiteral();
      if (char === "\\") parts.push(raw ? this.rawEscape() : this.backslash());
      else {
        parts.push(char);
        this.position++;
      }
    }
    this.position += quote.length;
    return parts.join("");
  }

  private rawEscape(): string {
    const pair = this.text.slice(this.position, this.position + 2);
    this.position += 2;
    return pair;
  }

  private backslash(): string {
    const written = this.match(ESCAPE)?.[0];
    if (written === undefined) throw new NotALiteral();
    const kind = written.charAt(1);
    if ("xuU".includes(kind)) return codePoint(Number.parseInt(written.slice(2), 16));
    if (/[0-7]/u.test(kind)) return codePoint(Number.parseInt(written.slice(1), 8));
    return ESCAPES.get(kind) ?? written;
  }

  private sees(char: string | undefined): boolean {
    this.match(SPACE);
    return this.text[this.position] === char;
  }

  private accept(char: string): boolean {
    if (!this.sees(char)) return false;
    this.position++;
    return true;
  }

  private expect(char: string): void {
    if (!this.accept(char)) throw new NotALiteral();
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.position = pattern.lastIndex;
    return found;
  }
}

/** An escape that Python knows, or a backslash that it leaves alone. `\N{…}` and half a `\x` are not literals here. */
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[^xuUN])/uy;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

function codePoint(code: number): string {
  if (code > 0x10ffff) throw new NotALiteral();
  return String.fromCodePoint(code);
}

/** Keys of dicts as text; a list or a dict cannot be one. */
function keyText(key: Value): string {
  if (typeof key === "object" && key !== null) throw new NotALiteral();
  return String(key);
}

import {
  END,
  isAllowed,
  isBlank,
  isBlankOrEnd,
  isBreakOrEnd,
  isDigit,
  isHex,
  isLineFeed,
  isWord,
} from "./yaml-characters";
import { type Mark, syntaxError, YamlError } from "./yaml-error";

export type Token =
  | { readonly type: StructureToken; readonly start: Mark; readonly end: Mark }
  | {
      readonly type: "scalar";
      readonly start: Mark;
      readonly end: Mark;
      readonly value: string;
      readonly plain: boolean;
    }
  | { readonly type: "alias" | "anchor"; readonly start: Mark; readonly end: Mark; readonly name: string }
  | { readonly type: "tag"; readonly start: Mark; readonly end: Mark; readonly handle: string; readonly suffix: string }
  | { readonly type: "version-directive"; readonly start: Mark; readonly end: Mark; readonly version: string }
  | {
      readonly type: "tag-directive";
      readonly start: Mark;
      readonly end: Mark;
      readonly handle: string;
      readonly prefix: string;
    };

type StructureToken =
  | "stream-start"
  | "stream-end"
  | "document-start"
  | "document-end"
  | "block-sequence-start"
  | "block-mapping-start"
  | "block-end"
  | "flow-sequence-start"
  | "flow-sequence-end"
  | "flow-mapping-start"
  | "flow-mapping-end"
  | "block-entry"
  | "flow-entry"
  | "key"
  | "value";

interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly tokenNumber: number;
  readonly mark: Mark;
}

/**
 * The tokens of a YAML text as go-yaml v2 sees them, with its errors.
 *
 * kubeadm reads YAML through sigs.k8s.io/yaml and go-yaml v2 (1.30.14: gopkg.in/yaml.v2 v2.4.0; 1.37.2:
 * go.yaml.in/yaml/v2 v2.4.4, whose scanner is the same text). That is libyaml's YAML 1.1 with its own view of tabs,
 * indentation and simple keys; a YAML 1.2 parser accepts other texts. This follows scannerc.go function by function
 * (libyaml, MIT license, Copyright Kirill Simonov and others), so that both refuse the same texts in the same words.
 * @throws YamlError
 */
export class YamlScanner {
  readonly #text: string;
  #at = 0;
  #index = 0;
  #line = 0;
  #column = 0;
  /** How far the reader has come, and where its buffer starts (the byte order mark is looked for there). */
  #loaded = 0;
  #bufferStart = 0;

  #started = false;
  #flowLevel = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #simpleKeyAllowed = true;
  readonly #simpleKeys: SimpleKey[] = [];
  readonly #simpleKeyOfToken = new Map<number, number>();
  readonly #tokens: Token[] = [];
  #head = 0;
  #parsed = 0;

  constructor(text: string) {
    this.#text = text.startsWith("\ufeff") ? text.slice(1) : text;
  }

  peek(): Token {
    this.#fetchMoreTokens();
    const token = this.#tokens[this.#head];
    if (token === undefined) throw new YamlError("unknown problem parsing YAML content", this.#mark());
    return token;
  }

  skip(): void {
    this.#head++;
    this.#parsed++;
    if (this.#head > 1024) {
      this.#tokens.splice(0, this.#head);
      this.#head = 0;
    }
  }

  // ---- characters

  #mark(): Mark {
    return { index: this.#index, line: this.#line, column: this.#column };
  }

  #c(offset = 0): number {
    if (this.#at + offset >= this.#loaded) this.#load(offset + 1);
    const position = this.#at + offset;
    return position < this.#text.length ? this.#text.charCodeAt(position) : END;
  }

  /**
   * Reads ahead in pieces of 512 bytes, as go-yaml does: a forbidden character is only found once it is read, and where
   * the buffer starts decides on a byte order mark. So this is called wherever scannerc.go calls its cache.
   */
  #load(length: number): void {
    const atEnd = this.#loaded === this.#text.length ? 1 : 0;
    if (this.#loaded - this.#at + atEnd >= length) return;
    this.#bufferStart = this.#at;
    while (this.#loaded - this.#at < length && this.#loaded < this.#text.length) {
      let bytes = 0;
      while (this.#loaded < this.#text.length) {
        const point = this.#text.codePointAt(this.#loaded) ?? END;
        const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        if (bytes + size > 512) break;
        if (point < 0x10000 && !isAllowed(point)) {
          throw new YamlError("control characters are not allowed", this.#markOf(this.#loaded));
        }
        bytes += size;
        this.#loaded += point < 0x10000 ? 1 : 2;
      }
    }
  }

  #markOf(position: number): Mark {
    const before = this.#text.slice(0, position).split(/\r\n|[\n\r\u0085\u2028\u2029]/);
    return { index: position, line: before.length - 1, column: before.at(-1)?.length ?? 0 };
  }

  #advance(count = 1): void {
    for (let i = 0; i < count; i++) {
      const c = this.#c();
      this.#at += c >= 0xd800 && c <= 0xdbff && this.#at + 1 < this.#text.length ? 2 : 1;
      this.#index++;
      this.#column++;
    }
  }

  #read(): string {
    const from = this.#at;
    this.#advance();
    return this.#text.slice(from, this.#at);
  }

  /** Skips one line break and gives what it becomes in a scalar. */
  #readBreak(): string {
    this.#load(2);
    const c = this.#c();
    if (c === 0x0d && this.#c(1) === 0x0a) {
      this.#at += 2;
      this.#index += 2;
    } else if (isLineFeed(c)) {
      this.#at++;
      this.#index++;
    } else {
      return "";
    }
    this.#column = 0;
    this.#line++;
    return c === 0x2028 || c === 0x2029 ? String.fromCharCode(c) : "\n";
  }

  #is(character: string, offset = 0): boolean {
    return this.#c(offset) === character.charCodeAt(0);
  }

  /** `---` or `...` at the start of a line. */
  #atDocumentIndicator(mark: "-" | "."): boolean {
    return this.#column === 0 && this.#is(mark) && this.#is(mark, 1) && this.#is(mark, 2) && isBlankOrEnd(this.#c(3));
  }

  #skipBlanks(): void {
    while (isBlank(this.#c())) this.#advance();
  }

  #skipComment(): void {
    if (!this.#is("#")) return;
    while (!isBreakOrEnd(this.#c())) this.#advance();
  }

  #fail(problem: string, context: Mark = this.#mark()): never {
    throw syntaxError("scanner", problem, this.#mark(), context);
  }

  // ---- simple keys and indentation

  #fetchMoreTokens(): void {
    for (;;) {
      if (this.#head !== this.#tokens.length) {
        const key = this.#simpleKeys[this.#simpleKeyOfToken.get(this.#parsed) ?? -1];
        if (key === undefined || !this.#stillPossible(key)) return;
      }
      this.#fetchNextToken();
    }
  }

  #stillPossible(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line < this.#line || key.mark.index + 1024 < this.#index) {
      if (key.required) this.#fail("could not find expected ':'", key.mark);
      key.possible = false;
      return false;
    }
    return true;
  }

  #saveSimpleKey(): void {
    if (!this.#simpleKeyAllowed) return;
    const key: SimpleKey = {
      possible: true,
      required: this.#flowLevel === 0 && this.#indent === this.#column,
      tokenNumber: this.#nextTokenNumber(),
      mark: this.#mark(),
    };
    this.#removeSimpleKey();
    this.#simpleKeys[this.#simpleKeys.length - 1] = key;
    this.#simpleKeyOfToken.set(key.tokenNumber, this.#simpleKeys.length - 1);
  }

  #removeSimpleKey(): void {
    const key = this.#simpleKeys.at(-1);
    if (key === undefined || !key.possible) return;
    if (key.required) this.#fail("could not find expected ':'", key.mark);
    key.possible = false;
    this.#simpleKeyOfToken.delete(key.tokenNumber);
  }

  #nextTokenNumber(): number {
    return this.#parsed + (this.#tokens.length - this.#head);
  }

  #addToken(token: Token): void {
    this.#tokens.push(token);
  }

  #insertToken(number: number, token: Token): void {
    this.#tokens.splice(this.#head + number - this.#parsed, 0, token);
  }

  #rollIndent(type: "block-sequence-start" | "block-mapping-start", mark: Mark, number?: number): void {
    if (this.#flowLevel > 0 || this.#indent >= mark.column) return;
    this.#indents.push(this.#indent);
    this.#indent = mark.column;
    if (this.#indents.length > 10_000) this.#fail("exceeded max depth of 10000");
    const token: Token = { type, start: mark, end: mark };
    if (number === undefined) this.#addToken(token);
    else this.#insertToken(number, token);
  }

  #unrollIndent(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#addToken({ type: "block-end", start: this.#mark(), end: this.#mark() });
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  // ---- one token

  #fetchNextToken(): void {
    if (!this.#started) {
      this.#started = true;
      this.#simpleKeys.push({ possible: false, required: false, tokenNumber: 0, mark: this.#mark() });
      this.#addToken({ type: "stream-start", start: this.#mark(), end: this.#mark() });
      return;
    }
    this.#scanToNextToken();
    this.#unrollIndent(this.#column);
    this.#load(4);
    const c = this.#c();
    if (c === END) return this.#fetchStreamEnd();
    const character = String.fromCharCode(c);
    if (this.#column === 0 && character === "%") return this.#fetchDirective();
    if (this.#atDocumentIndicator("-")) return this.#fetchDocumentIndicator("document-start");
    if (this.#atDocumentIndicator(".")) return this.#fetchDocumentIndicator("document-end");
    const followedByBlank = isBlankOrEnd(this.#c(1));
    switch (character) {
      case "[":
        return this.#fetchFlowStart("flow-sequence-start");
      case "{":
        return this.#fetchFlowStart("flow-mapping-start");
      case "]":
        return this.#fetchFlowEnd("flow-sequence-end");
      case "}":
        return this.#fetchFlowEnd("flow-mapping-end");
      case ",":
        this.#removeSimpleKey();
        this.#simpleKeyAllowed = true;
        return this.#fetchIndicator("flow-entry");
      case "-":
        if (followedByBlank) return this.#fetchBlockEntry();
        return this.#fetchPlainScalar();
      case "?":
        if (this.#flowLevel > 0 || followedByBlank) return this.#fetchKey();
        return this.#fetchPlainScalar();
      case ":":
        if (this.#flowLevel > 0 || followedByBlank) return this.#fetchValue();
        return this.#fetchPlainScalar();
      case "*":
        return this.#fetchAnchor("alias");
      case "&":
        return this.#fetchAnchor("anchor");
      case "!":
        this.#saveSimpleKey();
        this.#simpleKeyAllowed = false;
        return this.#addToken(this.#scanTag());
      case "'":
      case '"':
        this.#saveSimpleKey();
        this.#simpleKeyAllowed = false;
        return this.#addToken(this.#scanQuotedScalar(character === "'"));
      case "|":
      case ">":
        if (this.#flowLevel === 0) {
          this.#removeSimpleKey();
          this.#simpleKeyAllowed = true;
          return this.#addToken(this.#scanBlockScalar(character === "|"));
        }
        break;
      case "%":
      case "@":
      case "`":
      case "#":
      case "\t":
        break;
      default:
        return this.#fetchPlainScalar();
    }
    return this.#fail("found character that cannot start any token");
  }

  #scanToNextToken(): void {
    for (;;) {
      this.#c();
      // go-yaml looks at the start of its buffer here, not at the current character (yamlprivateh.go is_bom).
      if (this.#column === 0 && this.#text.charCodeAt(this.#bufferStart) === 0xfeff) this.#advance();
      while (this.#is(" ") || ((this.#flowLevel > 0 || !this.#simpleKeyAllowed) && this.#is("\t"))) this.#advance();
      this.#skipComment();
      if (!isLineFeed(this.#c())) return;
      this.#readBreak();
      if (this.#flowLevel === 0) this.#simpleKeyAllowed = true;
    }
  }

  #fetchStreamEnd(): void {
    if (this.#column !== 0) {
      this.#column = 0;
      this.#line++;
    }
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = false;
    this.#addToken({ type: "stream-end", start: this.#mark(), end: this.#mark() });
  }

  #fetchIndicator(type: StructureToken, length = 1): void {
    const start = this.#mark();
    this.#advance(length);
    this.#addToken({ type, start, end: this.#mark() });
  }

  #fetchDirective(): void {
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = false;
    this.#addToken(this.#scanDirective());
  }

  #fetchDocumentIndicator(type: "document-start" | "document-end"): void {
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = false;
    this.#fetchIndicator(type, 3);
  }

  #fetchFlowStart(type: "flow-sequence-start" | "flow-mapping-start"): void {
    this.#saveSimpleKey();
    const mark = this.#mark();
    this.#simpleKeys.push({ possible: false, required: false, tokenNumber: this.#nextTokenNumber(), mark });
    this.#flowLevel++;
    if (this.#flowLevel > 10_000) this.#fail("exceeded max depth of 10000");
    this.#simpleKeyAllowed = true;
    this.#fetchIndicator(type);
  }

  #fetchFlowEnd(type: "flow-sequence-end" | "flow-mapping-end"): void {
    this.#removeSimpleKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      const last = this.#simpleKeys.pop();
      if (last !== undefined) this.#simpleKeyOfToken.delete(last.tokenNumber);
    }
    this.#simpleKeyAllowed = false;
    this.#fetchIndicator(type);
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) this.#fail("block sequence entries are not allowed in this context");
      this.#rollIndent("block-sequence-start", this.#mark());
    }
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = true;
    this.#fetchIndicator("block-entry");
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) this.#fail("mapping keys are not allowed in this context");
      this.#rollIndent("block-mapping-start", this.#mark());
    }
    this.#removeSimpleKey();
    this.#simpleKeyAllowed = this.#flowLevel === 0;
    this.#fetchIndicator("key");
  }

  #fetchValue(): void {
    const key = this.#simpleKeys.at(-1);
    if (key !== undefined && this.#stillPossible(key)) {
      this.#insertToken(key.tokenNumber, { type: "key", start: key.mark, end: key.mark });
      this.#rollIndent("block-mapping-start", key.mark, key.tokenNumber);
      key.possible = false;
      this.#simpleKeyOfToken.delete(key.tokenNumber);
      this.#simpleKeyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#simpleKeyAllowed) this.#fail("mapping values are not allowed in this context");
        this.#rollIndent("block-mapping-start", this.#mark());
      }
      this.#simpleKeyAllowed = this.#flowLevel === 0;
    }
    this.#fetchIndicator("value");
  }

  #fetchAnchor(type: "alias" | "anchor"): void {
    this.#saveSimpleKey();
    this.#simpleKeyAllowed = false;
    const start = this.#mark();
    this.#advance();
    const name = this.#readWord();
    const c = this.#c();
    if (name === "" || !(isBlankOrEnd(c) || "?:,]}%@`".includes(String.fromCharCode(c)))) {
      this.#fail("did not find expected alphabetic or numeric character", start);
    }
    this.#addToken({ type, start, end: this.#mark(), name });
  }

  #fetchPlainScalar(): void {
    this.#saveSimpleKey();
    this.#simpleKeyAllowed = false;
    this.#addToken(this.#scanPlainScalar());
  }

  // ---- directives, tags

  #readWord(): string {
    let word = "";
    while (isWord(this.#c())) word += this.#read();
    return word;
  }

  #scanDirective(): Token {
    const start = this.#mark();
    this.#advance();
    const name = this.#readWord();
    if (name === "") this.#fail("could not find expected directive name", start);
    if (!isBlankOrEnd(this.#c())) this.#fail("found unexpected non-alphabetical character", start);
    const token = this.#scanDirectiveValue(name, start);
    this.#skipBlanks();
    this.#skipComment();
    if (!isBreakOrEnd(this.#c())) this.#fail("did not find expected comment or line break", start);
    this.#readBreak();
    return token;
  }

  #scanDirectiveValue(name: string, start: Mark): Token {
    if (name === "YAML") {
      this.#skipBlanks();
      const major = this.#scanVersionNumber(start);
      if (!this.#is(".")) this.#fail("did not find expected digit or '.' character", start);
      this.#advance();
      const version = `${major}.${this.#scanVersionNumber(start)}`;
      return { type: "version-directive", start, end: this.#mark(), version };
    }
    if (name !== "TAG") return this.#fail("found unknown directive name", start);
    this.#skipBlanks();
    const handle = this.#scanTagHandle(true, start);
    if (!isBlank(this.#c())) this.#fail("did not find expected whitespace", start);
    this.#skipBlanks();
    const prefix = this.#scanTagUri("", start);
    if (!isBlankOrEnd(this.#c())) this.#fail("did not find expected whitespace or line break", start);
    return { type: "tag-directive", start, end: this.#mark(), handle, prefix };
  }

  #scanVersionNumber(start: Mark): number {
    let digits = "";
    while (isDigit(this.#c())) {
      if (digits.length === 2) this.#fail("found extremely long version number", start);
      digits += this.#read();
    }
    if (digits === "") this.#fail("did not find expected version number", start);
    return Number(digits);
  }

  #scanTag(): Token {
    const start = this.#mark();
    let handle = "";
    let suffix: string;
    if (this.#is("<", 1)) {
      this.#advance(2);
      suffix = this.#scanTagUri("", start);
      if (!this.#is(">")) this.#fail("did not find the expected '>'", start);
      this.#advance();
    } else {
      handle = this.#scanTagHandle(false, start);
      if (handle.length > 1 && handle.endsWith("!")) {
        suffix = this.#scanTagUri("", start);
      } else {
        suffix = this.#scanTagUri(handle, start);
        handle = "!";
        if (suffix === "") [handle, suffix] = [suffix, handle];
      }
    }
    if (!isBlankOrEnd(this.#c())) this.#fail("did not find expected whitespace or line break", start);
    return { type: "tag", start, end: this.#mark(), handle, suffix };
  }

  #scanTagHandle(directive: boolean, start: Mark): string {
    if (!this.#is("!")) this.#fail("did not find expected '!'", start);
    let handle = this.#read() + this.#readWord();
    if (this.#is("!")) handle += this.#read();
    else if (directive && handle !== "!") this.#fail("did not find expected '!'", start);
    return handle;
  }

  #scanTagUri(head: string, start: Mark): string {
    let uri = head.slice(1);
    let found = head !== "";
    for (;;) {
      const c = this.#c();
      if (!isWord(c) && !";/?:@&=+$,.!~*'()[]%".includes(String.fromCharCode(c))) break;
      uri += this.#is("%") ? this.#scanUriEscapes(start) : this.#read();
      found = true;
    }
    if (!found) this.#fail("did not find expected tag URI", start);
    return uri;
  }

  #scanUriEscapes(start: Mark): string {
    const octets: number[] = [];
    let left = 1;
    while (left > 0) {
      if (!this.#is("%") || !isHex(this.#c(1)) || !isHex(this.#c(2))) {
        this.#fail("did not find URI escaped octet", start);
      }
      const octet = Number.parseInt(String.fromCharCode(this.#c(1), this.#c(2)), 16);
      if (octets.length === 0) {
        left =
          octet < 0x80
            ? 1
            : (octet & 0xe0) === 0xc0
              ? 2
              : (octet & 0xf0) === 0xe0
                ? 3
                : (octet & 0xf8) === 0xf0
                  ? 4
                  : 0;
        if (left === 0) this.#fail("found an incorrect leading UTF-8 octet", start);
      } else if ((octet & 0xc0) !== 0x80) {
        this.#fail("found an incorrect trailing UTF-8 octet", start);
      }
      octets.push(octet);
      this.#advance(3);
      left--;
    }
    return new TextDecoder().decode(Uint8Array.from(octets));
  }

  // ---- scalars

  #scanBlockScalar(literal: boolean): Token {
    const start = this.#mark();
    this.#advance();
    const { chomping, increment } = this.#scanBlockHeader(start);
    this.#skipBlanks();
    this.#skipComment();
    if (!isBreakOrEnd(this.#c())) this.#fail("did not find expected comment or line break", start);
    this.#readBreak();
    const given = increment === 0 ? 0 : Math.max(this.#indent, 0) + increment;
    let { indent, breaks, end } = this.#scanBlockBreaks(given, start);
    const parts: string[] = [];
    let leadingBreak = "";
    let leadingBlank = false;
    while (this.#column === indent && this.#c() !== END) {
      const trailingBlank = isBlank(this.#c());
      if (!literal && !leadingBlank && !trailingBlank && leadingBreak === "\n") {
        if (breaks === "") parts.push(" ");
      } else {
        parts.push(leadingBreak);
      }
      parts.push(breaks);
      leadingBlank = isBlank(this.#c());
      const from = this.#at;
      while (!isBreakOrEnd(this.#c())) this.#advance();
      parts.push(this.#text.slice(from, this.#at));
      leadingBreak = this.#readBreak();
      ({ indent, breaks, end } = this.#scanBlockBreaks(indent, start));
    }
    if (chomping !== "strip") parts.push(leadingBreak);
    if (chomping === "keep") parts.push(breaks);
    return { type: "scalar", start, end, value: parts.join(""), plain: false };
  }

  #scanBlockHeader(start: Mark): { readonly chomping: "strip" | "clip" | "keep"; readonly increment: number } {
    let chomping: "strip" | "clip" | "keep" = "clip";
    let increment = 0;
    const readChomping = (): void => {
      if (!this.#is("+") && !this.#is("-")) return;
      chomping = this.#is("+") ? "keep" : "strip";
      this.#advance();
    };
    const chompingFirst = this.#is("+") || this.#is("-");
    readChomping();
    if (isDigit(this.#c())) {
      if (this.#is("0")) this.#fail("found an indentation indicator equal to 0", start);
      increment = this.#c() - 0x30;
      this.#advance();
      if (!chompingFirst) readChomping();
    }
    return { chomping, increment };
  }

  #scanBlockBreaks(
    given: number,
    start: Mark,
  ): { readonly indent: number; readonly breaks: string; readonly end: Mark } {
    let end = this.#mark();
    let breaks = "";
    let widest = 0;
    for (;;) {
      while ((given === 0 || this.#column < given) && this.#is(" ")) this.#advance();
      widest = Math.max(widest, this.#column);
      if ((given === 0 || this.#column < given) && this.#is("\t")) {
        this.#fail("found a tab character where an indentation space is expected", start);
      }
      if (!isLineFeed(this.#c())) break;
      breaks += this.#readBreak();
      end = this.#mark();
    }
    return { indent: given === 0 ? Math.max(widest, this.#indent + 1, 1) : given, breaks, end };
  }

  #scanQuotedScalar(single: boolean): Token {
    const quote = single ? "'" : '"';
    const start = this.#mark();
    this.#advance();
    const parts: string[] = [];
    for (;;) {
      this.#load(4);
      if (this.#atDocumentIndicator("-") || this.#atDocumentIndicator(".")) {
        this.#fail("found unexpected document indicator", start);
      }
      if (this.#c() === END) this.#fail("found unexpected end of stream", start);
      let folding = this.#scanQuotedText(single, start, parts);
      if (this.#is(quote)) break;
      let blanks = "";
      let leadingBreak = "";
      let trailingBreaks = "";
      for (let c = this.#c(); isBlank(c) || isLineFeed(c); c = this.#c()) {
        if (isBlank(c)) {
          if (folding) this.#advance();
          else blanks += this.#read();
        } else if (folding) {
          trailingBreaks += this.#readBreak();
        } else {
          blanks = "";
          leadingBreak = this.#readBreak();
          folding = true;
        }
      }
      parts.push(folding ? folded(leadingBreak, trailingBreaks) : blanks);
    }
    this.#advance();
    return { type: "scalar", start, end: this.#mark(), value: parts.join(""), plain: false };
  }

  /** Reads up to a blank, a break or the closing quote; true if it stopped after an escaped line break. */
  #scanQuotedText(single: boolean, start: Mark, parts: string[]): boolean {
    while (!isBlankOrEnd(this.#c())) {
      if (single && this.#is("'")) {
        if (!this.#is("'", 1)) return false;
        parts.push("'");
        this.#advance(2);
      } else if (!single && this.#is('"')) {
        return false;
      } else if (!single && this.#is("\\") && isLineFeed(this.#c(1))) {
        this.#advance();
        this.#readBreak();
        return true;
      } else if (!single && this.#is("\\")) {
        parts.push(this.#scanEscape(start));
      } else {
        parts.push(this.#read());
      }
      this.#load(2);
    }
    return false;
  }

  #scanEscape(start: Mark): string {
    const code = String.fromCharCode(this.#c(1));
    const length = ESCAPE_LENGTHS.get(code);
    if (length === undefined) {
      const value = ESCAPES.get(code);
      if (value === undefined) return this.#fail("found unknown escape character", start);
      this.#advance(2);
      return value;
    }
    this.#advance(2);
    let value = 0;
    for (let k = 0; k < length; k++) {
      const c = this.#c(k);
      if (!isHex(c)) this.#fail("did not find expected hexdecimal number", start);
      value = value * 16 + Number.parseInt(String.fromCharCode(c), 16);
    }
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
      this.#fail("found invalid Unicode character escape code", start);
    }
    this.#advance(length);
    return String.fromCodePoint(value);
  }

  #scanPlainScalar(): Token {
    const start = this.#mark();
    let end = start;
    const indent = this.#indent + 1;
    const parts: string[] = [];
    let blanks = "";
    let leadingBreak = "";
    let trailingBreaks = "";
    let folding = false;
    for (;;) {
      this.#load(4);
      if (this.#atDocumentIndicator("-") || this.#atDocumentIndicator(".") || this.#is("#")) break;
      const from = this.#at;
      while (!isBlankOrEnd(this.#c()) && !this.#endsPlainScalar()) {
        this.#advance();
        this.#load(2);
      }
      if (this.#at > from) {
        parts.push(folding ? folded(leadingBreak, trailingBreaks) : blanks, this.#text.slice(from, this.#at));
        [blanks, leadingBreak, trailingBreaks, folding] = ["", "", "", false];
        end = this.#mark();
      }
      if (!isBlank(this.#c()) && !isLineFeed(this.#c())) break;
      for (let c = this.#c(); isBlank(c) || isLineFeed(c); c = this.#c()) {
        if (isBlank(c)) {
          if (folding && this.#column < indent && c === 0x09) {
            this.#fail("found a tab character that violates indentation", start);
          }
          if (folding) this.#advance();
          else blanks += this.#read();
        } else if (folding) {
          trailingBreaks += this.#readBreak();
        } else {
          blanks = "";
          leadingBreak = this.#readBreak();
          folding = true;
        }
      }
      if (this.#flowLevel === 0 && this.#column < indent) break;
    }
    if (folding) this.#simpleKeyAllowed = true;
    return { type: "scalar", start, end, value: parts.join(""), plain: true };
  }

  #endsPlainScalar(): boolean {
    const c = this.#c();
    if (c === 0x3a && isBlankOrEnd(this.#c(1))) return true;
    return this.#flowLevel > 0 && ",?[]{}".includes(String.fromCharCode(c));
  }
}

const ESCAPE_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);

/** One line break between two lines of text is a space; more keep all but the first. */
function folded(leadingBreak: string, trailingBreaks: string): string {
  if (!leadingBreak.startsWith("\n")) return leadingBreak + trailingBreaks;
  return trailingBreaks === "" ? " " : trailingBreaks;
}

import { type Mark, syntaxError, YamlError } from "./yaml-error";
import { type Token, YamlScanner } from "./yaml-scanner";

/** A node of a YAML document as go-yaml v2 keeps it; `at` is 0-based. */
export type YamlNode =
  | {
      readonly kind: "scalar";
      readonly at: Mark;
      readonly value: string;
      readonly tag: string;
      readonly plain: boolean;
    }
  | { readonly kind: "sequence"; readonly at: Mark; readonly items: readonly YamlNode[] }
  | { readonly kind: "mapping"; readonly at: Mark; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "alias"; readonly at: Mark; readonly anchor: string; readonly target: YamlNode };

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlDocument {
  /** Undefined for a text without any content. */
  readonly root: YamlNode | undefined;
  /** Where something follows that a reader of one document never sees. */
  readonly next: Mark | undefined;
}

/** Deeper than any configuration; go-yaml allows 10,000, this machine's call stack does not. */
const MAX_DEPTH = 1000;

/**
 * The first document of a YAML text, as go-yaml v2 reads it (parserc.go and decode.go parser, v2.4.0).
 * What follows the first document is not looked at, apart from its first token.
 * @throws YamlError
 */
export function parseYaml(text: string): YamlDocument {
  return new Parser(text).document();
}

class Parser {
  readonly #scanner: YamlScanner;
  readonly #handles = new Map<string, string>();
  readonly #anchors = new Map<string, YamlNode>();
  #depth = 0;

  constructor(text: string) {
    this.#scanner = new YamlScanner(text);
  }

  document(): YamlDocument {
    this.#take();
    const first = this.#peek();
    if (first.type === "stream-end") return { root: undefined, next: undefined };
    const explicit = first.type === "document-start" || isDirective(first);
    this.#directives();
    if (explicit) {
      const start = this.#peek();
      if (start.type !== "document-start") {
        throw syntaxError("parser", "did not find expected <document start>", start.start);
      }
      this.#take();
    }
    const content = this.#peek();
    const root = explicit && endsDocument(content) ? empty(content.start) : this.#node("block");
    if (this.#peek().type === "document-end") this.#take();
    return { root, next: this.#following() };
  }

  /** go-yaml stops before this, so whatever is wrong there is nobody's error. */
  #following(): Mark | undefined {
    try {
      const token = this.#peek();
      return token.type === "stream-end" ? undefined : token.start;
    } catch (error) {
      if (error instanceof YamlError) return error.at;
      throw error;
    }
  }

  #peek(): Token {
    return this.#scanner.peek();
  }

  #take(): Token {
    const token = this.#scanner.peek();
    this.#scanner.skip();
    return token;
  }

  #directives(): void {
    let version = false;
    for (let token = this.#peek(); isDirective(token); token = this.#peek()) {
      if (token.type === "version-directive") {
        if (version) throw syntaxError("parser", "found duplicate %YAML directive", token.start);
        if (token.version !== "1.1") throw syntaxError("parser", "found incompatible YAML document", token.start);
        version = true;
      } else if (token.type === "tag-directive") {
        if (this.#handles.has(token.handle)) {
          throw syntaxError("parser", "found duplicate %TAG directive", token.start);
        }
        this.#handles.set(token.handle, token.prefix);
      }
      this.#take();
    }
    if (!this.#handles.has("!")) this.#handles.set("!", "!");
    if (!this.#handles.has("!!")) this.#handles.set("!!", "tag:yaml.org,2002:");
  }

  #node(context: "block" | "block-or-indentless" | "flow"): YamlNode {
    if (++this.#depth > MAX_DEPTH) {
      throw new YamlError(`nested deeper than ${MAX_DEPTH} levels`, this.#peek().start);
    }
    const node = this.#nodeAt(context);
    this.#depth--;
    return node;
  }

  #nodeAt(context: "block" | "block-or-indentless" | "flow"): YamlNode {
    const first = this.#peek();
    if (first.type === "alias") {
      this.#take();
      const target = this.#anchors.get(first.name);
      if (target === undefined) throw new YamlError(`unknown anchor '${first.name}' referenced`, first.start);
      return { kind: "alias", at: first.start, anchor: first.name, target };
    }
    const { anchor, tag } = this.#properties();
    const at = first.start;
    const token = this.#peek();
    const remember = <Node extends YamlNode>(node: Node): Node => {
      if (anchor !== undefined) this.#anchors.set(anchor, node);
      return node;
    };
    if (context === "block-or-indentless" && token.type === "block-entry") {
      const items: YamlNode[] = [];
      const node = remember({ kind: "sequence", at, items });
      this.#indentlessSequence(items);
      return node;
    }
    if (token.type === "scalar") {
      this.#take();
      const plain = (tag === "" && token.plain) || tag === "!";
      return remember({ kind: "scalar", at, value: token.value, tag, plain });
    }
    if (token.type === "flow-sequence-start" || (token.type === "block-sequence-start" && context !== "flow")) {
      const items: YamlNode[] = [];
      const node = remember({ kind: "sequence", at, items });
      if (token.type === "flow-sequence-start") this.#flowSequence(items);
      else this.#blockSequence(items);
      return node;
    }
    if (token.type === "flow-mapping-start" || (token.type === "block-mapping-start" && context !== "flow")) {
      const entries: YamlEntry[] = [];
      const node = remember({ kind: "mapping", at, entries });
      if (token.type === "flow-mapping-start") this.#flowMapping(entries);
      else this.#blockMapping(entries);
      return node;
    }
    if (anchor !== undefined || tag !== "") {
      return remember({ kind: "scalar", at, value: "", tag, plain: tag === "" });
    }
    throw syntaxError("parser", "did not find expected node content", token.start, at);
  }

  /** An anchor and a tag, in either order, at most one of each. */
  #properties(): { readonly anchor: string | undefined; readonly tag: string } {
    const start = this.#peek().start;
    let anchor: string | undefined;
    let tag: string | undefined;
    for (let token = this.#peek(); ; token = this.#peek()) {
      if (token.type === "anchor" && anchor === undefined) anchor = token.name;
      else if (token.type === "tag" && tag === undefined)
        tag = this.#resolveTag(token.handle, token.suffix, token.start, start);
      else return { anchor, tag: tag ?? "" };
      this.#take();
    }
  }

  #resolveTag(handle: string, suffix: string, at: Mark, context: Mark): string {
    if (handle === "") return suffix;
    const tag = (this.#handles.get(handle) ?? "") + (this.#handles.has(handle) ? suffix : "");
    if (tag === "") throw syntaxError("parser", "found undefined tag handle", at, context);
    return tag;
  }

  #blockSequence(items: YamlNode[]): void {
    const start = this.#take().start;
    for (;;) {
      const token = this.#take();
      if (token.type === "block-end") return;
      if (token.type !== "block-entry") {
        throw syntaxError("parser", "did not find expected '-' indicator", token.start, start);
      }
      const next = this.#peek().type;
      items.push(next === "block-entry" || next === "block-end" ? empty(token.end) : this.#node("block"));
    }
  }

  #indentlessSequence(items: YamlNode[]): void {
    while (this.#peek().type === "block-entry") {
      const entry = this.#take();
      const next = this.#peek().type;
      const none = next === "block-entry" || next === "key" || next === "value" || next === "block-end";
      items.push(none ? empty(entry.end) : this.#node("block"));
    }
  }

  #blockMapping(entries: YamlEntry[]): void {
    const start = this.#take().start;
    for (;;) {
      const token = this.#take();
      if (token.type === "block-end") return;
      if (token.type !== "key") throw syntaxError("parser", "did not find expected key", token.start, start);
      const key = this.#endsBlockPart() ? empty(token.end) : this.#node("block-or-indentless");
      const indicator = this.#peek();
      if (indicator.type !== "value") {
        entries.push({ key, value: empty(indicator.start) });
        continue;
      }
      this.#take();
      const value = this.#endsBlockPart() ? empty(indicator.end) : this.#node("block-or-indentless");
      entries.push({ key, value });
    }
  }

  #endsBlockPart(): boolean {
    const { type } = this.#peek();
    return type === "key" || type === "value" || type === "block-end";
  }

  #flowSequence(items: YamlNode[]): void {
    const start = this.#take().start;
    for (let first = true; ; first = false) {
      if (this.#peek().type !== "flow-sequence-end") {
        if (!first) this.#flowEntry("did not find expected ',' or ']'", start);
        if (this.#peek().type === "key") {
          items.push(this.#singlePair());
          continue;
        }
        if (this.#peek().type !== "flow-sequence-end") {
          items.push(this.#node("flow"));
          continue;
        }
      }
      this.#take();
      return;
    }
  }

  /** `[key: value]`: a mapping of one pair. */
  #singlePair(): YamlNode {
    const at = this.#take().start;
    const token = this.#peek();
    const ends = token.type === "value" || token.type === "flow-entry" || token.type === "flow-sequence-end";
    // go-yaml skips the token here, so that `[? : a]` does not mean what it says (parserc.go).
    if (ends) this.#take();
    const key = ends ? empty(token.end) : this.#node("flow");
    return { kind: "mapping", at, entries: [{ key, value: this.#flowValue("flow-sequence-end") }] };
  }

  #flowMapping(entries: YamlEntry[]): void {
    const start = this.#take().start;
    for (let first = true; ; first = false) {
      if (this.#peek().type !== "flow-mapping-end") {
        if (!first) this.#flowEntry("did not find expected ',' or '}'", start);
        const token = this.#peek();
        if (token.type === "key") {
          this.#take();
          const next = this.#peek();
          const none = next.type === "value" || next.type === "flow-entry" || next.type === "flow-mapping-end";
          const key = none ? empty(next.start) : this.#node("flow");
          entries.push({ key, value: this.#flowValue("flow-mapping-end") });
          continue;
        }
        if (token.type !== "flow-mapping-end") {
          const key = this.#node("flow");
          entries.push({ key, value: empty(this.#peek().start) });
          continue;
        }
      }
      this.#take();
      return;
    }
  }

  #flowEntry(problem: string, start: Mark): void {
    const token = this.#peek();
    if (token.type !== "flow-entry") throw syntaxError("parser", problem, token.start, start);
    this.#take();
  }

  #flowValue(end: "flow-sequence-end" | "flow-mapping-end"): YamlNode {
    const token = this.#peek();
    if (token.type !== "value") return empty(token.start);
    this.#take();
    const next = this.#peek();
    return next.type === "flow-entry" || next.type === end ? empty(next.start) : this.#node("flow");
  }
}

function isDirective(token: Token): boolean {
  return token.type === "version-directive" || token.type === "tag-directive";
}

function endsDocument(token: Token): boolean {
  return (
    isDirective(token) ||
    token.type === "document-start" ||
    token.type === "document-end" ||
    token.type === "stream-end"
  );
}

function empty(at: Mark): YamlNode {
  return { kind: "scalar", at, value: "", tag: "", plain: true };
}

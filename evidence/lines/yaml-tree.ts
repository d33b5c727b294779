import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE_LITERAL_BLOCK,
  type ScalarEvent,
} from "js-yaml";

/** A node of a YAML or JSON document, with the line on which it starts. Lines count from 1. */
export type YamlNode =
  | { readonly kind: "map"; readonly line: number; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "list"; readonly line: number; readonly items: readonly YamlNode[] }
  | { readonly kind: "scalar"; readonly line: number; readonly text: string; readonly isLiteral: boolean }
  /** What an alias leads to stands elsewhere. */
  | { readonly kind: "alias"; readonly line: number };

export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: YamlNode;
}

/** Longer texts are not looked through for lines: the events take many times their length. */
const LONGEST = 4_000_000;

/** The documents of a YAML or JSON text; none where it cannot be read. Never throws. */
export function yamlTrees(text: string): readonly YamlNode[] {
  if (text.length > LONGEST) return [];
  const plain = text.replace(/^\ufeff/, "");
  try {
    return new TreeBuilder(plain).build(parseEvents(plain, {}));
  } catch {
    // Why it cannot be read is a finding of its own; here it only has no lines.
    return [];
  }
}

/** The entry of a map. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === "map" ? node.entries.find((one) => one.key === key) : undefined;
}

/** The text of an entry of a map; undefined where there is none, or something else. */
export function textOf(node: YamlNode | undefined, key: string): string | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === "scalar" ? value.text : undefined;
}

type Open =
  | { readonly kind: "document"; readonly roots: YamlNode[] }
  | { readonly kind: "map"; readonly line: number; readonly entries: YamlEntry[]; key: KeyDraft | undefined }
  | { readonly kind: "list"; readonly line: number; readonly items: YamlNode[] };

interface KeyDraft {
  readonly text: string;
  readonly line: number;
}

class TreeBuilder {
  private readonly documents: YamlNode[] = [];
  private readonly open: Open[] = [];
  private line = 1;
  private read = 0;

  constructor(private readonly source: string) {}

  build(events: readonly Event[]): readonly YamlNode[] {
    for (const event of events) this.take(event);
    return this.documents;
  }

  private take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.open.push({ kind: "document", roots: this.documents });
        break;
      case EVENT_ID.MAPPING:
        this.open.push({ kind: "map", line: this.lineAt(event.start), entries: [], key: undefined });
        break;
      case EVENT_ID.SEQUENCE:
        this.open.push({ kind: "list", line: this.lineAt(event.start), items: [] });
        break;
      case EVENT_ID.SCALAR:
        this.add(this.scalar(event));
        break;
      case EVENT_ID.ALIAS:
        this.add({ kind: "alias", line: this.lineAt(event.anchorStart) });
        break;
      default: {
        const closed = this.open.pop();
        if (closed?.kind === "map") this.add({ kind: "map", line: closed.line, entries: closed.entries });
        else if (closed?.kind === "list") this.add(closed);
      }
    }
  }

  private scalar(event: ScalarEvent): YamlNode {
    return {
      kind: "scalar",
      line: this.lineAt(event.valueStart),
      text: getScalarValue(this.source, event),
      isLiteral: event.style === SCALAR_STYLE_LITERAL_BLOCK,
    };
  }

  private add(node: YamlNode): void {
    const parent = this.open.at(-1);
    if (parent === undefined) return;
    if (parent.kind === "document") parent.roots.push(node);
    else if (parent.kind === "list") parent.items.push(node);
    else if (parent.key === undefined) parent.key = { text: node.kind === "scalar" ? node.text : "", line: node.line };
    else {
      parent.entries.push({ key: parent.key.text, line: parent.key.line, value: node });
      parent.key = undefined;
    }
  }

  /** Events come in the order of the text; an empty scalar has no place and counts for where the reading stands. */
  private lineAt(offset: number): number {
    for (; this.read < offset; this.read += 1) if (this.source[this.read] === "\n") this.line += 1;
    return this.line;
  }
}

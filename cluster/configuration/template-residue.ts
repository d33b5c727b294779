import type { ParsedDocument } from "../../kubeadm/config/configuration-text";
import type { FieldPath } from "../../kubeadm/config/field-path";
import type { JsonNode } from "../../kubeadm/go/json/json-node";
import { publicWord } from "../../machine/public-text";

/** A piece of a template, or of a program, that nobody replaced by a value. */
export interface TemplateResidue {
  /** The piece as it stands in the text, cut where it is long. */
  readonly piece: string;
  /** What should have replaced it: the template engine, or the mistake in the program. */
  readonly maker: string;
  readonly path: FieldPath;
  /** 1-based. */
  readonly line: number;
  /** False where the text may be meant as it stands: kubelet itself replaces `$(NAME)` in the arguments of a container. */
  readonly certain: boolean;
}

/**
 * The template residue in the text of a ClusterConfiguration, in the order of its lines, each piece once a line.
 *
 * Where the text is YAML or JSON, only names and values are searched, so comments do not count. Where it is not (an
 * unquoted `{{ }}` is why it is not), lines are searched, comments cut off, and field paths told from the indentation.
 */
export function templateResidue({ text, decoded }: ParsedDocument): readonly TemplateResidue[] {
  const reading = decoded();
  const scalars = reading.kind === "value" ? scalarsOf(reading.value, [], reading.value.at.line) : scalarsOfLines(text);
  const declared = reading.kind === "value" ? environmentNames(reading.value) : new Set<string>();
  const found = new Map<string, TemplateResidue>();
  for (const scalar of scalars) {
    for (const residue of residueIn(scalar, declared)) {
      const key = `${residue.line} ${residue.piece}`;
      if (!found.has(key)) found.set(key, residue);
    }
  }
  return [...found.values()].sort((one, other) => one.line - other.line);
}

interface Scalar {
  readonly path: FieldPath;
  readonly line: number;
  readonly text: string;
}

interface Form {
  readonly pattern: RegExp;
  /** What each of its matches ends with: where none follows, there is nothing to look for. Keeps the search linear. */
  readonly close?: string;
  readonly maker: string;
  /** `anywhere`: means nothing else in any field. `arguments-uncertain`: may be meant in arguments and environment variables of a component. `no-arguments`: not looked for there. */
  readonly where: "anywhere" | "arguments-uncertain" | "no-arguments";
}

/** In this order; what an earlier form took is not looked at again: the text of an Output holds a `${v}`. */
const FORMS: readonly Form[] = [
  {
    pattern:
      /Calling (?:\[(?:toString|toJSON)\]|__str__) on an \[?Output[<[]T[>\]]\]?[\s\S]*?(?:future version of @?pulumi\S*|$)/g,
    maker: "a Pulumi output was put into a string; use pulumi.interpolate or apply",
    where: "anywhere",
  },
  {
    pattern: /<pulumi\.output\.Output object at 0x[0-9a-f]+>/g,
    maker: "a Pulumi output was put into a string; use pulumi.Output.format or apply",
    where: "anywhere",
  },
  {
    pattern: /\[object [A-Z][A-Za-z]*\]/g,
    maker: "a JavaScript object was put into a string; use the field of it that is meant",
    where: "anywhere",
  },
  { pattern: /<%[\s\S]*?%>/g, close: "%>", maker: "an ERB template was not rendered", where: "anywhere" },
  { pattern: /\{%[\s\S]*?%\}/g, close: "%}", maker: "a Jinja template was not rendered", where: "anywhere" },
  {
    pattern: /\$?\{\{(?!\s*")[\s\S]*?\}\}/g,
    close: "}}",
    maker: "a template (Jinja, Go, Helm) was not rendered",
    where: "anywhere",
  },
  { pattern: /%\{[^}]*\}/g, close: "}", maker: "a template was not rendered", where: "no-arguments" },
  {
    pattern: /\$\{[A-Za-z_][^}]*\}/g,
    close: "}",
    maker: "a variable of a shell or template was not replaced",
    where: "arguments-uncertain",
  },
  {
    pattern: /\$\([^)]+\)/g,
    close: ")",
    maker: "a command or variable was not replaced",
    where: "arguments-uncertain",
  },
  { pattern: /\$[A-Z_][A-Z0-9_]+/g, maker: "a variable of a shell was not replaced", where: "no-arguments" },
  { pattern: /%(?:[sv]|d(?![0-9A-Fa-f]))/g, maker: "a format was not filled in", where: "no-arguments" },
  {
    pattern: /<[A-Za-z][\w .-]*>/g,
    maker: "a placeholder was not replaced",
    where: "no-arguments",
  },
  {
    pattern: /(?<![A-Za-z0-9])undefined(?![A-Za-z0-9])/g,
    maker: "a JavaScript value that does not exist was put into a string",
    where: "no-arguments",
  },
];

const MOST_SHOWN = 80;
const LITERALS = /"[^"]*"|'[^']*'/g;
const WORDS = /[\p{L}\p{N}_.-]+/gu;

function residueIn({ path, line, text }: Scalar, declared: ReadonlySet<string>): readonly TemplateResidue[] {
  const ofComponent = path.some((part) => part === "extraArgs" || part === "extraEnvs");
  const found: TemplateResidue[] = [];
  let rest = text;
  for (const { pattern, close, maker, where } of FORMS) {
    if (ofComponent && where === "no-arguments") continue;
    const uncertain = ofComponent && where === "arguments-uncertain";
    const end = close === undefined ? rest.length : rest.lastIndexOf(close) + close.length;
    if (close !== undefined && end < close.length) continue;
    const searched = rest.slice(0, end).replace(pattern, (piece: string, ...more: readonly unknown[]) => {
      const offset = more.find((one) => typeof one === "number");
      if (uncertain && (isReplacedByKubelet(piece, declared) || isEscaped(text, piece, offset))) return piece;
      found.push({ piece: shortened(piece), maker, path, line, certain: !uncertain });
      return " ".repeat(piece.length);
    });
    rest = searched + rest.slice(end);
  }
  return found;
}

/** `$(NAME)` of a variable that the container has (Kubernetes' own syntax, expansion of `command`). */
function isReplacedByKubelet(piece: string, declared: ReadonlySet<string>): boolean {
  const name = /^\$\((.+)\)$/.exec(piece)?.[1];
  return name !== undefined && (declared.has(name) || PROXY_VARIABLES.test(name));
}

/** kubeadm hands its own proxy variables to the control plane (util/env.go GetProxyEnvVars). */
const PROXY_VARIABLES = /^[A-Za-z]+_proxy$/i;

/** `$$(NAME)` stands for the text `$(NAME)`. */
function isEscaped(text: string, piece: string, offset: unknown): boolean {
  return piece.startsWith("$(") && typeof offset === "number" && text[offset - 1] === "$";
}

/** The piece as it may be printed: a template's own words, and nothing that it has in quotes. */
function shortened(piece: string): string {
  const line = piece.trim().replace(/\s+/g, " ").replace(LITERALS, "…").replace(WORDS, publicWord);
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}

function scalarsOf(node: JsonNode, path: FieldPath, line: number): readonly Scalar[] {
  switch (node.kind) {
    case "string":
      return [{ path, line: line + 1, text: node.value }];
    case "array": {
      // Unquoted, `[object Object]` is a list of one text.
      const [only, another] = node.items;
      if (only?.kind === "string" && another === undefined && /^object [A-Z][A-Za-z]*$/.test(only.value)) {
        return [{ path, line: line + 1, text: `[${only.value}]` }];
      }
      return node.items.flatMap((item, index) => scalarsOf(item, [...path, index], item.at.line));
    }
    case "object":
      return [...node.fields].flatMap(([name, { at, value }]) => [
        { path, line: at.line + 1, text: name },
        ...scalarsOf(value, [...path, name], at.line),
      ]);
    default:
      return [];
  }
}

/** The names of the environment variables that the configuration gives to components. */
function environmentNames(node: JsonNode): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (one: JsonNode, inEnvironment: boolean): void => {
    if (one.kind === "array") for (const item of one.items) visit(item, inEnvironment);
    if (one.kind !== "object") return;
    for (const [field, { value }] of one.fields) {
      if (inEnvironment && field === "name" && value.kind === "string") names.add(value.value);
      visit(value, field === "extraEnvs");
    }
  };
  visit(node, false);
  return names;
}

/** The lines of a text that is not YAML, without what follows the first line of an Output's text, which is a page of its own. */
function scalarsOfLines(text: string): readonly Scalar[] {
  const open: { readonly indent: number; readonly name: string }[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  const output = lines.findIndex((line) => isOutput(line));
  return (output < 0 ? lines : lines.slice(0, output + 1)).map((line, index): Scalar => {
    const content = withoutComment(line);
    const [, space = "", dashes = "", name] = /^(\s*)((?:-\s+)*)"?([A-Za-z][\w-]*)"?\s*:(?:\s|$)/.exec(content) ?? [];
    if (name !== undefined) {
      const indent = space.length + dashes.length;
      while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
      open.push({ indent, name });
    }
    const ofField = name !== undefined || /^\s*-\s/.test(content);
    return { path: ofField ? open.map((one) => one.name) : [], line: index + 1, text: content };
  });
}

/** True for the first line of an Output's text. */
function isOutput(line: string): boolean {
  const start = /Calling (?:\[|__str__)/.exec(line)?.index;
  return start !== undefined && / on an \[?Output/.test(line.slice(start));
}

/** Without what follows a `#` that stands at the start or after a space, outside of quotes. */
function withoutComment(line: string): string {
  for (const { index } of line.matchAll(/(?<=^|\s)#/g)) {
    const before = line.slice(0, index);
    if (count(before, '"') % 2 === 0 && count(before, "'") % 2 === 0) return before;
  }
  return line;
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

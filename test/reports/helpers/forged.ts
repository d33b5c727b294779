import type { Format } from "../../../reports/format-report";

/** What ends a line somewhere: for terminals, editors and JavaScript. */
export const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
/** What a terminal obeys, and what turns the direction of text. */
export const OBEYED = /(?!\n)[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
const ALL_OBEYED = new RegExp(OBEYED, "gu");

/**
 * The form of a report: all of it that a text in the report must not be able to change. Lines, elements, cells, commands,
 * keys, and what a terminal obeys.
 */
export function formOf(format: Format, output: string): unknown {
  const obeyed = output.match(ALL_OBEYED) ?? [];
  switch (format) {
    case "text":
      return { lines: output.split(LINE_ENDS).length, obeyed };
    case "json":
      // Its texts are kubeadm's own words, whatever is in them.
      return { keys: shapeOf(JSON.parse(output), false), obeyed };
    case "sarif":
    case "gitlab":
      return { value: shapeOf(JSON.parse(output), true), obeyed };
    case "github":
      return { commands: output.split(LINE_ENDS).map((line) => /^::[a-z]+ |^/.exec(line)?.[0]), obeyed };
    case "junit":
    case "html":
      return { elements: output.match(/<[^\s>]*/g), lines: output.split(LINE_ENDS).length, obeyed };
    case "markdown":
      return { lines: output.split(LINE_ENDS).map(markupOf), obeyed };
  }
}

/** What Markdown takes for markup in a line. */
function markupOf(line: string): string {
  return line.replace(/&#\d+;/g, "").replace(/[^<>|`*_#@[\]~\\]/g, "");
}

/** The value with nothing of its texts but, `withTexts`, what a terminal would obey in them. */
function shapeOf(value: unknown, withTexts: boolean): unknown {
  if (typeof value === "string") return withTexts ? (value.match(ALL_OBEYED) ?? "text") : "text";
  if (Array.isArray(value)) return value.map((item) => shapeOf(item, withTexts));
  if (typeof value !== "object" || value === null) return value;
  // Names of nodes are keys of one of the maps.
  return Object.entries(value).map(([key, item]) => [key.match(ALL_OBEYED) ?? "key", shapeOf(item, withTexts)]);
}

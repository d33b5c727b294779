/**
 * A report in JSON; ends in a line feed. JSON leaves characters as they are that a terminal obeys, that end lines in some
 * readers, or that turn the direction of text: these are written as escapes, which changes no value.
 */
export function jsonText(report: unknown): string {
  const text = JSON.stringify(report, undefined, 2);
  return `${text.replace(OBEYED, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

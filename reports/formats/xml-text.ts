import { printable } from "../printable";

/** A text for an XML or HTML document, in an attribute as well; what XML 1.0 cannot hold is printed as an escape. */
export function xmlText(text: string): string {
  return printable(text)
    .replace(/[\p{Cs}\ufffe\uffff]/gu, (one) => `\\u${one.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

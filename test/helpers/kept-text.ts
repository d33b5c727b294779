import { Asset } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";

const WIDTH = 140;

/** A value as text for a file that is kept: on one line where it fits, else its items or fields line by line. */
export function keptText(value: unknown): string {
  return lines(plain(value), "").replaceAll("urn:pulumi:dev::demo::", "urn:");
}

function lines(value: unknown, indent: string): string {
  const short = JSON.stringify(value) ?? "undefined";
  if (typeof value !== "object" || value === null || indent.length + short.length <= WIDTH) return short;
  if (Array.isArray(value))
    return value.map((item: unknown) => `\n${indent}- ${lines(item, `${indent}  `).trimStart()}`).join("");
  return Object.entries(value)
    .filter(([, item]) => !(Array.isArray(item) && item.length === 0))
    .map(([key, item]) => `\n${indent}${key}:${spaced(lines(item, `${indent}  `))}`)
    .join("");
}

function spaced(text: string): string {
  return text.startsWith("\n") ? text : ` ${text}`;
}

/** Without what JSON does not have. */
function plain(value: unknown): unknown {
  if (value === UNKNOWN) return "(unknown)";
  if (Buffer.isBuffer(value)) return value.toString("latin1");
  if (value instanceof Asset) return { asset: plain(value.shape) };
  if (value instanceof Map) return [...value].map((pair: readonly unknown[]) => pair.map(plain));
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

import { UNKNOWN, type Unknown } from "../shell/unknown";

/**
 * Property values after the boundary: plain, readonly data in which an unknown is a value of its own.
 *
 * pack/reveal.ts makes these from the engine's proxies; readers never see a proxy, a promise or a sentinel.
 */

/** An asset or archive. `text` may hold a key: never printed. */
export class Asset {
  constructor(readonly shape: AssetShape) {}
}

export type AssetShape =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "uri"; readonly uri: string; readonly archive: boolean }
  /** An archive by path: a packed file, or a folder, whose relative file names are `entries` where it could be listed. */
  | { readonly kind: "archive-path"; readonly path: string; readonly entries: readonly string[] | "not-listed" }
  | { readonly kind: "archive-entries"; readonly entries: ReadonlyMap<string, Value> }
  /** The engine handed over an asset without content, as 3.249 and 3.250 do (docs/engine.md, "Assets"). */
  | { readonly kind: "empty" };

export type Value = string | number | boolean | null | undefined | Unknown | Asset | readonly Value[] | ValueRecord;
export interface ValueRecord {
  readonly [key: string]: Value;
}

/** True for a plain record, false for arrays, assets and scalars. */
export function isRecord(value: Value): value is ValueRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Asset);
}

/** The property at `keys`, `undefined` where a step is absent, UNKNOWN where a step on the way is unknown. */
export function at(value: Value, ...keys: readonly (string | number)[]): Value {
  let current = value;
  for (const key of keys) {
    if (current === UNKNOWN) return UNKNOWN;
    if (typeof key === "number") current = Array.isArray(current) ? (current as readonly Value[])[key] : undefined;
    else current = isRecord(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

/** The string at `keys`; UNKNOWN stays UNKNOWN; anything that is not a string is `undefined`. */
export function stringAt(value: Value, ...keys: readonly (string | number)[]): string | Unknown | undefined {
  const found = at(value, ...keys);
  return typeof found === "string" || found === UNKNOWN ? found : undefined;
}

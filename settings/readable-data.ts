/** Deeper than any setting nests; what lies below is refused before it is read. */
const DEEPEST = 64;

/**
 * Data that code hands in, as it can be read without a throw: a getter or a Proxy that throws has a symbol in its place, which is
 * of no type that a setting may have, so that it is refused at its own place. What refers to itself still does.
 */
export function readableData(read: () => unknown): unknown {
  return copyOf(read, new Map(), 0);
}

/** The same of a list whose items are code, which stay as they are. */
export function readableList(read: () => unknown): unknown {
  try {
    const value = read();
    return Array.isArray(value) ? [...value] : value;
  } catch {
    return UNREADABLE;
  }
}

function copyOf(read: () => unknown, copies: Map<object, unknown>, depth: number): unknown {
  try {
    const value = read();
    if (typeof value !== "object" || value === null || depth > DEEPEST || value instanceof Date) return value;
    if (copies.has(value)) return copies.get(value);
    const copy = Array.isArray(value) ? [] : {};
    copies.set(value, copy);
    for (const key of Object.keys(value)) {
      const inner = copyOf(() => Reflect.get(value, key), copies, depth + 1);
      Object.defineProperty(copy, key, { value: inner, enumerable: true, writable: true, configurable: true });
    }
    return copy;
  } catch {
    return UNREADABLE;
  }
}

const UNREADABLE = Symbol("unreadable");

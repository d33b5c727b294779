/** The same pure function, worked out once for each argument for as long as the returned function lives. Results are never undefined. */
export function memoize<Key, Result extends string | object>(compute: (key: Key) => Result): (key: Key) => Result {
  return keptIn(new Map<Key, Result>(), compute);
}

/** The same for arguments that never change, worked out once for each object that is still in use. */
export function memoizeObject<Key extends object, Result extends object>(
  compute: (key: Key) => Result,
): (key: Key) => Result {
  return keptIn(new WeakMap<Key, Result>(), compute);
}

interface Known<Key, Result> {
  get(key: Key): Result | undefined;
  set(key: Key, result: Result): unknown;
}

function keptIn<Key, Result>(known: Known<Key, Result>, compute: (key: Key) => Result): (key: Key) => Result {
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}

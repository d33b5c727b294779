/** The same pure function, worked out once for each argument for as long as the returned function lives. Results are never undefined. */
export function memoize<Key, Result extends string | object>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new Map<Key, Result>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}

/** All texts in data, keys and numbers among them; of an object that refers to itself each part once. `keys` gets the keys as well. */
export function stringsIn(data: unknown, keys?: Set<unknown>): readonly string[] {
  const found: string[] = [];
  const seen = new Set<object>();
  const waiting: unknown[] = [data];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one === "string") found.push(one);
    else if (typeof one === "number") found.push(String(one));
    else if (typeof one === "object" && one !== null && !seen.has(one)) {
      seen.add(one);
      if (Array.isArray(one)) for (const item of one) waiting.push(item);
      else
        for (const [key, item] of one instanceof Map ? one : Object.entries(one)) {
          keys?.add(key);
          waiting.push(key, item);
        }
    }
  }
  return found;
}

/**
 * True where two paths name one inventory, seen from two folders: the shorter one is the end of the longer. A folder stands for the
 * inventory in it. One name alone may be any project's `hosts.yaml`, unless both have no more.
 */
export function sameInventory(one: string, other: string): boolean {
  const [first, second] = [namesIn(one), namesIn(other)];
  return isEnd(first, second) || isEnd(first.slice(0, -1), second) || isEnd(first, second.slice(0, -1));
}

function isEnd(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length === 0 || (short.length === 1 && long.length > 1)) return false;
  return long.slice(-short.length).join("/") === short.join("/");
}

function namesIn(path: string): readonly string[] {
  return path.split("/").filter((name) => name !== "" && name !== "." && name !== "..");
}

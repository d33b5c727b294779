/** Compares the first three numbers; false where there are none. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbers(version), numbers(than)];
  if (one === undefined || other === undefined) return false;
  const at = one.findIndex((number, index) => number !== other[index]);
  return (one[at] ?? 0) < (other[at] ?? 0);
}

/** True for releases of one minor version; false where there are none. */
export function isSameMinor(one: string, other: string): boolean {
  const [first, second] = [numbers(one), numbers(other)];
  return first !== undefined && first[0] === second?.[0] && first[1] === second?.[1];
}

/** A release as Kubespray tags it: `v2.26.0`, also where it is given without its v. */
export function withV(release: string | undefined): string | undefined {
  return release?.replace(/^(?!v)/, "v");
}

function numbers(version: string): readonly number[] | undefined {
  const match = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(version.trim());
  return match === null ? undefined : match.slice(1).map(Number);
}

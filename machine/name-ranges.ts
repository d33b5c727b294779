/** Fewer names are listed one by one. */
const FEWEST = 4;

/** Names in the order given, runs that count up as one: `cp-01..cp-19`. */
export function nameRanges(names: readonly string[]): readonly string[] {
  const runs: { readonly first: string; last: string; readonly all: string[] }[] = [];
  for (const name of names) {
    const run = runs.at(-1);
    if (run !== undefined && follows(run.last, name)) {
      run.last = name;
      run.all.push(name);
    } else runs.push({ first: name, last: name, all: [name] });
  }
  return runs.flatMap(({ first, last, all }) => (all.length < FEWEST ? all : [`${first}..${last}`]));
}

/** True for `cp-09` and `cp-10`, `m9.lab` and `m10.lab`: the last number is one more, and nothing else differs. */
function follows(one: string, other: string): boolean {
  const [before, after] = [numbered(one), numbered(other)];
  if (before === undefined || after === undefined) return false;
  return before.head === after.head && before.tail === after.tail && after.number === before.number + 1;
}

function numbered(name: string): { readonly head: string; readonly number: number; readonly tail: string } | undefined {
  const [, head, digits, tail] = /^([^.]*?)(\d{1,9})([^\d.]*(?:\..*)?)$/.exec(name) ?? [];
  return head === undefined || digits === undefined || tail === undefined
    ? undefined
    : { head, number: Number(digits), tail };
}

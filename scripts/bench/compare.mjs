/** Measures two things in turn, after a first pair that is not counted, and gives the row of the first beside the second. */
export async function pairs(runs, [[what, measure], [beside, measureBeside]]) {
  const both = [];
  for (let index = 0; index <= runs; index += 1) both.push([await measure(), await measureBeside()]);
  const counted = both.slice(1);
  const walls = counted.filter(([ours]) => ours.wallMs !== undefined);
  const ours = counted.map(([one]) => one);
  const theirs = counted.map(([, one]) => one);
  const wall = walls.length === 0 ? "" : `; of wall time ${ratioOf(walls, "wallMs")}`;
  const ratio = `${ratioOf(counted, "cpuMs")}${wall}`;
  return [`| ${what} | ${cpu(ours)} | ${peak(ours)} | ${beside}: ${cpu(theirs)}, ${peak(theirs)} | ${ratio} |`];
}

/** The row of something that nothing is beside. */
export async function single(runs, [what, measure]) {
  const all = [];
  for (let index = 0; index <= runs; index += 1) all.push(await measure());
  return [`| ${what} | ${cpu(all.slice(1))} | ${peak(all.slice(1))} | | |`];
}

function ratioOf(both, time) {
  const ratios = both.map(([ours, theirs]) => ours[time] / theirs[time]).sort((a, b) => a - b);
  return `${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)})`;
}

function cpu(measured) {
  return `${(median(measured.map(({ cpuMs }) => cpuMs)) / 1000).toFixed(2)} s`;
}

function peak(measured) {
  const known = measured.flatMap(({ peakMb }) => peakMb ?? []);
  return known.length === 0 ? "-" : `${Math.round(median(known))} MB`;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Measures two things in turn, after a first pair that is not counted, and gives the row of the first beside the second. */
export async function pairs(runs, [[what, measure], [beside, measureBeside]]) {
  const both = [];
  for (let index = 0; index <= runs; index += 1) both.push([await measure(), await measureBeside()]);
  const counted = both.slice(1);
  const ratios = counted.map(([ours, theirs]) => ours.cpuMs / theirs.cpuMs).sort((a, b) => a - b);
  const ours = counted.map(([one]) => one);
  const theirs = counted.map(([, one]) => one);
  const ratio = `${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)})`;
  return [`| ${what} | ${cpu(ours)} | ${peak(ours)} | ${beside}: ${cpu(theirs)}, ${peak(theirs)} | ${ratio} |`];
}

/** The row of something that nothing is beside. */
export async function single(runs, [what, measure]) {
  const all = [];
  for (let index = 0; index <= runs; index += 1) all.push(await measure());
  return [`| ${what} | ${cpu(all.slice(1))} | ${peak(all.slice(1))} | | |`];
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

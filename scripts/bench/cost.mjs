/** Prints what a function costs this process, for `reported` in measure.mjs: `{"cpuMs", "peakMb"}`. */
export async function tellCost(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }));
}

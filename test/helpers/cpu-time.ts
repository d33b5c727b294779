/**
 * Starts to count. The result gives the milliseconds of CPU time that this process has spent since: unlike the time on a
 * clock, they do not grow while the machine is busy with something else.
 */
export function cpuTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** What bounded work may cost, in milliseconds of CPU time. The slowest takes a second; without its bound each takes minutes. */
export const BOUNDED_MS = 20_000;

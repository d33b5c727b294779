/** Where a test puts its time. `kubeadm-guard/pack` and `kubeadm-guard/testing` are files of their own, which share no module. */
const TEST_TIME = Symbol.for("kubeadm-guard/test-time");

/** The time of a run that begins now. Nothing else of the pack reads the clock. */
export function clock(): Date {
  const time: unknown = Reflect.get(globalThis, TEST_TIME);
  return time instanceof Date ? time : new Date();
}

/** Has all runs begin at this time while `run` is under way. For tests of packs only. */
export async function atTime<T>(time: Date | undefined, run: () => Promise<T>): Promise<T> {
  Reflect.set(globalThis, TEST_TIME, time);
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(globalThis, TEST_TIME);
  }
}

import { TestValue } from "./test-value";

const TEST_TIME = new TestValue("time");

/** The time of a run that begins now. Nothing else of the pack reads the clock. */
export function clock(): Date {
  const time = TEST_TIME.get();
  return time instanceof Date ? time : new Date();
}

/** Has all runs begin at this time while `run` is under way. For tests of packs only. */
export function atTime<T>(time: Date | undefined, run: () => Promise<T>): Promise<T> {
  return TEST_TIME.during(time, run);
}

import { describe, expect, test } from "vitest";
import {
  afterFunction,
  afterLoop,
  end,
  isCertain,
  mayHaveEnded,
  nextRound,
  type Progress,
  resume,
  START,
} from "../../shell/progress";

const maybe = (...ends: readonly Parameters<typeof mayHaveEnded>[1][]): Progress => ends.reduce(mayHaveEnded, START);

describe("what may have been left", () => {
  test.each([
    ["nothing", START, "nothing"],
    ["a round", maybe("continue"), "round"],
    ["a loop", maybe("break"), "loop"],
    ["a function", maybe("return"), "function"],
    ["the shell", maybe("success"), "shell"],
    ["nothing by a failure, which fails the update", maybe("failure"), "nothing"],
    ["the longest of several", maybe("continue", "return", "break"), "function"],
  ] as const)("%s", (_, progress, left) => {
    expect(progress.mayHaveLeft).toBe(left);
    expect(isCertain(progress)).toBe(left === "nothing");
  });
});

describe("what is over", () => {
  const inLoop = maybe("return");
  test.each([
    ["after a round, a continue that may have been", nextRound(maybe("continue"), START), START],
    ["after a round, a continue", nextRound(end(START, "continue"), START), START],
    ["after a round, no break", nextRound(maybe("break"), START), maybe("break")],
    ["after a loop, a break that may have been", afterLoop(maybe("break"), START), START],
    ["after a loop, a break", afterLoop(end(START, "break"), START), START],
    ["after a loop, no return", afterLoop(end(START, "return"), START), end(START, "return")],
    ["after a loop, what may have been before stays", afterLoop(maybe("break"), inLoop), inLoop],
    ["after a function, a return that may have been", afterFunction(maybe("return"), START), START],
    ["after a function, a return", afterFunction(end(START, "return"), START), START],
    ["after a function, no exit", afterFunction(maybe("success"), START), maybe("success")],
    ["before a trap, any end", resume(end(maybe("return"), "failure")), maybe("return")],
  ])("%s", (_, progress, expected) => {
    expect(progress).toEqual(expected);
  });
});

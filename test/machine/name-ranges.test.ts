import { describe, expect, it } from "vitest";
import { nameRanges } from "../../machine/name-ranges";

describe("names that count up", () => {
  it.each<[readonly string[], readonly string[]]>([
    [["cp-08", "cp-09", "cp-10", "cp-11"], ["cp-08..cp-11"]],
    [["m8.lab", "m9.lab", "m10.lab", "m11.lab"], ["m8.lab..m11.lab"]],
    [
      ["a", "cp1", "cp2", "cp3", "cp4", "cp6"],
      ["a", "cp1..cp4", "cp6"],
    ],
    [
      ["cp1", "cp2", "cp3"],
      ["cp1", "cp2", "cp3"],
    ],
    [
      ["cp4", "cp3", "cp2", "cp1"],
      ["cp4", "cp3", "cp2", "cp1"],
    ],
    [
      ["a1", "b2", "c3", "d4"],
      ["a1", "b2", "c3", "d4"],
    ],
    [
      ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"],
      ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"],
    ],
    [
      ["", "", ""],
      ["", "", ""],
    ],
  ])("%j are %j", (names, ranges) => {
    expect(nameRanges(names)).toEqual(ranges);
  });
});

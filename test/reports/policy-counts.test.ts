import { expect, it } from "vitest";
import { policyCounts } from "../../reports/policy-counts";

it.each([
  [8, 9, ["8 policies passed", "9 do not apply"]],
  [1, 1, ["1 policy passed", "1 does not apply"]],
  [0, 0, ["0 policies passed"]],
])("%d that passed and %d that do not apply are counted", (passed, notApplicable, said) => {
  expect(policyCounts(passed, notApplicable)).toEqual(said);
});

import { describe, expect, it } from "vitest";
import { internalError } from "../../policies/internal-error";
import { reasonText } from "../../reasons/reason-texts";

describe("an internal error", () => {
  it.each(["at S3cret", "x\n    at S3cret (file.ts:1:2)", "x\n    at S3cret.ts:1:2"])(
    "is reported without its text, even where a line looks like a frame: %j",
    (message) => {
      const told = reasonText(internalError("some-policy", new TypeError(message)));
      expect(told).toMatch(/^internal error in some-policy \(TypeError at internal-error\.test\.ts:\d+:\d+\)/);
      expect(told).not.toContain("S3cret");
    },
  );

  it("is named by its type where it is not an error", () => {
    expect(reasonText(internalError("some-policy", "S3cret"))).toMatch(
      /^internal error in some-policy \(string\); please report/,
    );
  });
});

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

  const withStack = (stack: string | undefined, message = "") => {
    const error = new Error(message);
    if (stack === undefined) delete error.stack;
    else error.stack = stack;
    const reason = internalError("some-policy", error);
    return reason.id === "internal-error" ? reason.data : undefined;
  };

  it.each<readonly [string, string | undefined, string | null]>([
    ["the first frame", "Error\n    at f (/a/b/file.js:12:3)\n    at g (/a/b/other.js:1:2)", "file.js:12:3"],
    ["a frame without a function", "Error\n    at /a/b/file.js:12:3", "file.js:12:3"],
    ["no frame that is not at the start of a line", "Error\n  x    at f (/a/b/file.js:12:3)", null],
    ["no frame with something behind it", "Error\n    at f (/a/b/file.js:12:3) x", null],
    ["no frame far down", `Error\n${"x".repeat(10_001)}\n    at f (/a/b/file.js:12:3)`, null],
    ["nothing where there is no stack", undefined, null],
  ])("names the place of %s", (_title, stack, at) => {
    expect(withStack(stack)).toEqual({ policy: "some-policy", error: "Error", at });
  });

  it("looks for frames behind its message alone", () => {
    const message = "x\n    at f (/a/secret.js:1:2)";
    expect(withStack(`Error: ${message}\n    at g (/a/b/file.js:12:3)`, message)?.at).toBe("file.js:12:3");
  });
});

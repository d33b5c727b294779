import { describe, expect, it } from "vitest";
import { isOlder, isSameMinor, withV } from "../../../../policies/support/upgrade/release-order";

describe("an older release", () => {
  it.each([
    ["v2.26.0", "v2.26.1", true],
    ["v2.26.1", "v2.26.0", false],
    ["v2.26.0", "v2.26.0", false],
    ["v2.9.0", "v2.26.0", true],
    ["v2.26.9", "v2.27.0", true],
    ["v2.26.10", "v2.26.9", false],
    ["v1.99.99", "v2.0.0", true],
    ["2.26.0", "v2.26.1", true],
    [" v2.26.0", "v2.26.1", true],
    ["v2.26.0-rc.1", "v2.26.0", false],
    ["v12.0.0", "v2.0.0", false],
    ["xv2.26.0", "v2.26.1", false],
    ["v2.26", "v2.26.1", false],
    ["v2.26.1", "master", false],
    ["master", "v2.26.1", false],
  ])("%s, %s: %s", (one, other, expected) => {
    expect(isOlder(one, other)).toBe(expected);
  });
});

describe("a release of the same minor version", () => {
  it.each([
    ["v2.26.0", "v2.26.1", true],
    ["2.26.0", "v2.26.0", true],
    ["v2.26.0", "v2.27.0", false],
    ["v2.26.0", "v1.26.0", false],
    ["v2.1.0", "v21.0.0", false],
    ["v2.26.0", "master", false],
    ["master", "v2.26.0", false],
    ["master", "main", false],
  ])("%s, %s: %s", (one, other, expected) => {
    expect(isSameMinor(one, other)).toBe(expected);
  });
});

describe("a release with its v", () => {
  it.each([
    ["2.26.0", "v2.26.0"],
    ["v2.26.0", "v2.26.0"],
    [undefined, undefined],
  ])("%s: %s", (release, expected) => {
    expect(withV(release)).toBe(expected);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Acceptance, speaksOf, standingOf } from "../../cluster/acceptance";

const usable = {
  kind: "usable",
  where: "accept[0]",
  policy: "p",
  reason: "r",
  until: "2027-03-31",
} as const satisfies Acceptance;

describe("an acceptance", () => {
  it.each<[string, Acceptance, string, string]>([
    ["holds in the last second of its last day", usable, "2027-03-31T23:59:59.999Z", "active"],
    ["has expired with the next day", usable, "2027-04-01T00:00:00.000Z", "expired"],
    ["holds long before", usable, "2020-01-01T00:00:00Z", "active"],
    [
      "that is forbidden does not hold",
      { ...usable, forbidden: new Map([["p", "x"]]) },
      "2020-01-01T00:00:00Z",
      "forbidden",
    ],
    [
      "that expired and is forbidden is forbidden",
      { ...usable, forbidden: new Map([["p", "x"]]) },
      "2030-01-01T00:00:00Z",
      "forbidden",
    ],
    ["with a fault does not hold", { kind: "unusable", where: "a", faults: ["x"] }, "2020-01-01T00:00:00Z", "unusable"],
  ])("%s", (_title, acceptance, now, standing) => {
    expect(standingOf(acceptance, new Date(now))).toBe(standing);
  });

  it("that has expired never holds again", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.nat(), (now, more) => {
        const later = new Date(Math.min(now.getTime() + more * 1000, 8.64e15));
        expect(standingOf(usable, now) === "expired" && standingOf(usable, later) === "active").toBe(false);
      }),
    );
  }, 30_000);
});

describe("what an acceptance applies to", () => {
  const finding = { policy: "p", cluster: "prod", finding: { node: "master01", path: "/a" } };
  it.each<[string, Partial<Extract<Acceptance, { kind: "usable" }>>, boolean]>([
    ["all findings of its policy", {}, true],
    ["not those of another", { policy: "q" }, false],
    ["those of its cluster", { cluster: "prod" }, true],
    ["not those of another cluster", { cluster: "test" }, false],
    ["those of its node, whatever its case", { node: "MASTER01" }, true],
    ["not those of another node", { node: "master02" }, false],
    ["those of its path", { path: "/a" }, true],
    ["not those of another path", { path: "/A" }, false],
  ])("%s", (_title, more, expected) => {
    expect(speaksOf({ ...usable, ...more }, finding)).toBe(expected);
  });

  it("something undecided: of its reason and no other, and no finding", () => {
    const open = { ...finding, finding: { ...finding.finding, reason: { id: "home-unknown", data: {} } as const } };
    const accepting = { ...usable, undecided: "home-unknown" } as const;
    const { policy: _policy, ...ofAllPolicies } = accepting;
    expect(speaksOf(accepting, open)).toBe(true);
    expect(speaksOf(ofAllPolicies, open)).toBe(true);
    expect(speaksOf({ ...accepting, undecided: "any-machine" }, open)).toBe(false);
    expect(speaksOf({ ...accepting, policy: "q" }, open)).toBe(false);
    expect(speaksOf(usable, open)).toBe(false);
    expect(speaksOf(accepting, finding)).toBe(false);
  });

  it("a node or a path does not apply to findings without one", () => {
    const without = { ...finding, finding: { node: null, path: null } };
    expect(speaksOf({ ...usable, node: "master01" }, without)).toBe(false);
    expect(speaksOf({ ...usable, path: "/a" }, without)).toBe(false);
  });
});

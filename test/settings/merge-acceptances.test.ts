import { describe, expect, it } from "vitest";
import type { Acceptance } from "../../cluster/acceptance";
import { type AcceptanceLayer, acceptancesOf, mergeAcceptances } from "../../settings/merge-acceptances";

const POLICIES = new Map([
  ["files", "critical"],
  ["keys", "high"],
]);
const accept = (policy: string, cluster?: string): Acceptance => ({
  kind: "usable",
  where: `accept ${policy}`,
  policy,
  reason: "r",
  until: "2027-03-31",
  ...(cluster === undefined ? {} : { cluster }),
});
const layer = (where: string, more: Partial<AcceptanceLayer> = {}): AcceptanceLayer => ({
  where,
  accept: [],
  neverAccept: [],
  ...more,
});

describe("what a platform team forbids", () => {
  const all = { accept: [accept("files"), accept("keys")] };
  it.each<[string, AcceptanceLayer[], readonly (string | undefined)[]]>([
    ["nothing", [layer("constructor"), layer("policy"), layer("stack", all)], [undefined, undefined]],
    [
      "a severity, in the policy configuration",
      [layer("constructor"), layer("policy", { neverAccept: ["critical"] }), layer("stack", all)],
      ["policy", undefined],
    ],
    [
      "a policy, in the constructor, for the policy configuration too",
      [layer("constructor", { neverAccept: ["keys"] }), layer("policy", all), layer("stack")],
      [undefined, "constructor"],
    ],
    [
      "nothing that a stricter place accepts itself",
      [layer("constructor", all), layer("policy", { neverAccept: ["critical", "keys"] }), layer("stack")],
      [undefined, undefined],
    ],
    [
      "by its first place that does",
      [
        layer("constructor", { neverAccept: ["files"] }),
        layer("policy", { neverAccept: ["critical"] }),
        layer("stack", all),
      ],
      ["constructor", undefined],
    ],
  ])("%s", (_title, layers, expected) => {
    const { accept: merged } = mergeAcceptances(layers, POLICIES);
    expect(
      merged.map(({ acceptance }) =>
        acceptance.kind === "usable" ? acceptance.forbidden?.get(acceptance.policy ?? "") : "?",
      ),
    ).toEqual(expected);
  });

  it("also binds a baseline", () => {
    const { forbidden } = mergeAcceptances([layer("constructor", { neverAccept: ["critical"] })], POLICIES);
    expect([...forbidden]).toEqual([["files", "constructor"]]);
  });
});

describe("acceptances of one cluster", () => {
  const of = (name: string, names: readonly string[], acceptance: Acceptance, ofStack: boolean) =>
    acceptancesOf(name, names, [{ acceptance, ofStack }]).map((one) => [one.acceptance.kind, one.isOnlyHere]);
  it.each<[string, Acceptance, boolean, readonly string[], unknown]>([
    ["its own", accept("keys", "prod"), false, ["prod", "test"], [["usable", true]]],
    ["one for every cluster of a stack that has but one", accept("keys"), true, ["prod"], [["usable", true]]],
    ["one for every cluster of a stack that has several", accept("keys"), true, ["prod", "test"], [["usable", false]]],
    ["one for every cluster of every stack", accept("keys"), false, ["prod"], [["usable", false]]],
    ["none of another cluster of the stack", accept("keys", "test"), true, ["prod", "test"], []],
    ["none of a platform team's other clusters", accept("keys", "dr"), false, ["prod"], []],
    [
      "a fault, where a stack names a cluster that it does not have",
      accept("keys", "dr"),
      true,
      ["prod"],
      [["unusable", true]],
    ],
  ])("%s", (_title, acceptance, ofStack, names, expected) => {
    expect(of("prod", names, acceptance, ofStack)).toEqual(expected);
  });

  it("one with a fault is reported once", () => {
    const fault: Acceptance = { kind: "unusable", where: "a", faults: ["x"] };
    expect(of("prod", ["prod", "test"], fault, true)).toHaveLength(1);
    expect(of("test", ["prod", "test"], fault, true)).toHaveLength(0);
  });
});

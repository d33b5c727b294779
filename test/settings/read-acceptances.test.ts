import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingOf } from "../../cluster/acceptance";
import { readAcceptances } from "../../settings/read-acceptances";

const where = "kubeadm-guard:accept";
const POLICIES = ["private-keys-protected"];
const whole = { policy: "private-keys-protected", reason: "rebuilt in March", until: "2027-03-31" };
const read = (value: unknown) => readAcceptances({ where, value }, POLICIES);

describe("acceptances that are in order", () => {
  it("come out as they went in, with their place", () => {
    const more = { ...whole, cluster: "prod", node: "master01", path: "/a" };
    expect(read([whole, more])).toEqual([
      { kind: "usable", where: `${where}[0]`, ...whole },
      { kind: "usable", where: `${where}[1]`, ...more },
    ]);
  });

  it("may be about what is undecided for a reason, of one policy or of all", () => {
    const { policy: _policy, ...ofAll } = { ...whole, undecided: "ansible-run" };
    expect(read([{ ...whole, undecided: "ansible-run" }, ofAll])).toEqual([
      { kind: "usable", where: `${where}[0]`, ...whole, undecided: "ansible-run" },
      { kind: "usable", where: `${where}[1]`, ...ofAll },
    ]);
  });

  it("are none where nothing was set", () => {
    expect(read(undefined)).toEqual([]);
  });

  it("may have a day that YAML took for a time", () => {
    const until = new Date("2027-03-31T00:00:00Z");
    expect(read([{ ...whole, until }])).toMatchObject([{ kind: "usable", until: "2027-03-31" }]);
  });
});

describe("an acceptance with a mistake accepts nothing, and says why", () => {
  it.each<[string, object, string]>([
    ["no reason", { reason: undefined }, "reason: It is required: reason."],
    ["an empty reason", { reason: "" }, "reason: It must not be empty."],
    ["a blank reason", { reason: " \n" }, "reason: It must not be empty."],
    ["no last day", { until: undefined }, "until: It is required: until."],
    ["a day in words", { until: "next year" }, "until: It must be a day such as 2027-03-31."],
    ["a day that does not exist", { until: "2027-02-30" }, "until: It must be a day that exists, such as 2027-03-31."],
    [
      "a misspelt policy",
      { policy: "private-key-protected" },
      "policy: There is no such policy; did you mean private-keys-protected?",
    ],
    [
      "a misspelt key, without which it would accept more",
      { nod: "master01" },
      "nod: There is no key nod; did you mean node? It is not used.",
    ],
    ["neither a policy nor a reason", { policy: undefined }, "policy: It must be there: policy."],
    [
      "a misspelt reason",
      { undecided: "ansible-runs" },
      "undecided: There is no such reason for something undecided; did you mean ansible-run? docs/undecided.md lists them.",
    ],
    ["a node that is not text", { node: 7 }, "node: It must be text (quote it)."],
  ])("%s", (_title, change, fault) => {
    expect(read([{ ...whole, ...change }])).toEqual([{ kind: "unusable", where: `${where}[0]`, faults: [fault] }]);
  });

  it("a map where a list should be is one of them", () => {
    expect(read({ policy: "x" })).toMatchObject([{ kind: "unusable", where }]);
  });
});

describe("whatever is written there", () => {
  const standings = (value: unknown) => read(value).map((one) => standingOf(one, new Date("2020-01-01")));

  it("reading it never throws, and nothing without a reason is ever active", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect([...standings(value), ...standings([value])]).not.toContain("active");
      }),
    );
  }, 30_000);

  it("what would be active is unusable without its reason, whatever stands there instead", () => {
    expect(standings([whole])).toEqual(["active"]);
    const noReason = fc.oneof(
      fc.constantFrom(undefined, null, "", " "),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string()),
    );
    fc.assert(
      fc.property(noReason, (reason) => {
        expect(standings([{ ...whole, reason }])).toEqual(["unusable"]);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import type { Acceptance } from "../../cluster/acceptance";
import { acceptancesCurrent as policy } from "../../policies/acceptances-current";
import type { Context } from "../../policies/support/policy";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const NOW = new Date("2027-01-01T00:00:00Z");
const usable = {
  kind: "usable",
  where: "accept[0]",
  policy: "private-keys-protected",
  node: "master01",
  reason: "r",
  until: "2027-03-31",
} as const satisfies Acceptance;

function told(acceptances: readonly Acceptance[], context: Partial<Context> = {}) {
  const accept = acceptances.map((acceptance) => ({ acceptance, isOnlyHere: true }));
  const cluster = clusterFrom(externalEtcd({}), { name: "prod", accept });
  const outcome = policy.check(cluster, { now: NOW, ...context });
  const findings = outcome.kind === "fail" ? outcome.findings : [];
  return { kind: outcome.kind, texts: findings.map((one) => policy.messages[one.message]?.([one], cluster)) };
}

describe("acceptances", () => {
  it("that hold pass", () => {
    expect(told([usable])).toEqual({ kind: "pass", texts: [] });
  });

  it("that nobody has are none of this policy's business", () => {
    expect(policy.check(clusterFrom(externalEtcd({}), { name: "prod" }), { now: NOW }).kind).toBe("not-applicable");
  });

  it.each<[string, Acceptance, readonly string[]]>([
    [
      "that have expired",
      { ...usable, until: "2026-12-31" },
      [
        "Expired acceptances, whose findings count again:",
        "  accept[0]: private-keys-protected on master01, until 2026-12-31",
        "Fix: resolve these findings, or set until to a later day.",
      ],
    ],
    [
      "that the platform forbids",
      { ...usable, forbidden: new Map([["private-keys-protected", "the pack's neverAccept"]]) },
      [
        "Acceptances of policies that the platform owner does not allow to be accepted:",
        "  accept[0]: private-keys-protected on master01, forbidden by the pack's neverAccept",
        "Fix: resolve these findings, and remove the acceptances.",
      ],
    ],
    [
      "that cannot be used",
      { kind: "unusable", where: "accept[1]", faults: ["reason: It is required: reason."] },
      [
        "Acceptances that are not valid, so that they accept nothing:",
        "  accept[1]: reason: It is required: reason.",
        "Fix: write {policy: ID, reason: TEXT, until: 2027-03-31}, with cluster, node or path to accept less.",
      ],
    ],
  ])("%s are reported with their place", (_title, acceptance, lines) => {
    expect(told([acceptance])).toEqual({ kind: "fail", texts: [lines.join("\n")] });
  });

  it("that accept nothing any more are reported", () => {
    expect(told([usable], { unused: [usable] }).texts).toEqual([
      [
        "Acceptances that no longer match a finding or anything undecided:",
        "  accept[0]: private-keys-protected on master01",
        "Fix: remove them, so that they do not cover it if it comes back.",
      ].join("\n"),
    ]);
  });

  it("of a baseline whose findings are gone are reported", () => {
    const gone = [{ fingerprint: "f", policy: "p", cluster: "prod", node: "master01", path: null }];
    const cluster = clusterFrom(externalEtcd({}), {
      name: "prod",
      baseline: { file: "b.json", findings: gone, forbidden: new Map() },
    });
    const outcome = policy.check(cluster, { now: NOW, gone });
    expect(outcome.kind).toBe("fail");
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    expect(first === undefined ? "" : policy.messages["gone"]?.([first], cluster)).toContain("  p master01\n");
  });
});

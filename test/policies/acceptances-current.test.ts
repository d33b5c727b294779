import { describe, expect, it } from "vitest";
import type { Acceptance, UsableAcceptance } from "../../cluster/acceptance";
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

  const { policy: id, node, ...anywhere } = usable;
  it.each<readonly [string, UsableAcceptance, string]>([
    ["a policy", { ...anywhere, policy: id }, "private-keys-protected"],
    ["a path", { ...usable, path: "/etc/etcd/key.pem" }, "private-keys-protected on master01 /etc/etcd/key.pem"],
    [
      "what a reason leaves undecided",
      { ...usable, undecided: "program-not-modeled" },
      "private-keys-protected undecided for program-not-modeled on master01",
    ],
    [
      "what a reason leaves undecided, of any policy",
      { ...anywhere, undecided: "program-not-modeled" },
      "undecided for program-not-modeled",
    ],
  ])("are named with all that they are about: %s", (_title, acceptance, words) => {
    expect(told([acceptance], { unused: [acceptance] }).texts[0]?.split("\n")[1]).toBe(`  accept[0]: ${words}`);
  });

  it("of any policy are forbidden by all that forbid one of them, each named once", () => {
    const forbidden = new Map([
      ["private-keys-protected", "the pack's neverAccept"],
      ["kubeadm-config-valid", "the pack's neverAccept"],
      ["kubeadm-config-rendered", "the policy group"],
    ]);
    const acceptance = { ...anywhere, node, undecided: "program-not-modeled", forbidden } as const;
    expect(told([acceptance], { blocked: [acceptance] }).texts[0]?.split("\n")[1]).toBe(
      "  accept[0]: undecided for program-not-modeled on master01, forbidden by the pack's neverAccept, the policy group",
    );
  });

  it.each<readonly [string, Acceptance, Partial<Context>]>([
    ["expired", { ...usable, path: "/k.pem", until: "2026-12-31" }, {}],
    ["unused", { ...usable, path: "/k.pem" }, { unused: [{ ...usable, path: "/k.pem" }] }],
    ["forbidden", { ...usable, path: "/k.pem", forbidden: new Map([["private-keys-protected", "p"]]) }, {}],
  ])("that are %s are found at their node and path, in the setting", (message, acceptance, context) => {
    const settings = { name: "prod", accept: [{ acceptance, isOnlyHere: true }] };
    const unused = context.unused === undefined ? {} : { unused: [acceptance] };
    expect(policy.check(clusterFrom(externalEtcd({}), settings), { now: NOW, ...unused })).toMatchObject({
      findings: [{ message, node: "master01", path: "/k.pem", in: { kind: "setting", place: "accept[0]" } }],
    });
  });

  it("that are about no node and no path are found at none", () => {
    const acceptance = { kind: "usable", where: "accept[0]", policy: "p", reason: "r", until: "2026-12-31" } as const;
    const settings = { name: "prod", accept: [{ acceptance, isOnlyHere: true }] };
    expect(policy.check(clusterFrom(externalEtcd({}), settings), { now: NOW })).toMatchObject({
      findings: [{ node: null, path: null }],
    });
  });

  it("that are not valid are found in the setting, with all faults", () => {
    const acceptance = { kind: "unusable", where: "accept[1]", faults: ["No reason.", "No day."] } as const;
    const settings = { name: "prod", accept: [{ acceptance, isOnlyHere: true }] };
    expect(policy.check(clusterFrom(externalEtcd({}), settings), { now: NOW })).toMatchObject({
      findings: [{ in: { kind: "setting", place: "accept[1]" }, data: { text: "No reason. No day." } }],
    });
  });

  it.each([
    ["a node", { node: "master01", path: null }, "  p master01"],
    ["a path", { node: null, path: "/k.pem" }, "  p /k.pem"],
    ["a path of a node", { node: "master01", path: "/k.pem" }, "  p master01 /k.pem"],
  ])("of a baseline whose findings are gone are reported: %s", (_title, place, line) => {
    const gone = [{ fingerprint: "f", policy: "p", cluster: "prod", ...place }];
    const cluster = clusterFrom(externalEtcd({}), {
      name: "prod",
      baseline: { file: "b.json", findings: gone, forbidden: new Map() },
    });
    const outcome = policy.check(cluster, { now: NOW, gone });
    expect(outcome).toMatchObject({ kind: "fail", findings: [place] });
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    expect(first === undefined ? "" : policy.messages["gone"]?.([first], cluster)).toBe(
      [
        "Findings in the baseline that no longer occur:",
        line,
        "Fix: run kubeadm-guard baseline again, so that the baseline does not cover them if they come back.",
      ].join("\n"),
    );
  });
});

import { describe, expect, it } from "vitest";
import { outcomeOf, type Undecided } from "../../cluster/outcome";
import { messageTemplate, type Policy } from "../../policies/support/policy";
import type { Reason } from "../../reasons/reason";
import { messagesOf } from "../../reports/messages-of";
import { policyReport } from "../../reports/policy-report";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

/** A slash in the data begins a line: data itself is of one line. */
const missing = messageTemplate<string>("missing", (findings) =>
  findings.map(({ data }) => data.replaceAll(" / ", "\n")).join(" and "),
);
const POLICY: Policy = {
  id: "all-there",
  title: "All there",
  description: "All is there.",
  severity: "low",
  level: "mandatory",
  remediation: "Put it there.",
  messages: { missing: missing.message },
  check: () => ({ kind: "pass", remarks: [] }),
};
const CLUSTER = clusterFrom(externalEtcd({}), { name: "prod" });
const NO_SOURCE: Reason = { id: "no-file-evidence", data: {} };
const ANY_MACHINE: Reason = { id: "any-machine", data: {} };
const TOOL = { name: "kubeadm-guard", version: "0.1.0", homepage: null };

function reportOf(findings: Parameters<typeof outcomeOf>[0], undecided: readonly Undecided[] = [], remarks = findings) {
  const outcome = outcomeOf(findings, undecided, remarks);
  return policyReport({ policy: POLICY, outcome, excuses: new Map(), accepted: new Map() }, CLUSTER, TOOL, "preview");
}

describe("an outcome in words", () => {
  it("gives one text to the findings that belong together", () => {
    const report = reportOf(
      [
        missing.finding({ node: "master01", path: "/a", data: "no a" }),
        missing.finding({ node: "master02", path: "/a", data: "no a either" }),
        missing.finding({ group: "b", data: "no b" }),
      ],
      [],
      [],
    );
    expect(report.findings.map(({ node, path, text }) => ({ node, path, text }))).toEqual([
      { node: "master01", path: "/a", text: "no a and no a either" },
      { node: "master02", path: "/a", text: "no a and no a either" },
      { node: null, path: null, text: "no b" },
    ]);
    expect(messagesOf(report).map(({ text }) => text)).toEqual(["no a and no a either", "no b"]);
  });

  it.each([
    ["no a / Fix: copy a there. /   scp a", "no a", "Copy a there.\n  scp a"],
    ["no a", "no a", "Put it there."],
  ])("says what to do apart, by default what the policy says: %j", (data, text, fix) => {
    expect(reportOf([missing.finding({ data })], [], []).findings).toMatchObject([{ text, fix }]);
  });

  it.each([
    ["a defect has the level of its policy", undefined, "mandatory"],
    ["a defect may have a lower level", "advisory", "advisory"],
  ] as const)("%s", (_, level, expected) => {
    const about = { data: "no a", ...(level === undefined ? {} : { level }) };
    expect(reportOf([missing.finding(about)], [], []).findings).toMatchObject([{ level: expected, severity: "low" }]);
  });

  it("a remark stays a remark beside a defect", () => {
    const { outcome, findings } = reportOf([missing.finding({ data: "no a" })], [], [missing.finding({ data: "odd" })]);
    expect({ outcome, levels: findings.map(({ level }) => level) }).toEqual({
      outcome: "fail",
      levels: ["mandatory", "remark"],
    });
  });

  it("names what is undecided once, with all nodes and paths that it concerns", () => {
    const report = reportOf(
      [],
      [
        { reason: NO_SOURCE, node: "master01", path: "/a" },
        { reason: NO_SOURCE, node: "master02", path: "/a" },
        { reason: ANY_MACHINE, source: { name: "deploy", kind: "command" }, node: "master01", path: null },
      ],
    );
    expect(report.undecided).toMatchObject([
      {
        reason: { ...NO_SOURCE, source: null },
        text: expect.stringContaining("how files reach master01, master02"),
        nodes: ["master01", "master02"],
        paths: ["/a"],
      },
      {
        reason: { ...ANY_MACHINE, source: { name: "deploy", kind: "command", urn: null } },
        text: "deploy (command): it may reach any machine",
        nodes: ["master01"],
        paths: [],
      },
    ]);
    expect(report.findings[1]).toMatchObject({
      level: "undecided",
      reason: NO_SOURCE,
      text: expect.stringContaining("how files reach master02"),
    });
  });
});

describe("the fingerprint of a finding", () => {
  const of = (...findings: Parameters<typeof outcomeOf>[0]) =>
    reportOf(findings, [], []).findings.map(({ fingerprint }) => fingerprint);

  it("does not depend on its text", () => {
    expect(of(missing.finding({ node: "m1", data: "no a" }))).toEqual(
      of(missing.finding({ node: "m1", data: "other" })),
    );
  });

  it("differs by node, path and group, also between equal findings", () => {
    const all = of(
      missing.finding({ data: "a" }),
      missing.finding({ data: "a" }),
      missing.finding({ node: "m1", data: "a" }),
      missing.finding({ path: "m1", data: "a" }),
      missing.finding({ group: "m1", data: "a" }),
    );
    expect(new Set(all).size).toBe(5);
  });
});

describe("a finding that the team has agreed to live with", () => {
  it("says in its second line until when and why, and has a level of its own", () => {
    const [first, second] = ["master01", "master02"].map((node) => missing.finding({ node, path: "/a", data: "no a" }));
    if (first === undefined || second === undefined) throw new Error("there are two");
    const excuse = { kind: "accepted", where: "accept[0]", reason: "rebuilt\nsoon", until: "2027-03-31" } as const;
    const outcome = outcomeOf([second], [], [first]);
    const { findings } = policyReport(
      { policy: POLICY, outcome, excuses: new Map([[first, excuse]]), accepted: new Map() },
      CLUSTER,
      TOOL,
      "preview",
    );
    expect(findings.map(({ accepted }) => accepted)).toEqual([
      null,
      { reason: "rebuilt soon", until: "2027-03-31", where: "accept[0]" },
    ]);
    expect(findings.map(({ level, node, text }) => [level, node, text])).toEqual([
      ["mandatory", "master02", "no a"],
      ["accepted", "master01", "no a\nAccepted until 2027-03-31: rebuilt soon (accept[0])"],
    ]);
  });
});

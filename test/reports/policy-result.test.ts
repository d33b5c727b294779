import { describe, expect, it } from "vitest";
import type { Undecided } from "../../cluster/outcome";
import { messageTemplate, type Policy } from "../../policies/support/policy";
import { jsonReport } from "../../reports/json-report";
import { policyResult } from "../../reports/policy-result";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const missing = messageTemplate<string>("missing", (findings) => findings.map(({ data }) => data).join(" and "));
const POLICY: Policy = {
  id: "all-there",
  title: "All there",
  description: "All is there.",
  severity: "low",
  level: "advisory",
  remediation: "Put it there.",
  messages: { missing: missing.message },
  check: () => ({ kind: "pass", remarks: [] }),
};
const CLUSTER = clusterFrom(externalEtcd({}), { name: "prod" });

describe("an outcome in words", () => {
  it("gives one text to the findings that belong together", () => {
    const findings = [
      missing.finding({ node: "master01", path: "/a", data: "no a" }),
      missing.finding({ node: "master02", path: "/a", data: "no a either" }),
      missing.finding({ group: "b", data: "no b" }),
    ];
    const result = policyResult(POLICY, CLUSTER, { kind: "fail", findings, undecided: [] });
    expect(result.findings).toEqual([
      { message: "missing", node: "master01", path: "/a", text: "no a and no a either" },
      { message: "missing", node: "master02", path: "/a", text: "no a and no a either" },
      { message: "missing", node: null, path: null, text: "no b" },
    ]);
    expect(result.texts).toEqual(["no a and no a either", "no b"]);
  });

  it("tells equal questions in one line, with the nodes they are about", () => {
    const undecided: readonly Undecided[] = [
      { unknown: "how files reach {nodes}", node: "master01", path: "/a" },
      { unknown: "how files reach {nodes}", node: "master02", path: "/a" },
      { unknown: "what etcd serves", node: "master01", path: null },
    ];
    const { open, findings } = policyResult(POLICY, CLUSTER, { kind: "undecided", undecided, remarks: [] });
    expect(open).toEqual([
      "how files reach master01, master02 (concerns /a)",
      "what etcd serves (concerns on master01)",
    ]);
    expect(findings[1]).toEqual({
      message: "undecided",
      node: "master02",
      path: "/a",
      text: "how files reach master02",
    });
  });

  it("names a node in JSON whatever its name is", () => {
    const kubeadm = [{ node: "__proto__", prediction: { ok: true } as const }];
    const report = jsonReport({ step: "init", clusters: [{ name: "prod", outcomes: [], kubeadm }] });
    expect(report).toContain('"__proto__": {\n');
  });
});

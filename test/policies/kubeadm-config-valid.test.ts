import { describe, expect, it } from "vitest";
import { kubeadmConfigValid as policy } from "../../policies/kubeadm-config-valid";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { sharedCases } from "../helpers/shared-cases";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
const judged = (text: string) =>
  policy.check(clusterFrom(text, { name: "prod", upgradeTo: { kubernetes: "v1.30.14" } }), NOW);
const unread = sharedCases("cases").filter((one) =>
  Object.values(one.kubeadm.nodes).every(({ stage }) => stage === "read the ConfigMap"),
);

describe("texts that kubeadm stopped at", () => {
  it.each(
    unread
      .filter((one) => one.configMap.data["ClusterConfiguration"] !== undefined)
      .map((one) => [one.id, one] as const),
  )("%s: its own words are in the finding", (_id, one) => {
    const [first] = Object.values(one.kubeadm.nodes);
    expect(judged(one.configMap.data["ClusterConfiguration"] ?? "")).toMatchObject({
      kind: "fail",
      findings: expect.arrayContaining([
        expect.objectContaining({ message: "refused", data: expect.objectContaining({ error: first?.error }) }),
      ]),
    });
  });
});

describe("texts that kubeadm passes over in silence", () => {
  it.each([
    ["a field that stands there twice", `${externalEtcd({})}clusterName: a\nclusterName: b\n`, 9],
    ["a further document", `${externalEtcd({})}---\nkind: Other\n`, 8],
  ])("%s is an advisory finding with its line", (_title, text, line) => {
    expect(judged(text)).toMatchObject({
      kind: "fail",
      findings: [{ message: "remark", level: "advisory", data: { remark: { line } } }],
    });
  });
});

describe("a text in order", () => {
  it("passes", () => {
    expect(judged(externalEtcd({ caFile: "/etc/ssl/etcd/ssl/ca.pem" })).kind).toBe("pass");
  });
});

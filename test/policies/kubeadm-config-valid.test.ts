import { describe, expect, it } from "vitest";
import { kubeadmConfigValid as policy } from "../../policies/kubeadm-config-valid";
import { clusterFrom, externalEtcd } from "../helpers/cluster";
import { recordedClusters } from "../helpers/recorded-clusters";

const NOW = { now: new Date("2026-01-01T00:00:00Z") };
/** Checked as kubeadm 1.30.14 does, which answered the cases. */
const checked = (text: string) =>
  policy.check(clusterFrom(text, { name: "prod", upgradeTo: { kubernetes: "v1.30.14" } }), NOW);
const cases = recordedClusters("clusters").flatMap((one) => {
  const text = one.configMap.data["ClusterConfiguration"];
  const [verdict] = Object.values(one.kubeadm.nodes);
  return text === undefined || verdict === undefined ? [] : [{ id: one.id, text, verdict }];
});

describe("texts that kubeadm stopped at while it read the ConfigMap", () => {
  it.each(cases.filter(({ verdict }) => verdict.stage === "read the ConfigMap"))(
    "$id: its own words are in the finding",
    ({ text, verdict }) => {
      const outcome = checked(text);
      const [first] = outcome.kind === "fail" ? outcome.findings : [];
      expect(first).toMatchObject({ message: "refused", data: { error: verdict.error } });
      expect(first?.level).toBeUndefined();
    },
  );
});

describe("texts that kubeadm read", () => {
  it.each(cases.filter(({ verdict }) => verdict.stage === "later"))(
    "$id is never refused, at most advised against",
    ({ text }) => {
      const outcome = checked(text);
      const findings = outcome.kind === "fail" ? outcome.findings : [];
      expect(findings.filter((finding) => finding.level !== "advisory")).toEqual([]);
    },
  );
});

describe("a text with a fault", () => {
  it.each([
    ["a field that stands there twice", `${externalEtcd({})}clusterName: a\nclusterName: b\n`, "advisory"],
    ["a field that kubeadm does not know", `${externalEtcd({})}clusterNaem: a\n`, "advisory"],
    ["a further document", `${externalEtcd({})}---\nkind: Other\n`, "advisory"],
    ["a relative path", externalEtcd({ caFile: "etcd/ca.pem" }), "advisory"],
    ["a certificate without a key", externalEtcd({ certFile: "/a.pem", caFile: "/ca.pem" }), undefined],
  ])("%s is named, at the level that kubeadm's reading deserves", (_title, text, level) => {
    const outcome = checked(text);
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    expect(outcome.kind).toBe("fail");
    expect(first?.level).toBe(level);
  });

  it("is reported with line and field", () => {
    const cluster = clusterFrom(externalEtcd({ caFile: "etcd/ca.pem" }), {
      name: "prod",
      upgradeTo: { kubernetes: "v1.30.14" },
    });
    const outcome = policy.check(cluster, NOW);
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    expect(first === undefined ? "" : policy.messages["invalid"]?.([first], cluster)).toMatchInlineSnapshot(`
      "data.ClusterConfiguration:6: kubeadm config validate refuses this configuration: etcd.external.caFile: Invalid value: "etcd/ca.pem": path is not absolute
      kubeadm silently ignores this when it reads the ConfigMap; kubeadm init, or a re-upload of the file, would not.
      Fix: correct the fields named above."
    `);
  });
});

describe("what is at fault", () => {
  const fixed = (text: string, kubernetes: string): string => {
    const cluster = clusterFrom(text, { name: "prod", upgradeTo: { kubernetes } });
    const outcome = policy.check(cluster, NOW);
    const [first] = outcome.kind === "fail" ? outcome.findings : [];
    return first === undefined ? "" : (policy.messages[first.message]?.([first], cluster) ?? "");
  };

  it.each([
    [
      "a field",
      `${externalEtcd({})}clusterName: [a]\n`,
      "v1.30.14",
      "Fix: correct the text, and check it with kubeadm config validate",
    ],
    ["the API version", externalEtcd({}).replace("v1beta3", "v1alpha2"), "v1.30.14", "kubeadm config migrate of v1.12"],
    [
      "the text's place",
      externalEtcd({}).replace("v1.29.10", "v1.29"),
      "v1.30.14",
      "Fix: correct the text, and check it with kubeadm config validate",
    ],
  ])("is what the fix is about: %s", (_title, text, kubernetes, fix) => {
    expect(fixed(text, kubernetes)).toContain(fix);
  });
});

describe("a text with many faults", () => {
  const fields = Array.from({ length: 30 }, (_, index) => `unknown${index}: 1\n`).join("");
  const cluster = clusterFrom(externalEtcd({}) + fields, { name: "prod", upgradeTo: { kubernetes: "v1.30.14" } });
  const outcome = policy.check(cluster, NOW);
  const [first, ...others] = outcome.kind === "fail" ? outcome.findings : [];
  const text = first === undefined ? "" : (policy.messages["invalid"]?.([first, ...others], cluster) ?? "");

  it("says in its first line what the first is and how many there are", () => {
    expect(text.split("\n")[0]).toMatch(
      /^data\.ClusterConfiguration:\d+: kubeadm config validate refuses this configuration: unknown field "unknown\d+" \(and 29 more\)$/,
    );
  });

  it("lists twenty of them", () => {
    expect(text.split("\n").filter((line) => line.startsWith("  "))).toHaveLength(21);
    expect(text).toContain("\n  and 10 more\n");
  });
});

describe("an upgrade that skips a minor version", () => {
  const skip = (text: string) =>
    policy.check(clusterFrom(text, { name: "prod", upgradeTo: { kubernetes: "v1.31.4" } }), NOW);

  it("is reported by kubeadm-config-upgradeable, so not here", () => {
    expect(skip(externalEtcd({ caFile: "/ca.pem" }))).toEqual({
      kind: "not-applicable",
      why: "kubeadm of the target release cannot read it (kubeadm-config-upgradeable)",
    });
  });

  it("nor is an API version that upgradeTo no longer reads", () => {
    const text = externalEtcd({ caFile: "/ca.pem" }).replace("v1.29.10", "v1.36.0");
    const cluster = clusterFrom(text, { name: "prod", upgradeTo: { kubernetes: "v1.37.2" } });
    expect(policy.check(cluster, NOW).kind).toBe("not-applicable");
  });

  it("an API version that nobody ever read is reported here", () => {
    const outcome = skip(externalEtcd({ caFile: "/ca.pem" }).replace("v1beta3", "v1beta9"));
    expect(outcome).toMatchObject({ kind: "fail", findings: [{ message: "refused" }] });
  });

  it("does not hide another fault", () => {
    const outcome = skip(externalEtcd({ caFile: "ca.pem" }));
    expect(outcome).toMatchObject({ kind: "fail", findings: [{ message: "invalid" }] });
  });
});

describe("a text in order", () => {
  it("passes", () => {
    expect(checked(externalEtcd({ caFile: "/etc/ssl/etcd/ssl/ca.pem" })).kind).toBe("pass");
  });
});

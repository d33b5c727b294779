import { describe, expect, it } from "vitest";
import type { UsableAcceptance } from "../../cluster/acceptance";
import type { Baseline } from "../../cluster/baseline";
import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import { evaluate } from "../../policies/evaluate";
import { fingerprint } from "../../policies/support/fingerprint";
import { clusterFrom, externalEtcd } from "../helpers/cluster";

const POLICY = "external-etcd-files-on-every-control-plane-node";
const CA = "/etc/etcd/ca.pem";
const TEXT = externalEtcd({ caFile: CA });
/** Two nodes that lack the CA. */
const LACKING = {
  name: "prod",
  controlPlaneNodes: [{ name: "master01" }, { name: "master02" }],
  unlisted: "missing",
} as const satisfies ClusterSettings;

function evaluated(settings: Partial<ClusterSettings>, now = "2027-01-01") {
  const cluster = clusterFrom(TEXT, { ...LACKING, ...settings });
  const all = evaluate(cluster, { now: new Date(now) });
  const of = (id: string) => {
    const found = all.find(({ policy }) => policy.id === id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  };
  const { outcome, excuses } = of(POLICY);
  const current = of("acceptances-current").outcome;
  return {
    outcome: outcome.kind,
    failing: outcome.kind === "fail" ? outcome.findings.map(({ node }) => node) : [],
    excused: [...excuses].map(([{ node }, { kind }]) => `${node} ${kind}`),
    listed: outcome.kind === "not-applicable" ? [] : outcome.remarks.map(({ node }) => node),
    current: current.kind === "fail" ? current.findings.map(({ message }) => message) : [],
  };
}

const accept = (more: Partial<UsableAcceptance> = {}) => ({
  isOnlyHere: true,
  acceptance: {
    kind: "usable",
    where: "accept[0]",
    policy: POLICY,
    reason: "rebuilt in March",
    until: "2027-03-31",
    ...more,
  } as const,
});

describe("an acceptance", () => {
  it("of all findings makes the policy pass, and lists them", () => {
    expect(evaluated({ accept: [accept()] })).toEqual({
      outcome: "pass",
      failing: [],
      excused: ["master01 accepted", "master02 accepted"],
      listed: ["master01", "master02"],
      current: [],
    });
  });

  it("of one node leaves the other", () => {
    const seen = evaluated({ accept: [accept({ node: "master01", path: CA })] });
    expect(seen).toMatchObject({ outcome: "fail", failing: ["master02"], excused: ["master01 accepted"], current: [] });
  });

  it.each<[string, Parameters<typeof accept>[0], string]>([
    ["that has expired", { until: "2026-12-31" }, "expired"],
    ["that is forbidden", { forbidden: new Map([[POLICY, "the platform"]]) }, "forbidden"],
    ["of a node that has no finding", { node: "master03" }, "unused"],
  ])("%s accepts nothing, and is reported", (_title, more, message) => {
    const seen = evaluated({ accept: [accept(more)] });
    expect(seen).toMatchObject({ outcome: "fail", failing: ["master01", "master02"], excused: [], current: [message] });
  });

  it("that cannot be used accepts nothing, and is reported", () => {
    const unusable = { isOnlyHere: true, acceptance: { kind: "unusable", where: "accept[0]", faults: ["x"] } } as const;
    expect(evaluated({ accept: [unusable] })).toMatchObject({ excused: [], current: ["unusable"] });
  });

  it("counts until its last day is over, and not after", () => {
    expect(evaluated({ accept: [accept()] }, "2027-03-31T23:59:59Z").outcome).toBe("pass");
    expect(evaluated({ accept: [accept()] }, "2027-04-01T00:00:00Z").outcome).toBe("fail");
  });

  it("is not called unused where its policy could not decide", () => {
    const { controlPlaneNodes } = LACKING;
    const seen = evaluated({ controlPlaneNodes, unlisted: "undecided", accept: [accept({ node: "master03" })] });
    expect(seen).toMatchObject({ outcome: "undecided", current: [] });
  });
});

describe("an acceptance of what is undecided", () => {
  const { controlPlaneNodes } = LACKING;
  const OPEN = "no-file-evidence";
  /** What is undecided of the files of two nodes, by node, and what stays after the acceptance. */
  function open(more: Partial<UsableAcceptance>, now = "2027-01-01", files: "missing" | "undecided" = "undecided") {
    const { policy: _policy, ...ofAll } = accept({ undecided: OPEN }).acceptance;
    const acceptance = { ...ofAll, ...more };
    const settings = { controlPlaneNodes, unlisted: files, accept: [{ isOnlyHere: true, acceptance }] } as const;
    const all = evaluate(clusterFrom(TEXT, { name: "prod", ...settings }), { now: new Date(now) });
    const of = (id: string) => all.find(({ policy }) => policy.id === id);
    const [presence, current] = [of(POLICY), of("acceptances-current")?.outcome];
    const undecided = presence?.outcome.kind === "undecided" ? presence.outcome.undecided : [];
    return {
      outcome: presence?.outcome.kind,
      stays: undecided.filter((one) => presence?.accepted.has(one) !== true).map(({ node }) => node),
      current: current?.kind === "fail" ? current.findings.map(({ message }) => message) : [],
    };
  }

  it.each<[string, Partial<UsableAcceptance>, readonly string[]]>([
    ["of its policy", { policy: POLICY }, []],
    ["of all policies", {}, []],
    ["of one node", { node: "master01" }, ["master02"]],
  ])("%s leaves it undecided, and accepts it", (_title, more, stays) => {
    expect(open(more)).toEqual({ outcome: "undecided", stays, current: [] });
  });

  it.each<[string, Partial<UsableAcceptance>, string]>([
    ["that has expired", { until: "2026-12-31" }, "expired"],
    ["for another reason", { undecided: "any-machine" }, "unused"],
    ["of another policy", { policy: "private-keys-protected", path: "/nowhere" }, "unused"],
    ["that is forbidden", { policy: POLICY, forbidden: new Map([[POLICY, "the platform"]]) }, "forbidden"],
    ["that is forbidden for one of its policies", { forbidden: new Map([[POLICY, "the platform"]]) }, "forbidden"],
  ])("%s accepts nothing, and is reported", (_title, more, message) => {
    expect(open(more)).toEqual({ outcome: "undecided", stays: ["master01", "master02"], current: [message] });
  });

  it("accepts no finding, and is reported as unused once that is known", () => {
    expect(open({}, "2027-01-01", "missing")).toEqual({ outcome: "fail", stays: [], current: ["unused"] });
  });

  it("is not called unused where the update has settled it: the next preview may need it again", () => {
    expect(open({ undecided: "content-unknown-until-update" })).toMatchObject({ current: [] });
  });
});

describe("a baseline", () => {
  const known = (node: string) => ({
    fingerprint: fingerprint("prod", POLICY, { message: "missing", group: "", node, path: CA }),
    policy: POLICY,
    cluster: "prod",
    node,
    path: CA,
  });
  const baseline = (nodes: readonly string[], more: Partial<Baseline> = {}): Baseline => ({
    file: "prod.baseline.json",
    findings: nodes.map(known),
    forbidden: new Map(),
    ...more,
  });

  it("lists what was known, and lets what is new fail", () => {
    expect(evaluated({ baseline: baseline(["master01"]) })).toMatchObject({
      outcome: "fail",
      failing: ["master02"],
      excused: ["master01 known"],
      current: [],
    });
  });

  it("of all findings makes the policy pass", () => {
    expect(evaluated({ baseline: baseline(["master02", "master01"]) })).toMatchObject({ outcome: "pass", current: [] });
  });

  it("tells which of its findings are gone", () => {
    expect(evaluated({ baseline: baseline(["master01", "master02", "master03"]) }).current).toEqual(["gone"]);
  });

  it("does not tell of another cluster's", () => {
    const findings = [{ ...known("master03"), cluster: "test" }];
    expect(evaluated({ baseline: baseline([], { findings }) }).current).toEqual([]);
  });

  it("covers nothing that the platform team lets nobody accept", () => {
    const forbidden = new Map([[POLICY, "the platform"]]);
    const seen = evaluated({ baseline: baseline(["master01"], { forbidden }) });
    expect(seen).toMatchObject({ failing: ["master01", "master02"], excused: [], current: [] });
  });
});

describe("a problem in the settings", () => {
  it("is not accepted with the policy that tells it", () => {
    const problem = { cluster: "prod", where: "clusters[0].x", what: "There is no key x." };
    const settings = { ...LACKING, accept: [accept({ policy: "control-plane-nodes-known" })] };
    const cluster = clusterFrom(TEXT, settings, undefined, undefined, [problem]);
    const [first] = evaluate(cluster, { now: new Date("2027-01-01") });
    expect(first?.outcome.kind).toBe("fail");
  });

  it("says how many policies are undecided until it is fixed", () => {
    const problem = {
      cluster: "prod",
      where: "clusters[0].x",
      what: "It must be a list.",
      leavesOut: "controlPlaneNodes",
    };
    const cluster = clusterFrom(TEXT, { name: "prod" }, undefined, undefined, [problem]);
    const all = evaluate(cluster, { now: new Date("2027-01-01") });
    const [first] = all;
    const count = all.filter(({ outcome }) => outcome.kind === "undecided").length;
    expect(count).toBeGreaterThan(3);
    const [finding] = first?.outcome.kind === "fail" ? first.outcome.findings : [];
    expect(finding === undefined ? "" : first?.policy.messages[finding.message]?.([finding], cluster)).toContain(
      `the control-plane nodes are not known and ${count} policies are undecided.`,
    );
  });
});

describe("an error of our own", () => {
  it("makes only the policies undecided that meet it, says where, and never quotes its text", () => {
    const cluster: Cluster = {
      ...clusterFrom(TEXT, LACKING),
      get controlPlane(): never {
        throw new TypeError("hunter2");
      },
    };
    const all = evaluate(cluster, { now: new Date("2027-01-01") });
    const of = (id: string) => all.find(({ policy }) => policy.id === id)?.outcome;
    expect(of("kubeadm-config-valid")?.kind).toBe("pass");
    expect(of(POLICY)).toMatchObject({
      kind: "undecided",
      undecided: [{ reason: { id: "internal-error", data: { policy: POLICY, error: "TypeError" } } }],
    });
    expect(JSON.stringify(all)).not.toContain("hunter2");
  });
});

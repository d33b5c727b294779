import { describe, expect, it } from "vitest";
import { stackForCluster } from "../../cluster/stack-for-cluster";
import type { StackParts } from "../../cluster/stack-parts";
import { unknownClusters } from "../../cluster/unknown-clusters";
import { evidence, node, put, source, urn } from "../helpers/evidence";

function stack(names: readonly string[], more: Partial<StackParts> = {}): StackParts {
  return {
    evidence: names.map((name) => evidence(name, put("/etc/etcd/ca.pem"))),
    kubeadmRuns: [],
    nodes: [],
    plannedPems: new Map(),
    graph: {
      machines: new Map(
        names.flatMap((name) => [
          [urn(name, "command:remote:CopyToRemote"), { names: [name], addresses: [], isMachine: false }],
        ]),
      ),
      dependencies: new Map(),
    },
    precedes: () => false,
    ...more,
  };
}

const namesIn = (parts: StackParts) => parts.evidence.map((one) => one.source.name);

describe("the stack as it concerns a cluster", () => {
  it("is without what is for another cluster", () => {
    const [plain, ours, theirs] = [
      evidence("plain"),
      { ...evidence("ours"), cluster: "prod" },
      { ...evidence("theirs"), cluster: "test" },
    ];
    const nodes = ["prod", "test"].map((cluster) => ({ node: node(`m-${cluster}`), machine: undefined, cluster }));
    const parts = stackForCluster(stack([], { evidence: [plain, ours, theirs], nodes }), undefined, "prod");
    expect(namesIn(parts)).toEqual(["plain", "ours"]);
    expect(parts.nodes.map((one) => one.node.name)).toEqual(["m-prod"]);
  });

  it("has what another stack says whose export the settings name, before its own", () => {
    const other = stack(["old1", "old2"], { precedes: (first) => first.name === "old1" });
    const parts = stackForCluster(stack(["new1", "new2"]), other, "prod");
    expect(namesIn(parts)).toEqual(["old1", "old2", "new1", "new2"]);
    expect([...parts.graph.machines.values()].flatMap((facts) => facts.names)).toEqual([
      "old1",
      "old2",
      "new1",
      "new2",
    ]);
  });

  it.each<[string, string, string, boolean]>([
    ["of the other stack has run before one of this", "old2", "new1", true],
    ["of this stack has not run before one of the other", "new1", "old2", false],
    ["of the other stack has run before another by that stack's own order", "old1", "old2", true],
    ["of the other stack has not run before another that it does not wait for", "old2", "old1", false],
    ["of this stack has not run before another that it does not wait for", "new1", "new2", false],
  ])("knows that a source %s", (_title, first, second, expected) => {
    const other = stack(["old1", "old2"], { precedes: (one) => one.name === "old1" });
    const { precedes } = stackForCluster(stack(["new1", "new2"]), other, "prod");
    expect(precedes(source(first), source(second))).toBe(expected);
  });
});

describe("the stack, with another one", () => {
  const pem = (name: string) => [urn(name), { kind: "private-key", key: { by: "resource", urn: urn(name) } }] as const;
  const run = (name: string): StackParts["kubeadmRuns"][number] => ({
    source: source(name),
    machine: { by: "name", name },
    command: "init",
    config: true,
    uploadCerts: false,
    certificateKey: false,
    flags: [],
  });
  const of = (name: string): StackParts =>
    stack([name], {
      kubeadmRuns: [run(name)],
      nodes: [{ node: node(name), machine: undefined }],
      plannedPems: new Map([pem(name)]),
      graph: { machines: new Map(), dependencies: new Map([[urn(name), [urn("x")]]]) },
    });
  const both = stackForCluster(of("new"), of("old"), "prod");

  it("has all parts of both, the other's first", () => {
    expect(both.kubeadmRuns.map((one) => one.source.name)).toEqual(["old", "new"]);
    expect(both.nodes.map((one) => one.node.name)).toEqual(["old", "new"]);
    expect([...both.plannedPems.keys()]).toEqual([urn("old"), urn("new")]);
    expect([...both.graph.dependencies.keys()]).toEqual([urn("old"), urn("new")]);
  });

  it("knows nothing of the order of what has no URN", () => {
    const other = stack(["old"], { precedes: () => true });
    const { precedes } = stackForCluster(stack(["new"], { precedes: () => true }), other, "prod");
    const nameless = { name: "settings", kind: "settings" };
    expect(precedes(source("old"), nameless)).toBe(false);
    expect(precedes(nameless, source("old"))).toBe(false);
    expect(precedes(nameless, nameless)).toBe(true);
  });
});

describe("Kubespray in a stack", () => {
  const playbook = (path: string, release: string | undefined): StackParts["evidence"][number] => ({
    ...evidence(path),
    machine: {
      by: "inventory",
      path,
      kubespray: release === undefined ? undefined : { release },
      hosts: undefined,
      reason: { id: "machine-unknown", data: {} },
    },
  });
  const parts = stack([], {
    evidence: [
      playbook("inventory/prod/hosts.yaml", "v2.26.0"),
      playbook("inventory/dev/hosts.yaml", "v2.26.0"),
      playbook("inventory/prod/hosts.yaml", undefined),
    ],
  });

  it("leaves behind what the layout of the settings says, and nothing besides", () => {
    expect(namesIn(stackForCluster(parts, undefined, "prod", "inventory/prod/hosts.yaml"))).toEqual([
      "inventory/dev/hosts.yaml",
      "inventory/prod/hosts.yaml",
    ]);
  });

  it("counts where the settings name no inventory", () => {
    expect(namesIn(stackForCluster(parts, undefined, "prod"))).toHaveLength(3);
  });
});

describe("a component for a cluster that is not there", () => {
  it("is reported", () => {
    const wrong = { ...evidence("ca"), cluster: "prd" };
    const right = { node: node("m1"), machine: undefined, cluster: "prod" };
    expect(unknownClusters(stack([], { evidence: [wrong, wrong], nodes: [right] }), ["prod", "test"])).toEqual([
      {
        cluster: undefined,
        where: "ca (command:remote:CopyToRemote)",
        what: "It is for the cluster prd, which this stack does not have; it has prod, test. It is not used.",
        level: "advisory",
      },
    ]);
  });

  it("names twenty clusters that are there at most, and components that are the same in all but their URN apart", () => {
    const names = Array.from({ length: 25 }, (_, index) => `c${index}`);
    const nameless = { ...evidence("a"), source: { name: "a", kind: "k" }, cluster: "x" };
    const problems = unknownClusters(
      stack([], { evidence: [nameless, { ...nameless, source: { name: "b", kind: "k" } }] }),
      names,
    );
    expect(problems.map(({ where }) => where)).toEqual(["a (k)", "b (k)"]);
    expect(problems[0]?.what).toContain("it has c0, c1");
    expect(problems[0]?.what).toContain("c19.");
  });
});

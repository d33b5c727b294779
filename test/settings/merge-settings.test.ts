import { describe, expect, it } from "vitest";
import { type LayeredSettings, namedClusters, settingsOf, unmatchedClusters } from "../../settings/merge-settings";

const nodes = (name: string) => [{ name }];
const NO_LAYERS: LayeredSettings = { stack: [], policyConfiguration: [], constructorArgument: [] };

describe("one cluster in three places", () => {
  it.each([
    [
      "the stack's nodes apply whole, before the policy configuration's and the constructor's",
      {
        stack: { controlPlaneNodes: nodes("s") },
        policyConfiguration: { controlPlaneNodes: nodes("p") },
        constructorArgument: { controlPlaneNodes: nodes("c") },
      },
      { controlPlaneNodes: nodes("s") },
    ],
    [
      "a key that only the constructor gives is used beside the stack's",
      {
        stack: { listing: "nodes.yaml" },
        policyConfiguration: {},
        constructorArgument: { controlPlaneNodes: nodes("c") },
      },
      { listing: "nodes.yaml", controlPlaneNodes: nodes("c") },
    ],
    [
      "a stack cannot loosen what its platform team made mandatory",
      {
        stack: { undecided: "advisory", unlisted: "undecided" },
        policyConfiguration: { unlisted: "missing" },
        constructorArgument: { undecided: "mandatory" },
      },
      { undecided: "mandatory", unlisted: "missing" },
    ],
    [
      "a stack may tighten what nobody else mentions",
      { stack: { undecided: "mandatory" }, policyConfiguration: {}, constructorArgument: {} },
      { undecided: "mandatory" },
    ],
  ] as const)("%s", (_title, layers, expected) => {
    const named = (layer: object) => [{ name: "prod", ...layer }];
    const merged = settingsOf("prod", ["prod"], {
      stack: named(layers.stack),
      policyConfiguration: named(layers.policyConfiguration),
      constructorArgument: named(layers.constructorArgument),
    });
    expect(merged).toEqual({ name: "prod", ...expected });
  });
});

describe("clusters of several names", () => {
  it("are listed by the first place that names each, without *", () => {
    const layers: LayeredSettings = {
      stack: [{ name: "a" }, { name: "*" }],
      policyConfiguration: [{ name: "a", listing: "a.yaml" }, { name: "b" }],
      constructorArgument: [{ name: "*" }, { name: "b" }, { name: "c" }],
    };
    expect(namedClusters(layers).map((tier) => tier.map(({ name }) => name))).toEqual([["a"], ["b"], ["c"]]);
    expect(namedClusters(layers)[0]).toEqual([{ name: "a", listing: "a.yaml" }]);
  });
});

describe("what a platform team demands", () => {
  const mandatory = { undecided: "mandatory" } as const;
  const advisory = { undecided: "advisory" } as const;
  it.each<[string, Partial<LayeredSettings>, string | undefined]>([
    ["of every cluster", { policyConfiguration: [{ name: "*", ...mandatory }] }, "mandatory"],
    [
      "of a cluster that the stack calls something else",
      { policyConfiguration: [{ name: "prod", ...mandatory }] },
      "mandatory",
    ],
    [
      "of a cluster that the stack calls something else, beside a looser rule for all",
      {
        policyConfiguration: [
          { name: "*", ...advisory },
          { name: "prod", ...mandatory },
        ],
      },
      "mandatory",
    ],
    [
      "of this cluster by its name, beside a stricter one for all",
      {
        policyConfiguration: [
          { name: "*", ...mandatory },
          { name: "blue", ...advisory },
        ],
      },
      "advisory",
    ],
    [
      "of another cluster that the stack has as well",
      { policyConfiguration: [{ name: "green", ...mandatory }] },
      undefined,
    ],
    [
      "in the constructor, before the policy configuration",
      { constructorArgument: [{ name: "*", ...mandatory }], policyConfiguration: [{ name: "blue", ...advisory }] },
      "mandatory",
    ],
    [
      "before what the stack says of itself",
      { policyConfiguration: [{ name: "prod", ...mandatory }], stack: [{ name: "blue", ...advisory }] },
      "mandatory",
    ],
    ["of nobody, so that the stack's own word counts", { stack: [{ name: "*", ...mandatory }] }, "mandatory"],
    [
      "of nobody, and a stack's other clusters do not bind this one",
      { stack: [{ name: "x", ...mandatory }] },
      undefined,
    ],
  ])("%s", (_title, layers, expected) => {
    expect(settingsOf("blue", ["blue", "green"], { ...NO_LAYERS, ...layers }).undecided).toBe(expected);
  });

  it("by * is a default for all other keys too, and a name comes before it", () => {
    const layers: LayeredSettings = {
      ...NO_LAYERS,
      policyConfiguration: [
        { name: "*", minRemainingDays: 60, listing: "all.yaml" },
        { name: "blue", listing: "blue.yaml" },
      ],
      stack: [{ name: "*", unlisted: "missing" }],
    };
    expect(settingsOf("blue", ["blue"], layers)).toEqual({
      name: "blue",
      minRemainingDays: 60,
      listing: "blue.yaml",
      unlisted: "missing",
    });
  });
});

describe("a cluster that the stack does not have", () => {
  it("is an advisory finding that names it, the clusters there are, and what still holds", () => {
    const layers: LayeredSettings = {
      ...NO_LAYERS,
      policyConfiguration: [{ name: "*" }, { name: "prod" }, { name: "blue" }],
    };
    expect(unmatchedClusters(["blue"], layers)).toEqual([
      {
        cluster: undefined,
        where: "control-plane-nodes-known.clusters",
        what: 'The stack does not have the cluster prod (it has blue). Its unlisted and undecided apply to every cluster that it does not name; the rest is not used. A rule for all clusters has the name "*".',
        level: "advisory",
      },
    ]);
  });

  it("is reported for a stack without kubeadm-config only where the stack itself names it", () => {
    const prod = [{ name: "prod" }];
    expect(unmatchedClusters([], { ...NO_LAYERS, policyConfiguration: prod, constructorArgument: prod })).toEqual([]);
    expect(unmatchedClusters([], { ...NO_LAYERS, stack: prod })).toMatchObject([
      { what: "The stack does not have the cluster prod (it has no kubeadm-config). Its settings are not used." },
    ]);
  });
});

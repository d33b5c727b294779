import { describe, expect, it } from "vitest";
import { mergeSettings } from "../../settings/merge-settings";

const nodes = (name: string) => [{ name }];

describe("clusters from three places", () => {
  it.each([
    [
      "the stack's nodes win whole over the policy configuration's and the constructor's",
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
      "a stack may tighten what nobody else speaks of",
      { stack: { undecided: "mandatory" }, policyConfiguration: {}, constructorArgument: {} },
      { undecided: "mandatory" },
    ],
  ] as const)("%s", (_title, layers, expected) => {
    const named = (layer: object) => [{ name: "prod", ...layer }];
    expect(
      mergeSettings({
        stack: named(layers.stack),
        policyConfiguration: named(layers.policyConfiguration),
        constructorArgument: named(layers.constructorArgument),
      }),
    ).toEqual([{ name: "prod", ...expected }]);
  });

  it("clusters of different names stay apart", () => {
    const merged = mergeSettings({
      stack: [{ name: "a" }],
      policyConfiguration: [{ name: "b" }],
      constructorArgument: [],
    });
    expect(merged).toEqual([{ name: "a" }, { name: "b" }]);
  });
});

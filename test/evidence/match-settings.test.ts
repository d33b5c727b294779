import { describe, expect, it } from "vitest";
import type { KubeadmConfig } from "../../evidence/kubeadm-config";
import { matchSettings, type Selector } from "../../evidence/match-settings";
import { urn } from "../helpers/evidence";
import { stackResource } from "../helpers/stack-resource";

const config = (name: string, provider: string): KubeadmConfig => {
  const resource = stackResource(
    "kubernetes:core/v1:ConfigMap",
    name,
    {},
    { provider: { urn: urn(provider), name: provider } },
  );
  return { resource, text: { kind: "text", text: "" }, selectors: [resource.urn, name, provider, urn(provider)] };
};
const blue = config("cfg-blue", "blue");
const green = config("cfg-green", "green");

describe("which settings are about which kubeadm-config", () => {
  it.each([
    ["the only settings are about the only config, whatever their name", [blue], [{ name: "prod" }], ["prod"]],
    [
      "settings named as the provider are about its config",
      [blue, green],
      [{ name: "green" }, { name: "blue" }],
      ["blue", "green"],
    ],
    [
      "kubeadmConfig picks by provider",
      [blue, green],
      [
        { name: "a", kubeadmConfig: "green" },
        { name: "b", kubeadmConfig: "blue" },
      ],
      ["b", "a"],
    ],
    [
      "kubeadmConfig picks by the resource's own name",
      [blue, green],
      [{ name: "a", kubeadmConfig: "cfg-blue" }],
      ["a", "green"],
    ],
    [
      "two configs through one provider are one cluster",
      [blue, config("patch", "blue")],
      [{ name: "prod" }],
      ["prod", "prod"],
    ],
    [
      "of several settings, those named as the stack are about the only config",
      [blue],
      [{ name: "dev" }, { name: "staging" }],
      ["dev"],
    ],
    ["without settings a config is called after its provider", [blue, green], [], ["blue", "green"]],
  ])("%s", (_title, configs, clusters, expected) => {
    const matched = matchSettings(configs, [clusters], "dev");
    expect(matched.map((one) => one.name)).toEqual(expected);
  });

  it("settings that could be about either config are not guessed, and the finding says what to write", () => {
    const matched = matchSettings([blue, green], [[{ name: "prod" }]], "dev");
    expect(matched.map((one) => one.name)).toEqual(["blue", "green"]);
    expect(matched[0]?.problems[0]?.what).toContain("kubeadmConfig: blue");
  });

  it.each<[string, readonly (readonly Selector[])[], string]>([
    [
      "what the stack names comes before what its platform team names",
      [[{ name: "blue1" }], [{ name: "prod" }]],
      "blue1",
    ],
    ["without a cluster of the stack, the platform team's only one is it", [[], [{ name: "prod" }]], "prod"],
    [
      "one of several that a platform team names is none, unless it has the stack's name",
      [[], [{ name: "prod" }, { name: "test" }]],
      "blue",
    ],
  ])("%s", (_title, tiers, name) => {
    expect(matchSettings([blue], tiers, "dev")).toMatchObject([{ name, problems: [] }]);
  });
});

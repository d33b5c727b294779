import { describe, expect, it } from "vitest";
import { unknownPolicies, unknownPolicySettings, unknownStackSettings } from "../../settings/unknown-settings";

const told = (problems: readonly { readonly where: string; readonly what: string }[]) =>
  problems.map(({ where, what }) => `${where}: ${what}`);

describe("names of settings in a stack's configuration", () => {
  it.each<[string, string, readonly string[]]>([
    ["a setting", "kubeadm-guard:clusters", []],
    ["a setting of another namespace", "aws:region", []],
    [
      "a misspelt setting",
      "kubeadm-guard:cluster",
      ["kubeadm-guard:cluster: There is no key cluster; did you mean clusters? It is not used."],
    ],
    [
      "a key of a cluster, one level too high",
      "kubeadm-guard:undecided",
      [
        "kubeadm-guard:undecided: There is no setting undecided here: it belongs to a cluster, such as kubeadm-guard:clusters: [{name: prod, undecided: ...}]. It is not used.",
      ],
    ],
    [
      "a misspelt namespace",
      "kubeadmguard:clusters",
      ["kubeadmguard:clusters: There is no namespace kubeadmguard; did you mean kubeadm-guard? It is not used."],
    ],
    ["a name like nothing", "kubeadm-guard:color", ["kubeadm-guard:color: There is no key color. It is not used."]],
  ])("%s", (_title, key, expected) => {
    expect(told(unknownStackSettings([key]))).toEqual(expected);
  });
});

describe("names in the policy configuration", () => {
  it("of properties: those of settings are known, and others are reported with what was meant", () => {
    expect(told(unknownPolicySettings("nodes-known", { clusters: [], cluster: [] }))).toEqual([
      "nodes-known.cluster: There is no key cluster; did you mean clusters? It is not used.",
    ]);
    expect(unknownPolicySettings("nodes-known", undefined)).toEqual([]);
  });

  it("of policies", () => {
    expect(
      told(unknownPolicies(["all", "nodes-known", "node-known", "x"], "the policy configuration", ["nodes-known"])),
    ).toEqual([
      "the policy configuration: There is no policy node-known, so its configuration is not used. Did you mean nodes-known?",
      "the policy configuration: There is no policy x, so its configuration is not used. One of them is nodes-known.",
    ]);
  });
});

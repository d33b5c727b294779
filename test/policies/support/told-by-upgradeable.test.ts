import { describe, expect, it } from "vitest";
import { isToldByUpgradeable } from "../../../policies/support/told-by-upgradeable";
import { clusterFrom } from "../../helpers/cluster";

const text = (version: string, api = "v1beta3", group = "kubeadm.k8s.io") =>
  `apiVersion: ${group}/${api}\nkind: ClusterConfiguration\nkubernetesVersion: ${version}\n`;
const told = (configuration: string, kubernetes: string | undefined) =>
  isToldByUpgradeable(
    clusterFrom(configuration, { name: "prod", ...(kubernetes === undefined ? {} : { upgradeTo: { kubernetes } }) }),
  );

describe("what kubeadm-config-upgradeable tells of a configuration that the kubeadm of the target refuses", () => {
  it.each<readonly [string, string, string | undefined, boolean]>([
    ["two minor releases later", text("v1.29.10"), "v1.31.4", true],
    ["one minor release later", text("v1.30.10"), "v1.31.4", false],
    ["the same minor release", text("v1.31.1"), "v1.31.4", false],
    ["an earlier release", text("v1.33.1", "v1beta4"), "v1.31.4", false],
    ["no upgrade", text("v1.29.10"), undefined, false],
    ["a target that is not a release", text("v1.29.10"), "latest", false],
    ["a version that is not a release", text("latest"), "v1.31.4", false],
    ["an API version that is gone, one release later", text("v1.26.1", "v1beta2"), "v1.27.3", true],
    ["an API version that is gone already", text("v1.27.1", "v1beta2"), "v1.28.3", false],
    ["an API version that is not there yet", text("v1.29.1", "v1beta4"), "v1.30.3", false],
    ["an API version that never was", text("v1.26.1", "v9"), "v1.27.3", false],
    ["an API version of another group", text("v1.26.1", "v1beta2", "example.com"), "v1.27.3", false],
    ["an API version that goes with releases that are not known yet", text("v1.37.1", "v1beta4"), "v1.38.0", false],
    ["a text that cannot be read", "{", "v1.31.4", false],
    ["a text that cannot be read otherwise", `${text("v1.30.10")}networking: [a]\n`, "v1.31.4", false],
  ])("%s", (_title, configuration, to, expected) => {
    expect(told(configuration, to)).toBe(expected);
  });

  it("is nothing where the configuration is not carried", () => {
    const cluster = clusterFrom(text("v1.29.10"), { name: "prod", upgradeTo: { kubernetes: "v1.31.4" } });
    expect(isToldByUpgradeable({ ...cluster, configuration: { kind: "not-carried", why: "a patch" } })).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { kubeadmConfigs } from "../../evidence/kubeadm-config";
import type { ValueRecord } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";
import { urn } from "../helpers/evidence";
import { stackResource } from "../helpers/stack-resource";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const meta = { name: "kubeadm-config", namespace: "kube-system" };
const found = (type: string, inputs: ValueRecord, more = {}) => {
  const resource = stackResource(type, "whatever", inputs, more);
  return kubeadmConfigs([resource], () => undefined).map((one) => one.text);
};

describe("a kubeadm-config", () => {
  it.each<[string, string, ValueRecord]>([
    [
      "is a ConfigMap of that name in kube-system, whatever Pulumi calls it",
      CONFIG_MAP,
      { metadata: meta, data: { ClusterConfiguration: "x" } },
    ],
    [
      "may be a patch that carries the text",
      `${CONFIG_MAP}Patch`,
      { metadata: meta, data: { ClusterConfiguration: "x" } },
    ],
    [
      "may stand in a list",
      `${CONFIG_MAP}List`,
      { items: [{ metadata: { name: "other" } }, { metadata: meta, data: { ClusterConfiguration: "x" } }] },
    ],
  ])("%s", (_title, type, inputs) => {
    expect(found(type, inputs)).toEqual([{ kind: "text", text: "x" }]);
  });

  it.each<[string, ValueRecord]>([
    [
      "of that name in another namespace",
      { metadata: { ...meta, namespace: "apps" }, data: { ClusterConfiguration: "x" } },
    ],
    [
      "without a namespace, which means default",
      { metadata: { name: "kubeadm-config" }, data: { ClusterConfiguration: "x" } },
    ],
    ["of another name", { metadata: { ...meta, name: "kubeadm-config-old" }, data: { ClusterConfiguration: "x" } }],
    ["that --target left out", {}],
  ])("is not a ConfigMap %s", (_title, inputs) => {
    expect(found(CONFIG_MAP, inputs, { outputs: {} })).toEqual([]);
  });

  it("may be what a program shows of a live cluster by ObservedKubeadmConfig", () => {
    expect(found("kubeadm-guard:index:ObservedKubeadmConfig", { data: { ClusterConfiguration: "x" } })).toEqual([
      { kind: "text", text: "x" },
    ]);
  });

  it("takes the namespace that its provider gives", () => {
    const provider = stackResource("pulumi:providers:kubernetes", "prod", { namespace: "kube-system" });
    const resource = stackResource(
      CONFIG_MAP,
      "cfg",
      { metadata: { name: "kubeadm-config" }, data: { ClusterConfiguration: "x" } },
      { provider },
    );
    expect(
      kubeadmConfigs([resource, provider], (wanted) => (wanted === provider.urn ? provider : undefined)),
    ).toHaveLength(1);
  });
});

describe("its text", () => {
  it("names what it waits for while it is unknown until the update", () => {
    const more = { propertyDependencies: { data: [urn("vm-1")] } };
    expect(found(CONFIG_MAP, { metadata: meta, data: { ClusterConfiguration: UNKNOWN } }, more)).toEqual([
      { kind: "unknown-until-update", waitsFor: ["vm-1"] },
    ]);
    expect(found(CONFIG_MAP, { metadata: meta, data: UNKNOWN }, more)).toEqual([
      { kind: "unknown-until-update", waitsFor: ["vm-1"] },
    ]);
  });

  it("is not carried by a patch about something else", () => {
    expect(found(`${CONFIG_MAP}Patch`, { metadata: meta, data: { other: "x" } })).toMatchObject([
      { kind: "not-carried" },
    ]);
  });

  it("is absent, in kubeadm's words, where a ConfigMap lacks the key", () => {
    expect(found(CONFIG_MAP, { metadata: meta, data: {} })).toMatchObject([
      { kind: "absent", error: expect.stringContaining("key value pair missing") },
    ]);
  });

  it("is absent where a YAML program wrote a map in place of text", () => {
    expect(found(CONFIG_MAP, { metadata: meta, data: { ClusterConfiguration: { etcd: {} } } })).toMatchObject([
      { kind: "absent", error: expect.stringContaining("is a map") },
    ]);
  });
});

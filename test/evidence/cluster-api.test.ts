import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { clusterApi, clusterApiConfiguration } from "../../evidence/cluster-api";
import type { StackResource } from "../../evidence/stack-resource";
import type { ValueRecord } from "../../evidence/value";
import { UNKNOWN } from "../../shell/unknown";
import { findIn, resourceOf } from "./user-data/resources";

const KCP = "kubernetes:controlplane.cluster.x-k8s.io/v1beta1:KubeadmControlPlane";
const EXTERNAL = {
  endpoints: ["https://10.0.0.1:2379"],
  caFile: "/etc/kubernetes/pki/etcd/ca.crt",
  certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
  keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
};

function controlPlane(kubeadmConfigSpec: ValueRecord[string], more: readonly StackResource[] = []): StackResource {
  return resourceOf(
    KCP,
    "prod",
    {
      metadata: { name: "prod-cp", labels: { "cluster.x-k8s.io/cluster-name": "prod" } },
      spec: { replicas: 3, version: "v1.30.2", kubeadmConfigSpec },
    },
    { from: { spec: more } },
  );
}

function secret(name: string, contents: ValueRecord): StackResource {
  return resourceOf("kubernetes:core/v1:Secret", name, { metadata: { name }, ...contents });
}

/** Path, mode and content of each file. */
function files(resource: StackResource, ...others: readonly StackResource[]): readonly unknown[] {
  return clusterApi
    .read(resource, findIn(resource, ...others))
    .evidence.flatMap(({ operations }) =>
      operations.map((one) =>
        one.do === "put" && one.to.kind === "file" ? [one.to.path, one.mode, one.content] : one,
      ),
    );
}

const NOT_SHOWN = { kind: "not-shown" };

describe("every node of a KubeadmControlPlane has the external etcd files", () => {
  const external = { clusterConfiguration: { etcd: { external: EXTERNAL } } };

  it("also where their Secrets are made elsewhere: without them there is no node", () => {
    expect(files(controlPlane(external))).toEqual([
      [EXTERNAL.caFile, "0640", NOT_SHOWN],
      [EXTERNAL.certFile, "0640", NOT_SHOWN],
      [EXTERNAL.keyFile, "0600", NOT_SHOWN],
    ]);
  });

  it("with the contents of the Secrets that the stack makes", () => {
    const etcd = secret("prod-etcd", { stringData: { "tls.crt": "CA" } });
    const client = secret("prod-apiserver-etcd-client", {
      data: { "tls.crt": Buffer.from("CERT").toString("base64"), "tls.key": UNKNOWN },
    });
    expect(files(controlPlane(external, [etcd, client]), etcd, client)).toEqual([
      [EXTERNAL.caFile, "0640", { kind: "text", text: "CA" }],
      [EXTERNAL.certFile, "0640", { kind: "text", text: "CERT" }],
      [EXTERNAL.keyFile, "0600", { kind: "unknown-until-update", waitsFor: ["the Secret prod-apiserver-etcd-client"] }],
    ]);
  });

  it("but not the key where the Secret has none", () => {
    const client = secret("prod-apiserver-etcd-client", { stringData: { "tls.crt": "CERT" } });
    const paths = files(controlPlane(external, [client]), client).map((one) => (Array.isArray(one) ? one[0] : one));
    expect(paths).toEqual([EXTERNAL.caFile, EXTERNAL.certFile]);
  });

  it("its run of kubeadm makes its nodes known", () => {
    const resource = controlPlane(external);
    expect(clusterApi.read(resource, findIn(resource)).kubeadmRuns).toMatchObject([
      { command: "init", config: true, machine: { by: "resource", urn: resource.urn } },
    ]);
  });
});

describe("files and commands of a KubeadmControlPlane", () => {
  it.each<[string, ValueRecord, readonly unknown[]]>([
    [
      "a file",
      { files: [{ path: "/etc/a", content: "hello", permissions: "0600" }] },
      [["/etc/a", "0600", { kind: "text", text: "hello" }]],
    ],
    [
      "a file in base64",
      { files: [{ path: "/etc/a", encoding: "base64", content: "aGVsbG8=" }] },
      [["/etc/a", "0644", { kind: "text", text: "hello" }]],
    ],
    [
      "a file from a Secret",
      { files: [{ path: "/etc/a", contentFrom: { secret: { name: "s", key: "k" } } }] },
      [["/etc/a", "0644", NOT_SHOWN]],
    ],
    [
      "a file whose content is unknown until the update",
      { files: [{ path: "/etc/a", content: UNKNOWN }] },
      [["/etc/a", "0644", { kind: "unknown-until-update", waitsFor: [] }]],
    ],
    [
      "a file whose path is unknown until the update",
      { files: [{ path: UNKNOWN, content: "x" }] },
      [
        {
          do: "might-write",
          scope: { kind: "anywhere" },
          reason: { id: "path-unknown-until-update", data: { of: "one-file" } },
        },
      ],
    ],
    [
      "a command before kubeadm",
      { preKubeadmCommands: ["echo x > /a"] },
      [["/a", undefined, { kind: "text", text: "x\n" }]],
    ],
    [
      "a command that is unknown until the update",
      { postKubeadmCommands: [UNKNOWN] },
      [
        {
          do: "might-write",
          scope: { kind: "anywhere" },
          reason: { id: "property-unknown-until-update", data: { property: "one-command" } },
        },
      ],
    ],
    [
      "paths of etcd that are unknown until the update",
      { clusterConfiguration: { etcd: { external: { ...EXTERNAL, certFile: UNKNOWN, keyFile: "", caFile: "" } } } },
      [
        {
          do: "might-write",
          scope: { kind: "external-etcd-files" },
          reason: { id: "path-unknown-until-update", data: { of: "external-etcd-files" } },
        },
      ],
    ],
  ])("%s", (_, spec, expected) => {
    expect(files(controlPlane(spec))).toEqual(expected);
  });

  it("a spec that is unknown until the update might write anything", () => {
    expect(files(controlPlane(UNKNOWN))).toMatchObject([{ do: "might-write", scope: { kind: "anywhere" } }]);
  });

  it.each<[string, string, ValueRecord, number]>([
    [
      "a KubeadmConfig for a control-plane machine",
      "kubernetes:bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig",
      { spec: { joinConfiguration: { controlPlane: {} }, files: [{ path: "/a", content: "" }] } },
      1,
    ],
    [
      "a KubeadmConfig for a worker",
      "kubernetes:bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig",
      { spec: { joinConfiguration: {}, files: [{ path: "/a", content: "" }] } },
      0,
    ],
    [
      "a KubeadmConfigTemplate for workers",
      "kubernetes:bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfigTemplate",
      { spec: { template: { spec: { files: [{ path: "/a", content: "" }] } } } },
      0,
    ],
  ])("%s", (_, type, inputs, count) => {
    expect(files(resourceOf(type, "a", inputs))).toHaveLength(count);
    expect(clusterApi.reads(type)).toBe(true);
  });
});

describe("its ClusterConfiguration is a kubeadm-config to check", () => {
  it("in the API of its release", () => {
    const found = clusterApiConfiguration(
      controlPlane({ clusterConfiguration: { etcd: { external: EXTERNAL }, apiServer: { extraArgs: {} } } }),
    );
    expect(found?.text.kind === "text" && load(found.text.text)).toEqual({
      apiVersion: "kubeadm.k8s.io/v1beta3",
      kind: "ClusterConfiguration",
      etcd: { external: EXTERNAL },
      kubernetesVersion: "v1.30.2",
    });
  });

  it("is unknown until the update where a part of etcd is", () => {
    const found = clusterApiConfiguration(
      controlPlane({ clusterConfiguration: { etcd: { external: { ...EXTERNAL, endpoints: UNKNOWN } } } }),
    );
    expect(found?.text.kind).toBe("unknown-until-update");
  });

  it.each<[string, StackResource]>([
    ["a control plane without one", controlPlane({})],
    ["another resource", resourceOf("kubernetes:core/v1:ConfigMap", "a", {})],
  ])("%s carries none", (_, resource) => {
    expect(clusterApiConfiguration(resource)).toBeUndefined();
  });
});

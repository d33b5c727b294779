import { asset } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, unknown } from "../../pack/testing";
import { externalEtcd } from "../helpers/cluster";

const CA = "/etc/etcd/ca.pem";
const MASTERS = [
  { name: "master01", addresses: ["10.0.0.1"] },
  { name: "master02", addresses: ["10.0.0.2"] },
];

/** What a preview prints of a stack with this kubeadm-config that copies the CA to these hosts. */
async function printed(
  text: string,
  hosts: readonly string[],
  { name = "kubeadm-config", accept = [] as readonly object[] } = {},
): Promise<readonly string[]> {
  const clusters = [{ name: "prod", controlPlaneNodes: MASTERS }];
  const stack = new FakeStack({
    config: { "kubeadm-guard:clusters": clusters, "kubeadm-guard:accept": accept },
    now: new Date("2027-01-01T00:00:00Z"),
  });
  const metadata = { name, namespace: "kube-system" };
  stack.add("kubernetes:core/v1:ConfigMap", "shared", { metadata, data: { ClusterConfiguration: text } });
  for (const host of hosts)
    stack.add("command:remote:CopyToRemote", `ca-to-${host}`, {
      connection: { host },
      source: new asset.FileAsset("ca.pem"),
      remotePath: CA,
    });
  await stack.preview(kubeadmGuard());
  return stack.printed;
}

describe("a preview prints what it checked", () => {
  it("of a cluster in which nothing is wrong", async () => {
    expect(await printed(externalEtcd({ caFile: CA }), ["10.0.0.1", "10.0.0.2"])).toEqual([
      expect.stringMatching(
        /^kubeadm-guard: checked prod: 2 control-plane nodes from the settings, files from 2 resources; \d+ policies passed, .*do not apply/,
      ),
    ]);
  });

  it("and that no certificate was read where nothing shows one", async () => {
    const [line] = await printed(
      externalEtcd({ caFile: CA, certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem" }),
      ["10.0.0.1", "10.0.0.2"],
    );
    expect(line).toContain("no certificate was read, as nothing shows its content");
  });

  it("with the number of policies that found something", async () => {
    const [line] = await printed(externalEtcd({ caFile: CA }), ["10.0.0.1"]);
    expect(line).toMatch(/; \d+ policies passed, \d+ found something, /);
  });

  it("with the number of those that found only what is accepted", async () => {
    const accept = [
      { policy: "external-etcd-files-on-every-control-plane-node", reason: "rebuilt", until: "2027-03-31" },
    ];
    const [line] = await printed(externalEtcd({ caFile: CA }), ["10.0.0.1"], { accept });
    expect(line).toContain("1 found only what is accepted or known");
  });

  it("or that there was nothing to check: a ConfigMap of another name", async () => {
    expect(await printed(externalEtcd({ caFile: CA }), ["10.0.0.1"], { name: "kubeadm-configs" })).toEqual([
      "kubeadm-guard: this stack has no kubeadm-config, so nothing was checked",
      "kubeadm-guard: not checked: shared (kube-system/kubeadm-configs); of ConfigMaps kubeadm reads kube-system/kubeadm-config alone",
    ]);
  });

  it.each<[string, object, string]>([
    ["without a namespace", { name: "kubeadm-config" }, "other (default/kubeadm-config)"],
    ["without a name", { namespace: "kube-system" }, "other (kube-system/a name that Pulumi chooses)"],
    [
      "with an unknown name",
      { name: unknown, namespace: "kube-system" },
      "other (its name is unknown until the update)",
    ],
  ])("and that a ConfigMap %s is not the one that kubeadm reads", async (_, metadata, shown) => {
    const stack = new FakeStack({ config: {} });
    const data = { ClusterConfiguration: externalEtcd({ caFile: CA }) };
    stack.add("kubernetes:core/v1:ConfigMap", "kubeadm", {
      metadata: { name: "kubeadm-config", namespace: "kube-system" },
      data,
    });
    stack.add("kubernetes:core/v1:ConfigMap", "other", { metadata, data });
    await stack.preview(kubeadmGuard());
    expect(stack.printed).toEqual([
      expect.stringContaining("kubeadm-guard: checked "),
      `kubeadm-guard: not checked: ${shown}; of ConfigMaps kubeadm reads kube-system/kubeadm-config alone`,
    ]);
  });
});

import { asset } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { enoughControlPlaneNodes } from "../../examples/team-pack/enough-control-plane-nodes";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import type { KubeadmGuardOptions } from "../../pack/kubeadm-guard-options";
import { FakeStack, type FakeStackOptions, type FakeViolation, unknown } from "../../pack/testing";
import { externalEtcd } from "../helpers/cluster";

const PRESENCE = "external-etcd-files-on-every-control-plane-node";
const CA = "/etc/etcd/ca.pem";
const MASTERS = [
  { name: "master01", addresses: ["10.0.0.1"] },
  { name: "master02", addresses: ["10.0.0.2"] },
];
const CLUSTERS = { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: MASTERS }] };

/** A stack whose kubeadm-config names a CA, and that copies the CA to these hosts. */
function stackThatCopiesTo(hosts: readonly unknown[], options: FakeStackOptions = { config: CLUSTERS }): FakeStack {
  const stack = new FakeStack(options);
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd({ caFile: CA }) },
  });
  for (const [index, host] of hosts.entries())
    stack.add("command:remote:CopyToRemote", `ca-${index}`, {
      connection: { host },
      source: new asset.FileAsset("ca.pem"),
      remotePath: CA,
    });
  return stack;
}

const levels = (violations: readonly FakeViolation[], policy: string) =>
  violations.filter((one) => one.policy === policy).map(({ level }) => level);
const said = (violations: readonly FakeViolation[]) => violations.map(({ message }) => message).join("\n");

describe("a fake stack", () => {
  it("shows a pack what an engine would: copies by their host and their asset", async () => {
    const whole = await stackThatCopiesTo(["10.0.0.1", "10.0.0.2"]).preview(kubeadmGuard());
    expect(levels(whole, PRESENCE)).toEqual([]);
    const lacking = await stackThatCopiesTo(["10.0.0.1"]).preview(kubeadmGuard());
    expect(levels(lacking, PRESENCE)).toEqual(["mandatory"]);
    expect(said(lacking)).toContain("missing on master02");
  });

  it("gives violations the resource that they are about", async () => {
    const [first] = await stackThatCopiesTo(["10.0.0.1"]).preview(kubeadmGuard());
    expect(first?.urn).toBe("urn:pulumi:dev::project::kubernetes:core/v1:ConfigMap::shared");
  });

  it("has unknowns: a host that is not known before the update makes the file undecided", async () => {
    const violations = await stackThatCopiesTo(["10.0.0.1", unknown]).preview(kubeadmGuard());
    expect(levels(violations, PRESENCE)).toEqual(["advisory"]);
    expect(said(violations)).not.toContain("can't run policy");
  });

  it("has dependencies: a copy whose host comes from the machine of a node reaches that node", async () => {
    const clusters = [{ name: "prod", controlPlaneNodes: [{ name: "master01", resource: "vm" }] }];
    const stack = new FakeStack({ config: { "kubeadm-guard:clusters": clusters } });
    const vm = stack.add("openstack:compute/instance:Instance", "vm", { name: "master01" });
    const connection = { host: vm.output("accessIpV4") };
    stack.add("command:remote:CopyToRemote", "ca", {
      connection,
      source: new asset.FileAsset("ca.pem"),
      remotePath: CA,
    });
    stack.add("kubernetes:core/v1:ConfigMap", "shared", {
      metadata: { name: "kubeadm-config", namespace: "kube-system" },
      data: { ClusterConfiguration: externalEtcd({ caFile: CA }) },
    });
    expect(levels(await stack.preview(kubeadmGuard()), PRESENCE)).toEqual([]);
  });

  it("knows an output that it was told", async () => {
    const stack = new FakeStack();
    const vm = stack.add("openstack:compute/instance:Instance", "vm", {}, { outputs: { accessIpV4: "10.0.0.7" } });
    let seen: unknown;
    stack.add("command:remote:Command", "run", { connection: { host: vm.output("accessIpV4") } }, { dependsOn: [vm] });
    await stack.preview({
      policies: [
        {
          name: "see",
          description: "sees",
          validateStack: ({ resources }) => {
            const run = resources.find(({ name }) => name === "run");
            seen = [run?.props["connection"].host, run?.dependencies.map(({ name }) => name)];
          },
        },
      ],
    });
    expect(seen).toEqual(["10.0.0.7", ["vm"]]);
  });

  it("has no two resources of one name", () => {
    const stack = new FakeStack();
    stack.add("a:b:C", "x", {});
    expect(() => stack.add("a:b:C", "x", {})).toThrow("is there already");
  });
});

describe("a team's own pack", () => {
  const preview = (options: KubeadmGuardOptions, hosts: readonly unknown[] = ["10.0.0.1"]) =>
    stackThatCopiesTo(hosts).preview(kubeadmGuard(options));

  it.each<[string, KubeadmGuardOptions["levels"], readonly string[]]>([
    ["as they are", {}, ["mandatory"]],
    ["for all", { all: "advisory" }, ["advisory"]],
    ["for one, before all", { all: "mandatory", [PRESENCE]: "advisory" }, ["advisory"]],
    ["off", { [PRESENCE]: "disabled" }, []],
  ])("sets levels %s", async (_title, given, expected) => {
    expect(levels(await preview(given === undefined ? {} : { levels: given }), PRESENCE)).toEqual(expected);
  });

  it("has the last word on strictness", async () => {
    const config = {
      "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: MASTERS, undecided: "advisory" }],
    };
    const open = stackThatCopiesTo([], { config });
    const clusters = [{ name: "*", undecided: "mandatory" }] as const;
    expect(levels(await open.preview(kubeadmGuard({ clusters })), PRESENCE)).toEqual(["mandatory"]);
  });

  it("accepts what it says, and lets no stack accept what it forbids", async () => {
    const accept = [{ policy: PRESENCE, reason: "r", until: "2999-12-31" }];
    expect(levels(await preview({ accept }), PRESENCE)).toEqual(["advisory"]);
    const stack = stackThatCopiesTo(["10.0.0.1"], { config: { ...CLUSTERS, "kubeadm-guard:accept": accept } });
    const violations = await stack.preview(kubeadmGuard({ neverAccept: ["critical"] }));
    expect(levels(violations, PRESENCE)).toEqual(["mandatory"]);
    expect(said(violations)).toContain("forbidden by the pack's neverAccept");
  });

  it("accepts what is undecided for a reason, and lists it", async () => {
    const config = { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: MASTERS }] };
    const clusters = [{ name: "*", undecided: "mandatory" }] as const;
    const accept = [{ undecided: "no-file-evidence", reason: "by hand", until: "2999-12-31" }] as const;
    const open = (more: Readonly<Record<string, unknown>>, options: KubeadmGuardOptions) =>
      stackThatCopiesTo([], { config: { ...config, ...more } }).preview(kubeadmGuard({ clusters, ...options }));
    const inPack = await open({}, { accept });
    const inStack = await open({ "kubeadm-guard:accept": accept }, {});
    expect([inPack, inStack].map((all) => levels(all, PRESENCE))).toEqual([["advisory"], ["advisory"]]);
    const words = expect.stringContaining("accepted until 2999-12-31: by hand");
    expect([inPack, inStack].map(said)).toEqual([words, words]);
    expect(levels(await open({ "kubeadm-guard:accept": accept }, { neverAccept: ["critical"] }), PRESENCE)).toEqual([
      "mandatory",
    ]);
  });

  it("has policies of its own on the same clusters, which can be accepted like ours", async () => {
    const policies = [enoughControlPlaneNodes];
    const violations = await preview({ policies, levels: { "enough-control-plane-nodes": "mandatory" } });
    expect(levels(violations, "enough-control-plane-nodes")).toEqual(["mandatory"]);
    expect(said(violations)).toContain("The cluster has 2 control-plane nodes: master01, master02.");
    const accept = [{ policy: "enough-control-plane-nodes", reason: "a lab", until: "2999-12-31" }];
    const accepted = await preview({ policies, accept, levels: { "enough-control-plane-nodes": "mandatory" } });
    expect(levels(accepted, "enough-control-plane-nodes")).toEqual(["advisory"]);
  });

  it("has policies of the Pulumi SDK beside them", async () => {
    const pulumiPolicies: KubeadmGuardOptions["pulumiPolicies"] = [
      {
        name: "no-copies",
        description: "Nothing is copied.",
        validateResource: ({ type }, report) => (type.endsWith("CopyToRemote") ? report("It copies.") : undefined),
      },
    ];
    expect(levels(await preview({ pulumiPolicies }), "no-copies")).toEqual(["advisory"]);
  });

  it.each<[string, object, string]>([
    ["a policy in levels", { levels: { "kubeadm-config-vald": "mandatory" } }, "Did you mean kubeadm-config-valid?"],
    ["a level", { levels: { all: "mandatry" } }, "did you mean mandatory?"],
    ["an option", { level: {} }, "did you mean levels?"],
    ["a key of a cluster", { clusters: [{ name: "*", undecide: "mandatory" }] }, "did you mean undecided?"],
    ["a policy in neverAccept", { neverAccept: ["critcal"] }, "Did you mean critical?"],
  ])("says what was meant where %s is misspelt", async (_title, options, words) => {
    const violations = await stackThatCopiesTo(["10.0.0.1", "10.0.0.2"]).preview(kubeadmGuard(options));
    expect(violations.filter(({ level }) => level === "mandatory")).toMatchObject([
      { policy: "control-plane-nodes-known", message: expect.stringContaining(words) },
    ]);
  });
});

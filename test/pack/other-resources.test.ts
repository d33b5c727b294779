import { asset } from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, type FakeViolation, type Inputs, type Resource, unknown } from "../../pack/testing";
import { externalEtcd } from "../helpers/cluster";

const DIR = "/etc/ssl/etcd/ssl";
const CA = `${DIR}/ca.pem`;
const PRESENCE = "external-etcd-files-on-every-control-plane-node";
const MASTERS = ["master01", "master02", "master03"].map((name, index) => ({
  name,
  addresses: [`10.0.0.${index + 1}`],
  resource: name,
}));
const CONFIG = {
  "kubeadm-guard:clusters": [
    { name: "prod", controlPlaneNodes: MASTERS, etcdHosts: [{ name: "etcd01", addresses: ["10.0.0.11"] }] },
  ],
};

interface Program {
  readonly stack: FakeStack;
  readonly machines: readonly Resource[];
}

/** A program whose kubeadm-config names a CA, which it copies to master01 alone. */
function program(): Program {
  const stack = new FakeStack({ config: CONFIG });
  const machines = MASTERS.map(({ name }) => stack.add("openstack:compute/instance:Instance", name, { name }));
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd({ caFile: CA }) },
  });
  const connection = { host: "10.0.0.1" };
  stack.add("command:remote:CopyToRemote", "ca", { connection, source: new asset.FileAsset("ca.pem"), remotePath: CA });
  return { stack, machines };
}

/** The nodes on which the CA is missing for certain. */
async function missing(add: (program: Program) => void): Promise<string> {
  const one = program();
  add(one);
  return missingOf(await one.stack.preview(kubeadmGuard()));
}

function missingOf(violations: readonly FakeViolation[]): string {
  const refusals = violations.filter(({ policy, level }) => policy === PRESENCE && level === "mandatory");
  const lists = refusals.flatMap(
    ({ message }) => /missing on (.*?)(?:, undecided on|[.:;]|$)/m.exec(message)?.[1] ?? [],
  );
  return MASTERS.map(({ name }) => name)
    .filter((name) => lists.some((list) => list.includes(name)))
    .join(" ");
}

const BOTH = "master02 master03";
const DYNAMIC = "pulumi-nodejs:dynamic:Resource";

const of = (type: string, inputs: Inputs) => (one: Program) => {
  one.stack.add(type, "other", inputs);
};

describe("a resource of a type that nobody reads may have brought what it names", () => {
  it("nothing else: the file is missing on the nodes that get no copy", async () => {
    expect(await missing(() => undefined)).toBe(BOTH);
  });

  it.each<[string, (one: Program) => void, string]>([
    ["the path", of(DYNAMIC, { target: CA }), ""],
    ["its folder", of(DYNAMIC, { folder: `${DIR}/` }), ""],
    ["a folder above it", of("corp:index:Sync", { to: "/etc/ssl/etcd" }), ""],
    ["its name", of("corp:index:Files", { files: ["certs/ca.pem"] }), ""],
    ["the path inside a script", of(DYNAMIC, { script: `install -m 600 ca.pem ${CA}\n` }), ""],
    ["a pattern of paths", of(DYNAMIC, { files: `${DIR}/*.pem` }), ""],
    ["the path of a copied asset", of(DYNAMIC, { what: new asset.FileAsset("certs/ca.pem") }), ""],
    ["one node by address", of(DYNAMIC, { host: "10.0.0.2" }), "master03"],
    ["one node by name", of("corp:index:Node", { hostname: "MASTER03" }), "master02"],
    ["two nodes", of("ssh:index:Upload", { hosts: ["root@10.0.0.2:22", "10.0.0.3"] }), ""],
    [
      "one node and the path",
      of("baremetal:coreutils:Tee", { connection: { host: "10.0.0.2" }, files: [CA] }),
      "master03",
    ],
    [
      "an etcd host and the path",
      of("baremetal:coreutils:Tee", { connection: { host: "10.0.0.11" }, files: [CA] }),
      BOTH,
    ],
    ["a path elsewhere", of(DYNAMIC, { target: "/etc/motd" }), BOTH],
    ["another file of the folder", of(DYNAMIC, { target: `${DIR}/member.pem` }), BOTH],
    ["an absolute path of the same name elsewhere", of(DYNAMIC, { target: "/opt/app/ca.pem" }), BOTH],
    ["nothing", of(DYNAMIC, { greeting: "hello" }), BOTH],
    ["an address that only begins like a node's", of(DYNAMIC, { host: "10.0.0.22" }), BOTH],
    [
      "a machine that it comes from",
      ({ stack, machines }) => {
        stack.add(DYNAMIC, "other", { host: machines[2]?.output("accessIpV4") });
      },
      "master02",
    ],
    [
      "a machine that it waits for",
      ({ stack, machines }) => {
        stack.add("corp:index:Bootstrap", "other", {}, { dependsOn: machines.slice(1, 2) });
      },
      "master03",
    ],
    [
      "an address of a machine",
      ({ stack, machines }) => {
        const address = stack.add("openstack:networking/floatingIpAssociate:FloatingIpAssociate", "ip", {
          portId: machines[1]?.output("portId"),
        });
        stack.add(DYNAMIC, "other", { to: address.output("floatingIp") });
      },
      "master03",
    ],
  ])("it names %s", async (_, add, expected) => {
    expect(await missing(add)).toBe(expected);
  });

  it("is named", async () => {
    const one = program();
    one.stack.add(DYNAMIC, "upload-certificates", { host: "10.0.0.2", password: "hunter2-secret" });
    const messages = (await one.stack.preview(kubeadmGuard())).map(({ message }) => message).join("\n");
    expect(messages).toContain("upload-certificates");
    expect(messages).toContain(DYNAMIC);
    expect(messages).not.toContain("hunter2");
  });

  it("a component with resources in it does what these do", async () => {
    const add = ({ stack }: Program) => {
      const parent = stack.add("corp:index:ControlPlane", "plane", { nodes: ["master02"], certificates: DIR });
      stack.add("random:index/randomId:RandomId", "id", { byteLength: 4 }, { parent });
    };
    expect(await missing(add)).toBe(BOTH);
  });

  it("one without does what it names", async () => {
    expect(await missing(of("corp:index:ControlPlane", { certificates: DIR }))).toBe("");
  });
});

describe("a workload of Kubernetes may write to the folders of its node that it mounts", () => {
  const pod = (path: string, mount: Inputs = {}, rest: Inputs = {}) => ({
    volumes: [{ name: "host", hostPath: { path } }],
    containers: [{ name: "main", volumeMounts: [{ name: "host", mountPath: "/host", ...mount }] }],
    ...rest,
  });
  const template = (spec: unknown) => ({ spec: { template: { spec } } });

  it.each<[string, string, Inputs, string]>([
    ["a DaemonSet with the folder", "apps/v1:DaemonSet", template(pod(DIR)), ""],
    ["with a folder above it", "apps/v1:DaemonSet", template(pod("/etc")), ""],
    ["with the root of the node", "apps/v1:DaemonSet", template(pod("/")), ""],
    ["a Job", "batch/v1:Job", template(pod(DIR)), ""],
    ["a CronJob", "batch/v1:CronJob", { spec: { jobTemplate: template(pod(DIR)) } }, ""],
    ["a Pod", "core/v1:Pod", { spec: pod(DIR) }, ""],
    ["a Pod of one node", "core/v1:Pod", { spec: pod(DIR, {}, { nodeName: "master03" }) }, "master02"],
    ["a Deployment", "apps/v1:Deployment", template(pod(DIR)), ""],
    ["a mount that only reads", "apps/v1:DaemonSet", template(pod("/", { readOnly: true })), BOTH],
    ["a folder beside it", "apps/v1:DaemonSet", template(pod("/etc/cni")), BOTH],
    ["a part of the root beside it", "apps/v1:DaemonSet", template(pod("/", { subPath: "var/log" })), BOTH],
    [
      "a volume that no container mounts",
      "core/v1:Pod",
      { spec: { ...pod(DIR), containers: [{ name: "main" }] } },
      BOTH,
    ],
    [
      "a volume of another kind",
      "core/v1:Pod",
      { spec: { ...pod(DIR), volumes: [{ name: "host", emptyDir: {} }] } },
      BOTH,
    ],
    [
      "a privileged one that enters the node",
      "apps/v1:DaemonSet",
      template({
        hostPID: true,
        containers: [{ command: ["nsenter", "-t1", "-m", "sh"], securityContext: { privileged: true } }],
      }),
      "",
    ],
    [
      "a privileged one that does not",
      "apps/v1:DaemonSet",
      template({ containers: [{ securityContext: { privileged: true } }] }),
      BOTH,
    ],
  ])("%s", async (_, type, inputs, expected) => {
    expect(await missing(of(`kubernetes:${type}`, inputs))).toBe(expected);
  });

  it.each<[string, string, Inputs, string]>([
    ["a chart with the folder among its values", "helm.sh/v3:Release", { values: { certs: DIR } }, ""],
    ["a chart with a node's address", "helm.sh/v3:Release", { values: { k8sServiceHost: "10.0.0.2" } }, BOTH],
    ["a custom resource with the path", "acme.example/v1:NodeFiles", { spec: { files: [{ path: CA }] } }, ""],
    ["a ConfigMap with a script", "core/v1:ConfigMap", { data: { script: `cp ca.pem ${CA}` } }, BOTH],
    ["a Secret", "core/v1:Secret", { stringData: { "ca.pem": "x", where: CA } }, BOTH],
    ["a network policy with addresses", "networking.k8s.io/v1:NetworkPolicy", { spec: { ip: "10.0.0.2" } }, BOTH],
  ])("%s", async (_, type, inputs, expected) => {
    expect(await missing(of(`kubernetes:${type}`, inputs))).toBe(expected);
  });
});

describe("what cannot write files of machines", () => {
  const names = { name: CA, value: "10.0.0.2", records: ["10.0.0.3"], path: DIR };

  it.each([
    "random:index/randomPet:RandomPet",
    "aws:s3/bucketObject:BucketObject",
    "aws:ssm/parameter:Parameter",
    "aws:route53/record:Record",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "cloudflare:index/record:Record",
    "openstack:loadbalancer/member:Member",
    "hcloud:index/loadBalancerTarget:LoadBalancerTarget",
    "azure-native:network:RecordSet",
    "gcp:dns/recordSet:RecordSet",
    "vault:generic/secret:Secret",
    "grafana:oss/dashboard:Dashboard",
    "local:index/file:File",
    "pulumi:providers:docker",
    "pulumi:pulumi:StackReference",
  ])("%s loses no refusal", async (type) => {
    expect(await missing(of(type, names))).toBe(BOTH);
  });

  it.each([
    "aws:ssm/association:Association",
    "azure:compute/virtualMachineExtension:VirtualMachineExtension",
    "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
    "gcp:osconfig/osPolicyAssignment:OsPolicyAssignment",
  ])("but %s may", async (type) => {
    expect(await missing(of(type, names))).toBe("");
  });
});

describe("a resource that names neither the file nor a node", () => {
  const word = fc.constantFrom("hello", "/healthz", "10.9.9.9", "etcd01", "/var/log/app.log", "prod", "ca", "443", "/");
  const value = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(unknown), fc.array(word, { maxLength: 3 }));
  const inputs = fc.dictionary(fc.constantFrom("a", "path", "host", "name", "spec"), value, { maxKeys: 4 });
  const type = fc.constantFrom(
    DYNAMIC,
    "corp:index:Thing",
    "null:index/resource:Resource",
    "random:index/randomId:RandomId",
    "kubernetes:apps/v1:DaemonSet",
    "kubernetes:helm.sh/v3:Release",
    "docker:index/container:Container",
    "aws:s3/bucket:Bucket",
  );

  it("never takes a refusal away and never makes one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(type, inputs), { minLength: 1, maxLength: 3 }), async (others) => {
        const add = ({ stack }: Program) => {
          for (const [index, [one, given]] of others.entries()) stack.add(one, `other-${index}`, given);
        };
        expect(await missing(add)).toBe(BOTH);
      }),
      { numRuns: 25 },
    );
  });
});

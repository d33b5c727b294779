import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading } from "../../../evidence/reader";
import type { StackResource } from "../../../evidence/stack-resource";
import { templatesInUse } from "../../../evidence/user-data/templates-in-use";
import { userData } from "../../../evidence/user-data/user-data";
import {
  isMachineType,
  machineFacts,
  USER_DATA_SOURCES,
  userDataSourceOf,
} from "../../../evidence/user-data/user-data-sources";
import type { ValueRecord } from "../../../evidence/value";
import { reasonText } from "../../../reasons/reason-texts";
import { UNKNOWN } from "../../../shell/unknown";
import { findIn, resourceOf } from "./resources";

const CONFIG = "#cloud-config\nwrite_files: [{path: /etc/ssl/etcd/ca.pem, content: CA}]\nruncmd: [kubeadm init]\n";
const IN_BASE64 = Buffer.from(CONFIG).toString("base64");
const IGNITION = JSON.stringify({
  ignition: { version: "3.4.0" },
  storage: { files: [{ path: "/etc/ssl/etcd/ca.pem", contents: { source: "data:,CA" } }] },
});

function read(resource: StackResource, ...others: readonly StackResource[]): Reading {
  return userData.read(resource, findIn(resource, ...others));
}

/** The paths that a resource's user data puts on its machine, or why they are not known. */
function outcome({ evidence }: Reading): readonly string[] {
  return evidence.flatMap(({ operations }) =>
    operations.map((one) =>
      one.do === "put" && one.to.kind === "file"
        ? one.to.path
        : one.do === "might-write"
          ? reasonText(one.reason)
          : one.do,
    ),
  );
}

/** One machine or group for each row of the table of user-data sources, with the user data where that cloud has it. */
const machines: readonly (readonly [type: string, inputs: ValueRecord])[] = [
  ["aws:ec2/instance:Instance", { userData: CONFIG }],
  ["aws:ec2/instance:Instance", { userData: IN_BASE64 }],
  ["aws:ec2/instance:Instance", { userDataBase64: gzipSync(CONFIG).toString("base64") }],
  ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", { userData: CONFIG }],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", { userData: CONFIG }],
  ["aws:ec2/launchTemplate:LaunchTemplate", { userData: IN_BASE64 }],
  ["aws-native:ec2:Instance", { userData: IN_BASE64 }],
  ["aws-native:ec2:LaunchTemplate", { launchTemplateData: { userData: IN_BASE64 } }],
  ["openstack:compute/instance:Instance", { userData: CONFIG }],
  [
    "vsphere:index/virtualMachine:VirtualMachine",
    { extraConfig: { "guestinfo.userdata": IN_BASE64, "guestinfo.userdata.encoding": "base64" } },
  ],
  [
    "vsphere:index/virtualMachine:VirtualMachine",
    {
      extraConfig: {
        "guestinfo.userdata": gzipSync(CONFIG).toString("base64"),
        "guestinfo.userdata.encoding": "gzip+base64",
      },
    },
  ],
  ["vsphere:index/virtualMachine:VirtualMachine", { extraConfig: { "guestinfo.userdata": CONFIG } }],
  ["vsphere:index/virtualMachine:VirtualMachine", { extraConfig: { "guestinfo.vendordata": CONFIG } }],
  ["vsphere:index/virtualMachine:VirtualMachine", { vapp: { properties: { "user-data": IN_BASE64 } } }],
  ["hcloud:index/server:Server", { userData: CONFIG }],
  ["digitalocean:index/droplet:Droplet", { userData: CONFIG }],
  ["gcp:compute/instance:Instance", { metadata: { "user-data": CONFIG } }],
  ["gcp:compute/instanceFromTemplate:InstanceFromTemplate", { metadata: { "user-data": CONFIG } }],
  ["gcp:compute/instanceTemplate:InstanceTemplate", { metadata: { "user-data": CONFIG } }],
  ["gcp:compute/regionInstanceTemplate:RegionInstanceTemplate", { metadata: { "user-data": CONFIG } }],
  ["azure:compute/linuxVirtualMachine:LinuxVirtualMachine", { customData: IN_BASE64 }],
  ["azure:compute/linuxVirtualMachine:LinuxVirtualMachine", { userData: IN_BASE64 }],
  ["azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet", { customData: IN_BASE64 }],
  [
    "azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet",
    { osProfile: { customData: IN_BASE64 } },
  ],
  ["azure:compute/virtualMachine:VirtualMachine", { osProfile: { customData: CONFIG } }],
  ["azure-native:compute:VirtualMachine", { osProfile: { customData: IN_BASE64 } }],
  ["azure-native:compute/v20240701:VirtualMachine", { userData: IN_BASE64 }],
  [
    "azure-native:compute/v20230901:VirtualMachineScaleSet",
    { virtualMachineProfile: { osProfile: { customData: IN_BASE64 } } },
  ],
  ["equinix:metal/device:Device", { userData: CONFIG }],
  ["linode:index/instance:Instance", { metadatas: [{ userData: IN_BASE64 }] }],
  ["scaleway:instance/server:Server", { userData: { "cloud-init": CONFIG } }],
  ["scaleway:index/instanceServer:InstanceServer", { cloudInit: CONFIG }],
  ["vultr:index/instance:Instance", { userData: CONFIG }],
  ["vultr:index/bareMetalServer:BareMetalServer", { userData: CONFIG }],
  ["oci:Core/instance:Instance", { metadata: { user_data: IN_BASE64 } }],
  [
    "oci:Core/instanceConfiguration:InstanceConfiguration",
    { instanceDetails: { launchDetails: { metadata: { user_data: IN_BASE64 } } } },
  ],
  ["exoscale:index/computeInstance:ComputeInstance", { userData: CONFIG }],
  ["exoscale:index/instancePool:InstancePool", { userData: CONFIG }],
];

describe("user data is found where each cloud has it", () => {
  it.each(machines)("%s, case %#", (type, inputs) => {
    const resource = resourceOf(type, "master01", inputs);
    const reading = read(resource);
    expect(userData.reads(type)).toBe(true);
    expect(reading.evidence).toEqual([
      {
        source: { name: "master01", kind: type, urn: resource.urn },
        machine: { by: "resource", urn: resource.urn },
        operations: [
          {
            do: "put",
            to: { kind: "file", path: "/etc/ssl/etcd/ca.pem" },
            content: { kind: "text", text: "CA" },
            mode: "0644",
          },
        ],
      },
    ]);
    expect(reading.kubeadmRuns).toMatchObject([{ command: "init", machine: { by: "resource", urn: resource.urn } }]);
  });

  it("the table of user-data sources has no row without such a machine, or a machine that points to it", () => {
    const shown = [
      ...machines.map(([type]) => type),
      ...pointing.flatMap(([, one]) => [one.machine, ...one.others].map((all) => all.type)),
    ];
    const bare = ["kubernetes:controlplane.cluster.x-k8s.io/v1beta1:KubeadmControlPlane"];
    const rows = [...shown, ...bare].map(userDataSourceOf);
    expect(USER_DATA_SOURCES.filter((row) => !rows.includes(row)).map((row) => row.type.source)).toEqual([]);
  });
});

interface Pointing {
  readonly machine: StackResource;
  readonly others: readonly StackResource[];
}

function pair(type: string, inputs: ValueRecord, property: string, other: StackResource): Pointing {
  return { machine: resourceOf(type, "masters", inputs, { from: { [property]: [other] } }), others: [other] };
}

const template = resourceOf("aws:ec2/launchTemplate:LaunchTemplate", "masters-template", { userData: IN_BASE64 });
const snippet = resourceOf("proxmoxve:Storage/file:File", "masters-user-data", {
  contentType: "snippets",
  sourceRaw: { data: CONFIG, fileName: "u.yaml" },
});
const disk = resourceOf("libvirt:index/cloudInitDisk:CloudInitDisk", "masters-disk", { userData: CONFIG });
const newDisk = resourceOf("libvirt:index/cloudinitDisk:CloudinitDisk", "masters-disk", { userData: CONFIG });
const volume = resourceOf("libvirt:index/volume:Volume", "masters-volume", {}, { from: { create: [newDisk] } });

/** Machines made from a template, which would be a machine of its own if no other used it. */
const byTemplate: readonly (readonly [string, Pointing])[] = [
  [
    "an autoscaling group by its launch template",
    pair("aws:autoscaling/group:Group", { launchTemplate: { id: UNKNOWN } }, "launchTemplate", template),
  ],
  [
    "an autoscaling group by a policy of mixed instances",
    pair("aws:autoscaling/group:Group", { mixedInstancesPolicy: UNKNOWN }, "mixedInstancesPolicy", template),
  ],
  [
    "an autoscaling group by its launch configuration",
    pair(
      "aws:autoscaling/group:Group",
      { launchConfiguration: UNKNOWN },
      "launchConfiguration",
      resourceOf("aws:ec2/launchConfiguration:LaunchConfiguration", "lc", { userData: CONFIG }),
    ),
  ],
  [
    "an instance by a launch template",
    pair("aws:ec2/instance:Instance", { launchTemplate: { id: UNKNOWN } }, "launchTemplate", template),
  ],
  [
    "an autoscaling group of aws-native",
    pair(
      "aws-native:autoscaling:AutoScalingGroup",
      { launchTemplate: UNKNOWN },
      "launchTemplate",
      resourceOf("aws-native:ec2:LaunchTemplate", "t", { launchTemplateData: { userData: IN_BASE64 } }),
    ),
  ],
  [
    "an instance group manager",
    pair(
      "gcp:compute/instanceGroupManager:InstanceGroupManager",
      { versions: [{ instanceTemplate: UNKNOWN }] },
      "versions",
      resourceOf("gcp:compute/instanceTemplate:InstanceTemplate", "t", { metadata: { "user-data": CONFIG } }),
    ),
  ],
  [
    "an instance pool",
    pair(
      "oci:Core/instancePool:InstancePool",
      { instanceConfigurationId: UNKNOWN },
      "instanceConfigurationId",
      resourceOf("oci:Core/instanceConfiguration:InstanceConfiguration", "t", {
        instanceDetails: { launchDetails: { metadata: { user_data: IN_BASE64 } } },
      }),
    ),
  ],
];

/** Machines with user data in a resource that is never a machine. */
const byFragment: readonly (readonly [string, Pointing])[] = [
  ["a domain by its cloud-init disk", pair("libvirt:index/domain:Domain", { cloudinit: UNKNOWN }, "cloudinit", disk)],
  [
    "a domain by its Ignition",
    pair(
      "libvirt:index/domain:Domain",
      { coreosIgnition: UNKNOWN },
      "coreosIgnition",
      resourceOf("libvirt:index/ignition:Ignition", "i", { content: IGNITION }),
    ),
  ],
  [
    "a domain by a volume made from its cloud-init disk",
    {
      machine: resourceOf("libvirt:index/domain:Domain", "masters", { devices: {} }, { from: { devices: [volume] } }),
      others: [volume, newDisk],
    },
  ],
  [
    "a virtual machine by its snippet",
    pair(
      "proxmoxve:VM/virtualMachine:VirtualMachine",
      { initialization: { userDataFileId: UNKNOWN } },
      "initialization",
      snippet,
    ),
  ],
  [
    "a virtual machine of proxmoxve 8 by its snippet",
    pair(
      "proxmoxve:index/vmLegacy:VmLegacy",
      { initialization: { userDataFileId: UNKNOWN } },
      "initialization",
      resourceOf("proxmoxve:index/fileLegacy:FileLegacy", "f", { sourceRaw: { data: CONFIG, fileName: "u.yaml" } }),
    ),
  ],
];

const pointing = [...byTemplate, ...byFragment];

describe("user data is found through the resources that carry it", () => {
  it.each(pointing)("%s", (_, { machine, others }) => {
    const { evidence } = read(machine, ...others);
    expect(outcome({ evidence, kubeadmRuns: [] })).toEqual(["/etc/ssl/etcd/ca.pem"]);
    expect(evidence).toMatchObject([{ machine: { by: "resource", urn: machine.urn }, source: { urn: machine.urn } }]);
  });

  it.each(byTemplate)("%s: its template is not a second machine", (_, { machine, others }) => {
    expect(others.map(({ type }) => isMachineType(type))).toEqual([true]);
    expect([...templatesInUse([machine, ...others], findIn(machine, ...others))]).toEqual(others.map(({ urn }) => urn));
  });

  it.each(byFragment)("%s: what carries it is never a machine", (_, { machine, others }) => {
    expect(others.filter(({ type }) => isMachineType(type))).toEqual([]);
    expect([...templatesInUse([machine, ...others], findIn(machine, ...others))]).toEqual([]);
  });

  it("an instance's own user data wins over its template's", () => {
    const machine = resourceOf(
      "aws:ec2/instance:Instance",
      "a",
      { userData: "#!/bin/sh\n", launchTemplate: { id: "lt" } },
      { from: { launchTemplate: [template] } },
    );
    expect(outcome(read(machine, template))).toEqual([]);
  });

  it("of several snippets the one that the machine names", () => {
    const other = resourceOf(
      "proxmoxve:Storage/file:File",
      "vendor",
      { sourceRaw: { data: "#!/bin/sh\n" } },
      { outputs: { id: "local:snippets/v" } },
    );
    const meant = { ...snippet, outputs: { ...snippet.outputs, id: "local:snippets/u" } };
    const machine = resourceOf(
      "proxmoxve:VM/virtualMachine:VirtualMachine",
      "a",
      { initialization: { userDataFileId: "local:snippets/u" } },
      { from: { initialization: [other, meant] } },
    );
    expect(outcome(read(machine, other, meant))).toEqual(["/etc/ssl/etcd/ca.pem"]);
  });

  it("of several snippets without ids the one that reads as user data", () => {
    const meta = resourceOf("proxmoxve:Storage/file:File", "meta", {
      sourceRaw: { data: "local-hostname: master01\n" },
    });
    const machine = resourceOf(
      "proxmoxve:VM/virtualMachine:VirtualMachine",
      "a",
      { initialization: { userDataFileId: UNKNOWN } },
      { from: { initialization: [meta, snippet] } },
    );
    expect(outcome(read(machine, meta, snippet))).toEqual(["/etc/ssl/etcd/ca.pem"]);
  });

  it.each<[string, StackResource, string]>([
    [
      "a template by a literal id",
      resourceOf("aws:autoscaling/group:Group", "a", { launchTemplate: { id: "lt-1" } }),
      "its launchTemplate refers to user data that is not in this stack",
    ],
    [
      "a snippet by a literal id",
      resourceOf("proxmoxve:VM/virtualMachine:VirtualMachine", "a", {
        initialization: { userDataFileId: "local:snippets/u" },
      }),
      "its initialization refers to user data that is not in this stack",
    ],
  ])("%s leaves files undecided", (_, machine, why) => {
    expect(outcome(read(machine))).toEqual([why]);
  });

  it.each<[string, StackResource]>([
    ["a machine without user data", resourceOf("hcloud:index/server:Server", "a", { name: "a" })],
    [
      "a virtual machine with addresses only",
      resourceOf("proxmoxve:VM/virtualMachine:VirtualMachine", "a", { initialization: { ipConfigs: [] } }),
    ],
    ["a domain with disks only", resourceOf("libvirt:index/domain:Domain", "a", { devices: { disks: [] } })],
    ["a user-data source by itself", disk],
    ["empty user data", resourceOf("hcloud:index/server:Server", "a", { userData: "" })],
  ])("%s says nothing", (_, machine) => {
    expect(read(machine)).toEqual({ evidence: [], kubeadmRuns: [] });
  });
});

describe("what is not known leaves files undecided, and says why", () => {
  const ca = resourceOf("tls:index/selfSignedCert:SelfSignedCert", "etcd-ca", {});
  it.each<[string, StackResource, string]>([
    [
      "user data that waits for a certificate",
      resourceOf("hcloud:index/server:Server", "a", { userData: UNKNOWN }, { from: { userData: [ca] } }),
      "its user data is not known before the update (it waits for etcd-ca)",
    ],
    [
      "metadata unknown as a whole",
      resourceOf("gcp:compute/instance:Instance", "a", { metadata: UNKNOWN }),
      "its user data is not known before the update",
    ],
    [
      "a hash in the state",
      resourceOf(
        "hcloud:index/server:Server",
        "a",
        { name: "a" },
        { outputs: { userData: "X03MO1qnZdYdgyfeuILPmQ+hy0k=" } },
      ),
      "its user data is shown only as a hash",
    ],
    [
      "an encoding that nobody knows",
      resourceOf("vsphere:index/virtualMachine:VirtualMachine", "a", {
        extraConfig: { "guestinfo.userdata": "x", "guestinfo.userdata.encoding": "rot13" },
      }),
      "the encoding of its user data is not known",
    ],
    [
      "a snippet from a file",
      resourceOf("hcloud:index/server:Server", "a", { userData: 3 }),
      "its user data is not text",
    ],
    [
      "a machine that --target left out",
      resourceOf("hcloud:index/server:Server", "a", {}),
      "it was left out of this run (--target)",
    ],
  ])("%s", (_, machine, why) => {
    expect(outcome(read(machine, ca))).toEqual([why]);
  });

  it("a snippet whose text is in a file", () => {
    const file = resourceOf("proxmoxve:Storage/file:File", "f", { sourceFile: { path: "user-data.yaml" } });
    const machine = resourceOf(
      "proxmoxve:VM/virtualMachine:VirtualMachine",
      "a",
      { initialization: { userDataFileId: "x" } },
      { from: { initialization: [file] } },
    );
    expect(outcome(read(machine, file))).toEqual(["its user data is a file that the program does not show"]);
  });

  it("inputs are preferred to outputs, which may hide them", () => {
    const machine = resourceOf(
      "hcloud:index/server:Server",
      "a",
      { userData: CONFIG },
      { outputs: { userData: "X03MO1qnZdYdgyfeuILPmQ+hy0k=" } },
    );
    expect(outcome(read(machine))).toEqual(["/etc/ssl/etcd/ca.pem"]);
  });

  it("Google's startup script runs after cloud-init, also without a #! line", () => {
    const machine = resourceOf("gcp:compute/instance:Instance", "a", {
      metadata: { "user-data": CONFIG },
      metadataStartupScript: "echo x > /x\n",
    });
    expect(outcome(read(machine))).toEqual(["/etc/ssl/etcd/ca.pem", "/x"]);
  });

  it("vendor data runs before the user's own, and gives way to it", () => {
    const machine = resourceOf("vsphere:index/virtualMachine:VirtualMachine", "a", {
      extraConfig: {
        "guestinfo.userdata": "#!/bin/sh\necho u > /u\n",
        "guestinfo.vendordata": "#!/bin/sh\necho v > /v\n",
      },
    });
    expect(outcome(read(machine))).toEqual(["/v", "/u"]);
  });
});

describe("a machine says what it is called, where it is, and how many it is", () => {
  it.each<[string, StackResource, unknown]>([
    [
      "an instance of aws",
      resourceOf(
        "aws:ec2/instance:Instance",
        "a",
        { tags: { Name: "master01" } },
        {
          outputs: {
            tags: { Name: "master01" },
            privateIp: "10.0.0.1",
            publicIp: "",
            privateDns: "ip-10-0-0-1.ec2.internal",
          },
        },
      ),
      {
        names: ["master01", "ip-10-0-0-1.ec2.internal"],
        addresses: ["10.0.0.1", "ip-10-0-0-1.ec2.internal"],
        group: undefined,
      },
    ],
    [
      "a virtual machine of proxmox with its network's length",
      resourceOf(
        "proxmoxve:VM/virtualMachine:VirtualMachine",
        "a",
        { name: "m1", initialization: { ipConfigs: [{ ipv4: { address: "10.0.0.1/24" } }] } },
        { outputs: { ipv4Addresses: [["127.0.0.1"], ["10.0.0.1"]] } },
      ),
      { names: ["m1"], addresses: ["10.0.0.1"], group: undefined },
    ],
    [
      "a virtual machine whose address is unknown until the update",
      resourceOf("hcloud:index/server:Server", "a", { name: "m1" }, { outputs: { name: "m1", ipv4Address: UNKNOWN } }),
      { names: ["m1"], addresses: [], group: undefined },
    ],
    [
      "a scaling group",
      resourceOf("aws:autoscaling/group:Group", "a", { desiredCapacity: 3, minSize: 1 }),
      { names: [], addresses: [], group: { size: 3 } },
    ],
    [
      "a scaling group whose size is a text",
      resourceOf("aws-native:autoscaling:AutoScalingGroup", "a", { minSize: "5" }),
      { names: [], addresses: [], group: { size: 5 } },
    ],
    [
      "a scaling group whose size is unknown until the update",
      resourceOf("azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet", "a", { instances: UNKNOWN }),
      { names: [], addresses: [], group: { size: undefined } },
    ],
    ["a launch template", template, { names: [], addresses: [], group: { size: undefined } }],
    [
      "a Cluster API control plane",
      resourceOf("kubernetes:controlplane.cluster.x-k8s.io/v1beta1:KubeadmControlPlane", "a", {
        metadata: { name: "prod-cp" },
        spec: { replicas: 3 },
      }),
      { names: ["prod-cp"], addresses: [], group: { size: 3 } },
    ],
    ["a cloud-init disk is not a machine", disk, undefined],
    ["a bucket is not a machine", resourceOf("aws:s3/bucket:Bucket", "a", {}), undefined],
  ])("%s", (_, resource, expected) => {
    expect(machineFacts(resource)).toEqual(expected);
  });
});

describe("whatever the properties, it reads", () => {
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(UNKNOWN, null, undefined, true, 3, "", CONFIG, IN_BASE64, "#cloud-config\nruncmd: 3", "[secret]"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          "userData",
          "metadata",
          "user-data",
          "osProfile",
          "customData",
          "launchTemplate",
          "initialization",
        ),
        tie("value"),
      ),
    ),
  })).value;

  it("never throws", () => {
    const types = machines.map(([type]) => type);
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.dictionary(
          fc.constantFrom(
            "userData",
            "customData",
            "metadata",
            "osProfile",
            "extraConfig",
            "vapp",
            "launchTemplate",
            "initialization",
            "devices",
          ),
          value,
        ),
        (type, inputs) => {
          const resource = resourceOf(type, "a", toRecord(inputs));
          read(resource);
          machineFacts(resource);
        },
      ),
    );
  });
});

/** fast-check's values as the pack's own kinds of values. */
function toRecord(inputs: Readonly<Record<string, unknown>>): ValueRecord {
  return Object.fromEntries(Object.entries(inputs).map(([key, one]) => [key, toValue(one)]));
}

function toValue(value: unknown): ValueRecord[string] {
  if (value === UNKNOWN) return UNKNOWN;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(toValue);
  return typeof value === "object" && value !== null ? toRecord({ ...value }) : undefined;
}

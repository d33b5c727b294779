import type { StackResource } from "../stack-resource";
import { type Path, textsAt, valuesAt } from "./property-paths";

/** A property that holds user data. */
export interface UserDataSlot {
  readonly path: Path;
  /** `by-key`: as the property at `encodingAt` says (`base64`, `gzip+base64`, absent = plain). */
  readonly encoding: "plain" | "base64" | "by-key";
  readonly encodingAt?: Path;
  /** A script that another agent than cloud-init runs, or what the platform adds to the user's own data. */
  readonly role?: "script" | "vendor-data";
}

/** A property that refers to another resource of the table, whose user data the machine gets. */
export interface Pointer {
  /** The top-level input by whose dependencies the other resource is found. */
  readonly property: string;
  /** Where the reference is, if deeper: without a value there, nothing is pointed to. */
  readonly at?: Path;
  /** The property also refers to resources that are not user data; finding none leaves nothing undecided. */
  readonly alsoOthers?: true;
}

/** One type of resource that is a machine, makes machines, or holds what they get. */
export interface UserDataSource {
  readonly type: RegExp;
  /** A `template` makes machines through a group; a `fragment` is user data that a machine points to. */
  readonly makes: "machine" | "group" | "template" | "fragment";
  readonly userData: readonly UserDataSlot[];
  /** Only the first slot that is set counts. */
  readonly firstOnly?: true;
  readonly pointers?: readonly Pointer[];
  /** Where its names are. */
  readonly names: readonly Path[];
  /** Where its addresses are, DNS names that the platform gives it among them. */
  readonly addresses: readonly Path[];
  /** Where the number of machines of a group is; the first that is set counts. */
  readonly size?: readonly Path[];
}

/** What a resource says of the machine, or the group of machines, that it makes. */
export interface MachineProperties {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly group: { readonly size: number | undefined } | undefined;
}

/** The row for a type token. */
export function userDataSourceOf(type: string): UserDataSource | undefined {
  return USER_DATA_SOURCES.find((source) => source.type.test(type));
}

/** True for the types of machines, templates and groups; false for fragments, which are not machines. */
export function isMachineType(type: string): boolean {
  const makes = userDataSourceOf(type)?.makes;
  return makes !== undefined && makes !== "fragment";
}

/** The machine or group that a resource makes; `undefined` for all other resources. */
export function machineFacts(resource: StackResource): MachineProperties | undefined {
  const source = userDataSourceOf(resource.type);
  if (source === undefined || source.makes === "fragment") return undefined;
  return {
    names: unique(source.names.flatMap((path) => textsAt(resource, path))),
    addresses: unique(source.addresses.flatMap((path) => textsAt(resource, path)).map(withoutPrefix)).filter(isItsOwn),
    group: source.makes === "machine" ? undefined : { size: sizeOf(resource, source) },
  };
}

function sizeOf(resource: StackResource, source: UserDataSource): number | undefined {
  const [first] = (source.size ?? []).flatMap((path) => valuesAt(resource, path));
  const size = typeof first === "string" && /^\d+$/.test(first) ? Number(first) : first;
  return typeof size === "number" ? size : undefined;
}

/** Some providers give an address with the length of its network: `10.0.0.1/24`. */
function withoutPrefix(address: string): string {
  return address.replace(/\/\d+$/, "");
}

/** Guest agents list loopback and link-local addresses too, which every machine has. */
function isItsOwn(address: string): boolean {
  return !/^(127\.|::1$|fe80:)/i.test(address);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== ""))];
}

function plain(...path: Path): UserDataSlot {
  return { path, encoding: "plain" };
}

function base64(...path: Path): UserDataSlot {
  return { path, encoding: "base64" };
}

const AWS_INSTANCE: Omit<UserDataSource, "type"> = {
  makes: "machine",
  userData: [plain("userData"), base64("userDataBase64")],
  firstOnly: true,
  pointers: [{ property: "launchTemplate" }],
  names: [["tags", "Name"], ["tagsAll", "Name"], ["privateDns"]],
  addresses: [
    ["privateIp"],
    ["publicIp"],
    ["privateDns"],
    ["publicDns"],
    ["ipv6Addresses", "*"],
    ["secondaryPrivateIps", "*"],
  ],
};

const GCP_METADATA: readonly UserDataSlot[] = [
  plain("metadata", "user-data"),
  { path: ["metadata", "startup-script"], encoding: "plain", role: "script" },
  { path: ["metadataStartupScript"], encoding: "plain", role: "script" },
];

const AZURE_MACHINE: Omit<UserDataSource, "type"> = {
  makes: "machine",
  // cloud-init takes userData only where there is no customData (DataSourceAzure.py, 2026-08).
  userData: [base64("customData"), base64("userData")],
  firstOnly: true,
  names: [["computerName"], ["name"]],
  addresses: [["privateIpAddresses", "*"], ["publicIpAddresses", "*"], ["privateIpAddress"], ["publicIpAddress"]],
};

const PROXMOX_MACHINE: Omit<UserDataSource, "type"> = {
  makes: "machine",
  userData: [],
  pointers: [{ property: "initialization", at: ["initialization", "userDataFileId"] }],
  names: [["name"]],
  addresses: [
    ["ipv4Addresses", "*", "*"],
    ["ipv6Addresses", "*", "*"],
    ["initialization", "ipConfigs", "*", "ipv4", "address"],
    ["initialization", "ipConfigs", "*", "ipv6", "address"],
  ],
};

const PROXMOX_FILE: Omit<UserDataSource, "type"> = {
  makes: "fragment",
  userData: [plain("sourceRaw", "data"), plain("sourceFile", "path")],
  firstOnly: true,
  names: [],
  addresses: [],
};

const LIBVIRT_DISK: Omit<UserDataSource, "type"> = {
  makes: "fragment",
  userData: [plain("userData")],
  names: [],
  addresses: [],
};

/**
 * Every source of user data, and every type of machine, one row each. Property names are those of the providers' Node
 * SDKs; exoscale, vultr, equinix and proxmoxve were looked up there in 2026-11, Azure's order
 * and cloud-init's vSphere keys in cloud-init. Adding a cloud is adding a row, and a row in the test's table.
 */
export const USER_DATA_SOURCES: readonly UserDataSource[] = [
  { ...AWS_INSTANCE, type: /^aws:ec2\/(instance:Instance|spotInstanceRequest:SpotInstanceRequest)$/ },
  {
    type: /^aws:ec2\/launchConfiguration:LaunchConfiguration$/,
    makes: "template",
    userData: [plain("userData"), base64("userDataBase64")],
    firstOnly: true,
    names: [["name"]],
    addresses: [],
  },
  {
    type: /^aws:ec2\/launchTemplate:LaunchTemplate$/,
    makes: "template",
    userData: [base64("userData")],
    names: [["name"]],
    addresses: [],
  },
  {
    type: /^aws:autoscaling\/group:Group$/,
    makes: "group",
    userData: [],
    pointers: [
      { property: "launchTemplate" },
      { property: "launchConfiguration" },
      { property: "mixedInstancesPolicy" },
    ],
    names: [["name"]],
    addresses: [],
    size: [["desiredCapacity"], ["minSize"]],
  },
  {
    type: /^aws-native:ec2:Instance$/,
    makes: "machine",
    userData: [base64("userData")],
    pointers: [{ property: "launchTemplate" }],
    names: [["privateDnsName"]],
    addresses: [["privateIp"], ["publicIp"], ["privateIpAddress"], ["privateDnsName"], ["publicDnsName"]],
  },
  {
    type: /^aws-native:ec2:LaunchTemplate$/,
    makes: "template",
    userData: [base64("launchTemplateData", "userData")],
    names: [["launchTemplateName"]],
    addresses: [],
  },
  {
    type: /^aws-native:autoscaling:AutoScalingGroup$/,
    makes: "group",
    userData: [],
    pointers: [{ property: "launchTemplate" }, { property: "mixedInstancesPolicy" }],
    names: [["autoScalingGroupName"]],
    addresses: [],
    size: [["desiredCapacity"], ["minSize"]],
  },
  {
    type: /^openstack:compute\/instance:Instance$/,
    makes: "machine",
    userData: [plain("userData")],
    names: [["name"]],
    addresses: [
      ["accessIpV4"],
      ["accessIpV6"],
      ["networks", "*", "fixedIpV4"],
      ["networks", "*", "fixedIpV6"],
      ["networks", "*", "floatingIp"],
    ],
  },
  {
    type: /^vsphere:index\/virtualMachine:VirtualMachine$/,
    makes: "machine",
    userData: [
      {
        path: ["extraConfig", "guestinfo.vendordata"],
        encoding: "by-key",
        encodingAt: ["extraConfig", "guestinfo.vendordata.encoding"],
        role: "vendor-data",
      },
      {
        path: ["extraConfig", "guestinfo.userdata"],
        encoding: "by-key",
        encodingAt: ["extraConfig", "guestinfo.userdata.encoding"],
      },
      {
        path: ["extraConfig", "guestinfo.ignition.config.data"],
        encoding: "by-key",
        encodingAt: ["extraConfig", "guestinfo.ignition.config.data.encoding"],
      },
      base64("vapp", "properties", "user-data"),
    ],
    names: [["name"], ["clone", "customize", "linuxOptions", "hostName"], ["vapp", "properties", "hostname"]],
    addresses: [
      ["defaultIpAddress"],
      ["guestIpAddresses", "*"],
      ["clone", "customize", "networkInterfaces", "*", "ipv4Address"],
      ["clone", "customize", "networkInterfaces", "*", "ipv6Address"],
    ],
  },
  {
    type: /^hcloud:index\/server:Server$/,
    makes: "machine",
    userData: [plain("userData")],
    names: [["name"]],
    addresses: [["ipv4Address"], ["ipv6Address"], ["networks", "*", "ip"]],
  },
  {
    type: /^digitalocean:index\/droplet:Droplet$/,
    makes: "machine",
    userData: [plain("userData")],
    names: [["name"]],
    addresses: [["ipv4Address"], ["ipv4AddressPrivate"], ["ipv6Address"]],
  },
  {
    type: /^gcp:compute\/(instance:Instance|instanceFromTemplate:InstanceFromTemplate)$/,
    makes: "machine",
    userData: GCP_METADATA,
    pointers: [{ property: "sourceInstanceTemplate" }],
    names: [["name"], ["hostname"]],
    addresses: [
      ["networkInterfaces", "*", "networkIp"],
      ["networkInterfaces", "*", "accessConfigs", "*", "natIp"],
    ],
  },
  {
    type: /^gcp:compute\/(instanceTemplate:InstanceTemplate|regionInstanceTemplate:RegionInstanceTemplate)$/,
    makes: "template",
    userData: GCP_METADATA,
    names: [["name"], ["namePrefix"]],
    addresses: [],
  },
  {
    type: /^gcp:compute\/(instanceGroupManager:InstanceGroupManager|regionInstanceGroupManager:RegionInstanceGroupManager)$/,
    makes: "group",
    userData: [],
    pointers: [{ property: "versions" }],
    names: [["name"], ["baseInstanceName"]],
    addresses: [],
    size: [["targetSize"]],
  },
  { ...AZURE_MACHINE, type: /^azure:compute\/linuxVirtualMachine:LinuxVirtualMachine$/ },
  {
    ...AZURE_MACHINE,
    type: /^azure:compute\/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet$/,
    makes: "group",
    names: [["name"], ["computerNamePrefix"]],
    size: [["instances"]],
  },
  {
    type: /^azure:compute\/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet$/,
    makes: "group",
    userData: [base64("osProfile", "customData"), base64("userDataBase64")],
    firstOnly: true,
    names: [["name"]],
    addresses: [],
    size: [["instances"]],
  },
  {
    type: /^azure:compute\/virtualMachine:VirtualMachine$/,
    makes: "machine",
    userData: [plain("osProfile", "customData")],
    names: [["osProfile", "computerName"], ["name"]],
    addresses: [],
  },
  {
    type: /^azure-native:compute(\/v\w+)?:VirtualMachine$/,
    makes: "machine",
    userData: [base64("osProfile", "customData"), base64("userData")],
    firstOnly: true,
    names: [["osProfile", "computerName"], ["vmName"], ["name"]],
    addresses: [],
  },
  {
    type: /^azure-native:compute(\/v\w+)?:VirtualMachineScaleSet$/,
    makes: "group",
    userData: [base64("virtualMachineProfile", "osProfile", "customData"), base64("virtualMachineProfile", "userData")],
    firstOnly: true,
    names: [["vmScaleSetName"], ["name"], ["virtualMachineProfile", "osProfile", "computerNamePrefix"]],
    addresses: [],
    size: [["sku", "capacity"]],
  },
  { ...LIBVIRT_DISK, type: /^libvirt:index\/(cloudInitDisk:CloudInitDisk|cloudinitDisk:CloudinitDisk)$/ },
  {
    type: /^libvirt:index\/ignition:Ignition$/,
    makes: "fragment",
    userData: [plain("content")],
    names: [],
    addresses: [],
  },
  {
    type: /^libvirt:index\/domain:Domain$/,
    makes: "machine",
    userData: [],
    pointers: [
      { property: "cloudinit" },
      { property: "coreosIgnition" },
      // libvirt 0.8 and later attach the disk as a volume made from it.
      { property: "devices", alsoOthers: true },
    ],
    names: [["name"], ["networkInterfaces", "*", "hostname"]],
    addresses: [["networkInterfaces", "*", "addresses", "*"]],
  },
  { ...PROXMOX_FILE, type: /^proxmoxve:(Storage\/file:File|index\/fileLegacy:FileLegacy|index\/file:File)$/ },
  { ...PROXMOX_MACHINE, type: /^proxmoxve:(VM\/virtualMachine:VirtualMachine|index\/vmLegacy:VmLegacy)$/ },
  {
    type: /^equinix:metal\/device:Device$/,
    makes: "machine",
    userData: [plain("userData")],
    names: [["hostname"]],
    addresses: [["accessPrivateIpv4"], ["accessPublicIpv4"], ["accessPublicIpv6"], ["network", "*", "address"]],
  },
  {
    type: /^linode:index\/instance:Instance$/,
    makes: "machine",
    userData: [base64("metadatas", "*", "userData")],
    names: [["label"]],
    addresses: [["ipAddress"], ["privateIpAddress"], ["ipv4s", "*"], ["ipv6"]],
  },
  {
    type: /^scaleway:(instance\/server:Server|index\/instanceServer:InstanceServer)$/,
    makes: "machine",
    userData: [plain("userData", "cloud-init"), plain("cloudInit")],
    firstOnly: true,
    names: [["name"]],
    addresses: [["publicIp"], ["privateIp"], ["publicIps", "*", "address"], ["privateIps", "*", "address"]],
  },
  {
    type: /^vultr:index\/(instance:Instance|bareMetalServer:BareMetalServer)$/,
    makes: "machine",
    userData: [plain("userData")],
    names: [["hostname"], ["label"]],
    addresses: [["mainIp"], ["internalIp"], ["v6MainIp"]],
  },
  {
    type: /^oci:Core\/instance:Instance$/,
    makes: "machine",
    userData: [base64("metadata", "user_data")],
    names: [["createVnicDetails", "hostnameLabel"], ["displayName"]],
    addresses: [["privateIp"], ["publicIp"], ["createVnicDetails", "privateIp"]],
  },
  {
    type: /^oci:Core\/instanceConfiguration:InstanceConfiguration$/,
    makes: "template",
    userData: [base64("instanceDetails", "launchDetails", "metadata", "user_data")],
    names: [["displayName"]],
    addresses: [],
  },
  {
    type: /^oci:Core\/instancePool:InstancePool$/,
    makes: "group",
    userData: [],
    pointers: [{ property: "instanceConfigurationId" }],
    names: [["displayName"]],
    addresses: [],
    size: [["size"]],
  },
  {
    type: /^exoscale:index\/computeInstance:ComputeInstance$/,
    makes: "machine",
    userData: [plain("userData")],
    names: [["name"]],
    addresses: [["publicIpAddress"], ["ipv6Address"], ["networkInterfaces", "*", "ipAddress"]],
  },
  {
    type: /^kubernetes:controlplane\.cluster\.x-k8s\.io\/v\w+:KubeadmControlPlane$/,
    makes: "group",
    // Cluster API makes the user data; evidence/cluster-api.ts reads what it is made from.
    userData: [],
    names: [["metadata", "name"]],
    addresses: [],
    size: [["spec", "replicas"]],
  },
  {
    type: /^exoscale:index\/instancePool:InstancePool$/,
    makes: "group",
    userData: [plain("userData")],
    names: [["name"], ["instancePrefix"]],
    addresses: [],
    size: [["size"]],
  },
];

/**
 * What a resource can do to the files of a machine that exists already, by its type: the table behind docs/evidence.md,
 * "other-resources: types without a reader".
 */
export type ResourceReach =
  /** Nothing: it makes something in an API, or a reader of its own says what it does. */
  | "none"
  /** What it names: an object of a cluster or a chart, which may hold a workload that writes there. */
  | "named-paths"
  /** What it names, and anything on a machine that it names or depends on. */
  | "named-machines";

/** Packages whose resources are objects of an API and change no file of a machine. */
const OBJECTS_OF_AN_API: ReadonlySet<string> = new Set([
  // Pulumi itself, and what only makes values
  ...[
    "pulumi",
    "pulumiservice",
    "kubeadm-guard",
    "random",
    "null",
    "time",
    "tls",
    "cloudinit",
    "archive",
    "std",
    "sops",
    "acme",
  ],
  // What runs on machines is read by readers of its own; local files stay where Pulumi runs
  ...["command", "local", "docker-build"],
  // Clouds
  ...[
    "aws",
    "aws-native",
    "awsx",
    "eks",
    "azure",
    "azure-native",
    "azuread",
    "gcp",
    "google-native",
    "alicloud",
    "civo",
  ],
  ...["digitalocean", "equinix", "equinix-metal", "exoscale", "hcloud", "ibm", "libvirt", "linode", "nutanix", "oci"],
  ...["openstack", "ovh", "proxmoxve", "scaleway", "tencentcloud", "upcloud", "vsphere", "vultr", "yandex"],
  // Names, networks, certificates
  ...[
    "akamai",
    "cloudflare",
    "dnsimple",
    "f5bigip",
    "fastly",
    "fortios",
    "gandi",
    "infoblox",
    "meraki",
    "namecheap",
    "netbox",
  ],
  ...["ns1", "nsxt", "panos", "powerdns", "tailscale", "unifi", "venafi", "zerotier"],
  // Services
  ...["artifactory", "auth0", "bitbucket", "checkly", "confluentcloud", "consul", "datadog", "elasticstack", "gitea"],
  ...[
    "github",
    "gitlab",
    "grafana",
    "harbor",
    "kafka",
    "keycloak",
    "minio",
    "mongodbatlas",
    "mysql",
    "newrelic",
    "okta",
  ],
  ...["opsgenie", "pagerduty", "postgresql", "rabbitmq", "sentry", "slack", "snowflake", "statuscake", "vault"],
]);

/** Of these packages, the types that run commands on machines or hand files to them. */
const REACHES_MACHINES =
  /[:/]ssm[:/](?:association|document|maintenanceWindowTask)|codedeploy|opsworks|imagebuilder|virtualMachine\w{0,40}Extension|[:/]extension:|runCommand|osconfig|guestPolic|computeInstanceAgent|[:/]ecs[:/](?:command|invocation)|:Mdm\w{0,40}Command/i;

/** The groups of Kubernetes itself, whose workloads have a reader of their own. */
const KUBERNETES_GROUPS =
  /^kubernetes:(?:meta|core|apps|batch|extensions|policy|autoscaling|(?:[a-z.]*\.)?k8s\.io)\/v\w+:(?!KubeadmC)/;
/** The groups of others below k8s.io: Cluster API, metrics, snapshots. */
const GROUPS_OF_OTHERS = /^kubernetes:(?:[a-z.]*\.)?(?:x-k8s|metrics\.k8s|storage\.k8s\.io\/v\w+:VolumeSnapshot)/;

/** The reach of a resource by its type token. */
export function resourceReach(type: string): ResourceReach {
  const packageName = type.slice(0, Math.max(0, type.indexOf(":")));
  if (packageName === "kubernetes")
    return KUBERNETES_GROUPS.test(type) && !GROUPS_OF_OTHERS.test(type) ? "none" : "named-paths";
  if (packageName === "helm") return "named-paths";
  if (type.startsWith("pulumi:providers:") || packageName === "") return "none";
  return OBJECTS_OF_AN_API.has(packageName) && !REACHES_MACHINES.test(type) ? "none" : "named-machines";
}

/** True for an address, a NIC, or what holds one of them and a machine together. */
const ADDRESS = /address|eip|floatingip|publicip|interface|[:/]nic|[:/]port:|associat|attach/i;

/** True if what depends on a resource of this type may be about the machine behind it. */
export function leadsToMachine(type: string): boolean {
  return type.startsWith("command:remote:") || resourceReach(type) === "named-machines" || ADDRESS.test(type);
}

import type { NamedDocument } from "../kubeadm/config/named-documents";
import type { JsonNode } from "../kubeadm/go/json/json-node";

/** What a document is that is neither of kubeadm nor a ConfigMap: `a kind Cluster`, `a Deployment (apps/v1)`. */
export function foreignDocument({ document, kind }: NamedDocument, value: JsonNode): string {
  if (value.kind === "array") return "a list";
  if (value.kind === "null") return "an empty document";
  if (value.kind !== "object")
    return /^\s*"/.test(document.text) ? "a text in quotes, as jq prints it without -r" : "a plain text";
  const has = (field: string) => value.fields.has(field);
  if (kind === undefined || kind.kind === "")
    return BY_FIELDS.find(([, isOne]) => isOne(has))?.[0] ?? "a document without apiVersion and kind";
  if (/List$/.test(kind.kind)) return "a list without the ConfigMap kubeadm-config";
  const { group, version, kind: name } = kind;
  if (group === "" && version === "v1" && name === "Config")
    return "a kubeconfig, which --live takes with --kubeconfig";
  if (group === "kind.x-k8s.io") return `a kind ${name}`;
  const owner = OWNERS.find(([pattern]) => pattern.test(group))?.[1];
  const api = group === "" ? version : `${group}/${version}`;
  const shownApi = api === "" ? "" : ` (${api})`;
  return owner === undefined ? `a ${name}${shownApi}` : `a ${name} of ${owner}${shownApi}`;
}

type HasField = (field: string) => boolean;

/** Documents without a kind that people have beside a kubeadm-config, by fields that no other has. The first applies. */
const BY_FIELDS: readonly (readonly [string, (has: HasField) => boolean])[] = [
  ["a Talos machine configuration", (has) => has("machine") && (has("cluster") || has("version"))],
  ["an inventory of Ansible, which --inventory takes", (has) => has("all")],
  ["a listing of nodes, which --nodes takes", (has) => has("controlPlane") || has("searched")],
  ["an export of a Pulumi stack, which --nodes takes", (has) => has("deployment")],
  ["a report of kubeadm-guard", (has) => has("tool") && has("clusters")],
  ["a file of acceptances, which --accept takes", (has) => has("accept")],
  ["a Pulumi project", (has) => has("runtime") && has("name")],
  ["the configuration of a Pulumi stack", (has) => has("config")],
  ["a state or a plan of Terraform", (has) => has("terraform_version")],
  ["a cluster of RKE", (has) => has("nodes") && (has("services") || has("cluster_name"))],
  ["a configuration of MicroK8s", (has) => has("addons") || has("extraKubeAPIServerArgs")],
  ["a configuration of K3s or RKE2", (has) => OF_K3S.some(has) || (has("server") && has("token"))],
  ["a configuration of etcd", (has) => has("data-dir") || has("listen-client-urls")],
  ["variables of Kubespray, which stand beside an inventory", (has) => OF_KUBESPRAY.some(has)],
  ["a file of Docker Compose", (has) => has("services")],
];

/** https://docs.k3s.io/cli/server; RKE2 has the same. */
const OF_K3S = [
  ...["cluster-init", "tls-san", "write-kubeconfig-mode", "node-label", "node-taint", "kubelet-arg"],
  ...[
    "kube-apiserver-arg",
    "datastore-endpoint",
    "flannel-backend",
    "cluster-cidr",
    "service-cidr",
    "token-file",
    "cni",
  ],
];

/** Kubespray 2.28, inventory/sample/group_vars. */
const OF_KUBESPRAY = [
  ...["kube_version", "kube_network_plugin", "etcd_deployment_type", "etcd_cert_dir", "container_manager", "bin_dir"],
  ...[
    "kube_config_dir",
    "kube_service_addresses",
    "kube_pods_subnet",
    "loadbalancer_apiserver",
    "upstream_dns_servers",
  ],
];

const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)cluster\.x-k8s\.io$/, "Cluster API"],
  [/^kubekey\./, "KubeKey"],
  [/^kops\.k8s\.io$/, "kOps"],
  [/^eksctl\.io$/, "eksctl"],
  [/^k0s(ctl)?\.k0sproject\.io$/, "k0s"],
  [/^talos\.dev$/, "Talos"],
];

import type { DocumentKind } from "../kubeadm/config/document-kind";
import type { JsonNode } from "../kubeadm/go/json/json-node";

/** What a document is that is neither of kubeadm nor a ConfigMap: `a kind Cluster`, `a Deployment (apps/v1)`. Undefined where nothing tells. */
export function foreignDocument(kind: DocumentKind | undefined, value: JsonNode): string | undefined {
  const has = (field: string) => value.kind === "object" && value.fields.has(field);
  if (has("machine") && (has("cluster") || has("version"))) return "a Talos machine configuration";
  if (has("all") && !has("kind")) return "an inventory of Ansible";
  if (kind === undefined || kind.kind === "") return undefined;
  if (/List$/.test(kind.kind)) return "a list without the ConfigMap kubeadm-config";
  const { group, version, kind: name } = kind;
  if (group === "kind.x-k8s.io") return `a kind ${name}`;
  const owner = OWNERS.find(([pattern]) => pattern.test(group))?.[1];
  const api = group === "" ? version : `${group}/${version}`;
  return owner === undefined ? `a ${name} (${api})` : `a ${name} of ${owner} (${api})`;
}

const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)cluster\.x-k8s\.io$/, "Cluster API"],
  [/^kubekey\./, "KubeKey"],
  [/^kops\.k8s\.io$/, "kOps"],
  [/^eksctl\.io$/, "eksctl"],
  [/^k0s(ctl)?\.k0sproject\.io$/, "k0s"],
  [/^talos\.dev$/, "Talos"],
];

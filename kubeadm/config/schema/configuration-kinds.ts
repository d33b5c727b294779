import { type GoType, goAny } from "../../go/json/go-type";
import type { ConfigurationApiVersion } from "../cluster-configuration";
import type { DocumentKind } from "../document-kind";
import { isBeforeV1beta4, KUBEADM_GROUP, readableApiVersions } from "../kubeadm-versions";
import { apiMachineryKindType, isUnversionedKind } from "./api-machinery-kinds";
import { clusterConfigurationType } from "./cluster-configuration-type";
import { componentConfigType } from "./component-config-type";
import { initConfigurationType } from "./init-configuration-type";
import { joinConfigurationType } from "./join-configuration-type";
import { resetConfigurationType } from "./reset-configuration-type";
import { upgradeConfigurationType } from "./upgrade-configuration-type";

/** The type that kubeadm's own scheme has for a document, or undefined for a document that it does not know. */
export function configurationKindType(kind: DocumentKind, minor: number): GoType<unknown> | undefined {
  if (isUnversionedKind(kind.kind)) return apiMachineryKindType(kind.kind);
  if (kind.group !== KUBEADM_GROUP) return undefined;
  const version = readableApiVersions(minor).find((version) => version === kind.version);
  if (version === undefined) return kind.version === "__internal" ? internalType(kind.kind, minor) : undefined;
  return versionedType(kind.kind, version, minor) ?? apiMachineryKindType(kind.kind);
}

/** The group of a component's configuration that kubeadm passes on, and its only version and kind. */
export const COMPONENT_CONFIGS = [
  { group: "kubelet.config.k8s.io", version: "v1beta1", kind: "KubeletConfiguration" },
  { group: "kubeproxy.config.k8s.io", version: "v1alpha1", kind: "KubeProxyConfiguration" },
] as const;

/** The type that kubeadm's scheme of component configurations has for a document. */
export function componentKindType(kind: DocumentKind, minor: number): GoType<unknown> | undefined {
  const [kubelet, kubeProxy] = COMPONENT_CONFIGS;
  if (kind.group === kubelet.group && kind.version === kubelet.version) {
    if (kind.kind === kubelet.kind) return componentConfigType("v1beta1.KubeletConfiguration", minor);
    return OTHER_KUBELET_KINDS.has(kind.kind) ? { ...goAny, name: `v1beta1.${kind.kind}` } : undefined;
  }
  if (kind.group === kubeProxy.group && kind.version === kubeProxy.version && kind.kind === kubeProxy.kind) {
    return componentConfigType("v1alpha1.KubeProxyConfiguration", minor);
  }
  return undefined;
}

const OTHER_KUBELET_KINDS: ReadonlySet<string> = new Set(["CredentialProviderConfig", "SerializedNodeConfigSource"]);

const INTERNAL_KINDS: ReadonlySet<string> = new Set([
  ...["Init", "Cluster", "Join", "Reset"].map((name) => `${name}Configuration`),
  "WatchEvent",
]);

/** kubeadm's internal types, whose fields have other names: nothing of a text arrives in them. */
function internalType(kind: string, minor: number): GoType<unknown> | undefined {
  const known = INTERNAL_KINDS.has(kind) || (kind === "UpgradeConfiguration" && minor >= 30);
  return known ? { ...goAny, name: `kubeadm.${kind}` } : undefined;
}

function versionedType(kind: string, version: ConfigurationApiVersion, minor: number): GoType<unknown> | undefined {
  switch (kind) {
    case "ClusterConfiguration":
      return clusterConfigurationType(version, minor);
    case "InitConfiguration":
      return initConfigurationType(version, minor);
    case "JoinConfiguration":
      return joinConfigurationType(version, minor);
    case "ResetConfiguration":
      return isBeforeV1beta4(version) ? undefined : resetConfigurationType(version, minor);
    case "UpgradeConfiguration":
      return isBeforeV1beta4(version) || minor < 30 ? undefined : upgradeConfigurationType(version, minor);
    default:
      return undefined;
  }
}

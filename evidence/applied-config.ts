import { isObject, type KubernetesObject, kubernetesObjects } from "./live-cluster/kubernetes-objects";
import { readYamlOrJson } from "./yaml-or-json";

/**
 * The ClusterConfiguration among objects that kubectl applies; undefined where none of them is kube-system/kubeadm-config.
 * `namespace` is that of objects which name none.
 */
export function appliedConfiguration(text: string, namespace: string | undefined): string | undefined {
  return (kubernetesObjects(text) ?? [])
    .filter((object) => isKubeadmConfig(object, namespace))
    .map(configurationIn)
    .at(-1);
}

/** The ClusterConfiguration that a patch sets, merged or as a list of operations (RFC 6902); undefined where it sets none. */
export function patchedConfiguration(text: string): string | undefined {
  const reading = readYamlOrJson(text);
  if (reading.kind === "problem") return undefined;
  if (isObject(reading.value)) return configurationIn(reading.value);
  const steps: readonly unknown[] = Array.isArray(reading.value) ? reading.value : [];
  return steps
    .filter(isObject)
    .flatMap(({ op, path, value }) =>
      (op === "add" || op === "replace") && path === "/data/ClusterConfiguration" && typeof value === "string"
        ? [value]
        : [],
    )
    .at(-1);
}

function isKubeadmConfig({ kind, metadata }: KubernetesObject, namespace: string | undefined): boolean {
  if (kind !== "ConfigMap" || !isObject(metadata)) return false;
  const own = metadata["namespace"] ?? namespace;
  return metadata["name"] === "kubeadm-config" && own === "kube-system";
}

function configurationIn({ data }: KubernetesObject): string | undefined {
  const value = isObject(data) ? data["ClusterConfiguration"] : undefined;
  return typeof value === "string" ? value : undefined;
}

import { publicName } from "../machine/public-text";
import { UNKNOWN } from "../shell/unknown";
import { configMapObjects, isKubeadmConfig, namespaceOf } from "./kubeadm-config";
import type { FindResource } from "./reader";
import type { StackResource } from "./stack-resource";
import { at, stringAt, type ValueRecord } from "./value";

/**
 * ConfigMaps with a ClusterConfiguration that are not kube-system/kubeadm-config, as "RESOURCE (NAMESPACE/NAME)": kubeadm reads none of
 * them (constants.KubeadmConfigConfigMap), so each is a copy or misnamed.
 */
export function otherConfigMaps(resources: readonly StackResource[], find: FindResource): readonly string[] {
  return resources.flatMap((resource) =>
    configMapObjects(resource)
      .filter((object) => holdsClusterConfiguration(object) && !isKubeadmConfig(object, resource, find))
      .map((object) => `${publicName(resource.name)} (${objectName(object, resource, find)})`),
  );
}

function holdsClusterConfiguration(object: ValueRecord): boolean {
  const value = at(object, "data", "ClusterConfiguration");
  return typeof value === "string" && /^kind:[ \t]*ClusterConfiguration\b/m.test(value);
}

function objectName(object: ValueRecord, resource: StackResource, find: FindResource): string {
  const namespace = namespaceOf(object, resource, find);
  const name = stringAt(object, "metadata", "name");
  if (name === UNKNOWN || namespace === UNKNOWN) return "its name is unknown until the update";
  return `${publicName(namespace)}/${name === undefined ? "a name that Pulumi chooses" : publicName(name)}`;
}

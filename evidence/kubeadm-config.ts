import type { ConfigurationText } from "../kubeadm/config/configuration-text";
import { MISSING_KEY } from "../kubeadm/config/missing-key";
import { compareUrns, urnName } from "../machine/urn";
import type { Reason } from "../reasons/reason";
import { UNKNOWN, type Unknown } from "../shell/unknown";
import type { FindResource } from "./reader";
import type { StackResource } from "./stack-resource";
import { at, isRecord, stringAt, type Value, type ValueRecord } from "./value";

/** A kubeadm-config of the stack, as a resource carries it. */
export interface KubeadmConfig {
  readonly resource: StackResource;
  readonly text: KubeadmConfigText;
  /** The Pulumi names by which settings may select it: its provider's, its own, its parents'. */
  readonly selectors: readonly string[];
  /** Set where kubeadm makes it of a file: the path of that file, and what the machine is called on which it does. */
  readonly initialized?: { readonly path: string; readonly machine: readonly string[] };
}

export type KubeadmConfigText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unknown-until-update"; readonly waitsFor: readonly string[] }
  | { readonly kind: "not-carried"; readonly why: string }
  | { readonly kind: "absent"; readonly error: string }
  /** A file for `kubeadm init --config`: all of it, and the ClusterConfiguration in it. */
  | { readonly kind: "file"; readonly text: ConfigurationText; readonly document: ConfigurationText | undefined }
  | { readonly kind: "undecided"; readonly reason: Reason };

/**
 * Every kubeadm-config of the stack: ConfigMap, ConfigMapPatch, and what YAML files, kustomizations and charts render,
 * recognized by kind, metadata.name and namespace, never by the Pulumi name. In URN order.
 */
export function kubeadmConfigs(resources: readonly StackResource[], find: FindResource): readonly KubeadmConfig[] {
  return resources
    .filter((resource) => mayCarryKubeadmConfig(resource.type))
    .flatMap((resource) => objectsOf(resource, find).map((object) => configOf(resource, object, find)))
    .sort((a, b) => compareUrns(a.resource, b.resource));
}

const CONFIG_MAP = /^kubernetes:core\/v1:ConfigMap(Patch|List)?$/;
/** The component by which a program shows a live kubeadm-config that it reads (ConfigMap.get itself is hidden from packs). */
const OBSERVED = "kubeadm-guard:index:ObservedKubeadmConfig";

/** True for the types that may carry a kubeadm-config. */
export function mayCarryKubeadmConfig(type: string): boolean {
  return CONFIG_MAP.test(type) || type === OBSERVED;
}

/** The objects of a resource that are kube-system/kubeadm-config: one, or those of a list. */
function objectsOf(resource: StackResource, find: FindResource): readonly ValueRecord[] {
  if (resource.type === OBSERVED) return [shownOf(resource)];
  return configMapObjects(resource).filter((object) => isKubeadmConfig(object, resource, find));
}

/** True for kube-system/kubeadm-config, and where the namespace is unknown. */
export function isKubeadmConfig(object: ValueRecord, resource: StackResource, find: FindResource): boolean {
  const namespace = namespaceOf(object, resource, find);
  const isThere = namespace === "kube-system" || namespace === UNKNOWN;
  return isThere && stringAt(object, "metadata", "name") === "kubeadm-config";
}

/** The ConfigMaps of a resource of such a type: one, or those of a list. */
export function configMapObjects(resource: StackResource): readonly ValueRecord[] {
  if (!CONFIG_MAP.test(resource.type)) return [];
  const shown = shownOf(resource);
  const items = resource.type.endsWith("List") ? at(shown, "items") : [shown];
  if (!Array.isArray(items)) return [];
  const objects: readonly Value[] = items;
  return objects.filter(isRecord);
}

function shownOf({ inputs, outputs }: StackResource): ValueRecord {
  return Object.keys(inputs).length > 0 ? inputs : outputs;
}

/** The namespace that kubectl would put the object in; the one of an explicit provider counts where it names none itself. */
export function namespaceOf(object: ValueRecord, resource: StackResource, find: FindResource): string | Unknown {
  return stringAt(object, "metadata", "namespace") ?? providerNamespace(resource, find) ?? "default";
}

/** The namespace that an explicit provider gives to objects without one. */
function providerNamespace(resource: StackResource, find: FindResource): string | Unknown | undefined {
  const provider = resource.provider === undefined ? undefined : find(resource.provider.urn);
  return provider === undefined ? undefined : stringAt(provider.inputs, "namespace");
}

function configOf(resource: StackResource, object: ValueRecord, find: FindResource): KubeadmConfig {
  return { resource, text: textOf(resource, object), selectors: selectorsOf(resource, find) };
}

function textOf(resource: StackResource, object: ValueRecord): KubeadmConfigText {
  const value = at(object, "data", "ClusterConfiguration");
  if (value === UNKNOWN)
    return { kind: "unknown-until-update", waitsFor: (resource.propertyDependencies["data"] ?? []).map(urnName) };
  if (typeof value === "string") return { kind: "text", text: value };
  if (value === undefined || value === null) {
    if (!resource.type.endsWith("Patch")) return { kind: "absent", error: MISSING_KEY };
    return { kind: "not-carried", why: "the patch does not carry data.ClusterConfiguration" };
  }
  const shown = Array.isArray(value) ? "a list" : typeof value === "object" ? "a map" : `a ${typeof value}`;
  return {
    kind: "absent",
    error: `data.ClusterConfiguration is ${shown}; a ConfigMap holds text only, so write it with |`,
  };
}

function selectorsOf(resource: StackResource, find: FindResource): readonly string[] {
  const names: string[] = [resource.urn, resource.name];
  if (resource.provider !== undefined) names.push(resource.provider.name, resource.provider.urn);
  for (let parent = resource.parent; parent !== undefined; parent = find(parent)?.parent) {
    names.push(parent, urnName(parent));
  }
  return names;
}

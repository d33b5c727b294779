import type { LiveCluster } from "../cluster/live-cluster";
import { kubernetesObjects } from "../evidence/live-cluster/kubernetes-objects";
import { readLiveCluster } from "../evidence/live-cluster/read-live-cluster";

/** What kubectl printed about a cluster, apart from its kubeadm-config. */
export interface LiveInput {
  readonly live: LiveCluster;
  /** The ConfigMaps among the objects, as JSON; empty where there are none. */
  readonly kubeadmConfig: string;
}

/** Tells Nodes and Pods from the kubeadm-config among what kubectl printed; undefined where the text holds neither. */
export function liveInput(text: string): LiveInput | undefined {
  // Most texts are a kubeadm file, which is read as kubeadm reads it: taking that for YAML first would be work for nothing.
  if (!/Node|Pod/.test(text)) return undefined;
  const objects = kubernetesObjects(text);
  const live = objects === undefined ? undefined : readLiveCluster(objects);
  if (objects === undefined || live === undefined) return undefined;
  const configMaps = objects.filter(({ kind }) => kind === "ConfigMap");
  return { live, kubeadmConfig: JSON.stringify({ kind: "List", apiVersion: "v1", items: configMaps }) };
}

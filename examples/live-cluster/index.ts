/**
 * A cluster that no program describes, checked by `pulumi preview --policy-pack` before its upgrade: what the live cluster says is
 * read and shown to kubeadm-guard, and nothing is created.
 *
 * The kubeconfig and the nodes come from the stack configuration. The nodes are those of `kubeadm-guard:clusters`, which the pack
 * reads as well: nothing has to be said twice.
 */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ObservedKubeadmConfig, ObservedNode, ObservedPod } from "kubeadm-guard/components";

interface ClusterOfSettings {
  readonly name: string;
  readonly controlPlaneNodes: readonly { readonly name: string }[];
}

const [settings, ...others] = new pulumi.Config("kubeadm-guard").requireObject<readonly ClusterOfSettings[]>(
  "clusters",
);
if (settings === undefined || others.length > 0) {
  throw new pulumi.RunError("kubeadm-guard:clusters must name one cluster, with its controlPlaneNodes");
}

// The contents of a kubeconfig file, or its path.
const provider = new kubernetes.Provider("live", { kubeconfig: new pulumi.Config().require("kubeconfig") });

const live = kubernetes.core.v1.ConfigMap.get("kubeadm-config", "kube-system/kubeadm-config", { provider });
new ObservedKubeadmConfig(settings.name, { data: live.data });

for (const { name } of settings.controlPlaneNodes) {
  const node = kubernetes.core.v1.Node.get(name, name, { provider });
  new ObservedNode(name, { metadata: node.metadata, status: node.status });
  const pod = kubernetes.core.v1.Pod.get(`apiserver-${name}`, `kube-system/kube-apiserver-${name}`, { provider });
  new ObservedPod(`apiserver-${name}`, { metadata: pod.metadata, spec: pod.spec, status: pod.status });
}

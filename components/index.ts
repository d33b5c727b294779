export { ControlPlaneNode, type ControlPlaneNodeArgs } from "./control-plane-node";
export { NodeFile, type NodeFileArgs } from "./node-file";
export { ObservedKubeadmConfig, type ObservedKubeadmConfigArgs } from "./observed-kubeadm-config";
export { ObservedNode, type ObservedNodeArgs } from "./observed-node";
export { ObservedPod, type ObservedPodArgs } from "./observed-pod";

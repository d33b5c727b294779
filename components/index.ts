export { ControlPlaneNode, type ControlPlaneNodeArgs } from "./control-plane-node";
export { NodeFile, type NodeFileArgs } from "./node-file";
export { ObservedKubeadmConfig, type ObservedKubeadmConfigArgs } from "./observed-kubeadm-config";

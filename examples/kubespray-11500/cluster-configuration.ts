/** What the example's variants need to say about the cluster. */
interface Cluster {
  readonly controlPlaneEndpoint: string;
  readonly endpoints: readonly string[];
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** The text as kubeadm itself wrote it into the ConfigMap: v1.29, keys sorted. */
export function clusterConfiguration(cluster: Cluster): string {
  return `apiServer:
  timeoutForControlPlane: 4m0s
apiVersion: kubeadm.k8s.io/v1beta3
certificatesDir: /etc/kubernetes/ssl
clusterName: cluster.local
controlPlaneEndpoint: ${cluster.controlPlaneEndpoint}
controllerManager: {}
dns: {}
etcd:
  external:
    caFile: ${cluster.caFile}
    certFile: ${cluster.certFile}
    endpoints:
${cluster.endpoints.map((endpoint) => `    - ${endpoint}`).join("\n")}
    keyFile: ${cluster.keyFile}
imageRepository: registry.k8s.io
kind: ClusterConfiguration
kubernetesVersion: v1.29.10
networking:
  dnsDomain: cluster.local
  podSubnet: 10.233.64.0/18
  serviceSubnet: 10.233.0.0/18
scheduler: {}
`;
}

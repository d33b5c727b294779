/** kubeadm's words for a kubeadm-config ConfigMap without its key (util/config/cluster.go getInitConfigurationFromCluster, 1.30.14). */
export const MISSING_KEY =
  "unexpected error when reading kubeadm-config ConfigMap: ClusterConfiguration key value pair missing";

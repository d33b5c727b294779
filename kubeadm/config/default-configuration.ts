import type { ClusterConfiguration, ConfigurationApiVersion } from "./cluster-configuration";
import type { VersionedClusterConfiguration } from "./schema/cluster-configuration-type";

const HOUR = 3_600_000_000_000n;

/**
 * kubeadm's static defaults (apis/kubeadm/VERSION/defaults.go SetDefaults_ClusterConfiguration, 1.30.14 to 1.37.2).
 * Neither local nor external etcd means local etcd.
 */
export function defaultConfiguration(
  apiVersion: ConfigurationApiVersion,
  given: VersionedClusterConfiguration,
): ClusterConfiguration {
  const { kind: _kind, etcd, networking, ...fields } = given;
  const local = etcd.local ?? (etcd.external === undefined ? NO_LOCAL_ETCD : undefined);
  return {
    ...fields,
    apiVersion,
    etcd: {
      local: local === undefined ? undefined : { ...local, dataDir: local.dataDir || "/var/lib/etcd" },
      external: etcd.external,
    },
    networking: {
      ...networking,
      serviceSubnet: networking.serviceSubnet || "10.96.0.0/12",
      dnsDomain: networking.dnsDomain || "cluster.local",
    },
    kubernetesVersion: given.kubernetesVersion || "stable-1",
    certificatesDir: given.certificatesDir || "/etc/kubernetes/pki",
    imageRepository: given.imageRepository || "registry.k8s.io",
    featureGates: Object.fromEntries(given.featureGates),
    clusterName: given.clusterName || "kubernetes",
    encryptionAlgorithm: given.encryptionAlgorithm === "" ? "RSA-2048" : given.encryptionAlgorithm,
    certificateValidityPeriod: given.certificateValidityPeriod ?? 8760n * HOUR,
    caCertificateValidityPeriod: given.caCertificateValidityPeriod ?? 87_600n * HOUR,
  };
}

const NO_LOCAL_ETCD = {
  imageRepository: "",
  imageTag: "",
  dataDir: "",
  extraArgs: [],
  extraEnvs: [],
  serverCertSANs: [],
  peerCertSANs: [],
};

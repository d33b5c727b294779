/** Sound kubeadm configurations of all kinds, as trees of plain values. */

/**
 * The documents of one file: mostly a ClusterConfiguration, sometimes others with it.
 * `random` is a source of `randomFrom`.
 */
export function soundConfiguration(random, apiVersion, minor) {
  const group = `kubeadm.k8s.io/${apiVersion}`;
  const documents = [];
  if (random.chance(0.92)) documents.push(clusterDocument(random, apiVersion, minor, group));
  if (random.chance(0.25)) documents.push(initDocument(random, apiVersion, group));
  if (random.chance(0.08)) documents.push(joinDocument(random, apiVersion, group));
  if (apiVersion !== "v1beta3" && random.chance(0.06)) documents.push(resetDocument(random, group));
  if (apiVersion !== "v1beta3" && random.chance(0.06)) documents.push(upgradeDocument(random, group));
  if (random.chance(0.08)) documents.push(kubeletDocument(random));
  if (random.chance(0.06)) documents.push(kubeProxyDocument(random));
  if (random.chance(0.3)) documents.reverse();
  return documents;
}

const args = (apiVersion, pairs) =>
  apiVersion === "v1beta3" ? pairs : Object.entries(pairs).map(([name, value]) => ({ name, value }));

function clusterDocument(random, apiVersion, minor, group) {
  const configuration = {
    apiVersion: group,
    kind: "ClusterConfiguration",
    kubernetesVersion: `v1.${minor}.${random.below(3)}`,
    clusterName: "cluster.local",
    controlPlaneEndpoint: "192.168.10.11:6443",
    certificatesDir: "/etc/kubernetes/ssl",
    imageRepository: "registry.k8s.io",
    etcd: { external: externalEtcd() },
    networking: { dnsDomain: "cluster.local", serviceSubnet: "10.233.0.0/18", podSubnet: "10.233.64.0/18" },
    apiServer: {
      extraArgs: args(apiVersion, { "audit-log-path": "/var/log/audit.log", "event-ttl": "1h0m0s", v: "2" }),
      certSANs: ["kubernetes", "kubernetes.default.svc", "10.233.0.1", "lb.example.com", "fd00::1"],
      extraVolumes: [volume("audit-logs", "/var/log/kubernetes")],
    },
    controllerManager: {
      extraArgs: args(apiVersion, { "node-cidr-mask-size-ipv4": "24", "bind-address": "0.0.0.0" }),
    },
    scheduler: { extraArgs: args(apiVersion, { "bind-address": "0.0.0.0" }) },
    dns: { imageRepository: "registry.k8s.io/coredns", imageTag: "v1.11.1" },
    featureGates: { RootlessControlPlane: false },
  };
  if (random.chance(0.3)) configuration.etcd = { local: { dataDir: "/var/lib/etcd", imageTag: "3.5.21-0" } };
  if (random.chance(0.1)) delete configuration.etcd;
  if (apiVersion !== "v1beta3" && random.chance(0.5)) Object.assign(configuration, newerFields(minor));
  if (apiVersion === "v1beta3" && random.chance(0.3)) configuration.apiServer.timeoutForControlPlane = "5m0s";
  for (const name of Object.keys(configuration).slice(3)) if (random.chance(0.15)) delete configuration[name];
  return configuration;
}

function newerFields(minor) {
  return {
    encryptionAlgorithm: "RSA-3072",
    proxy: { disabled: true },
    ...(minor >= 31 ? { certificateValidityPeriod: "8760h0m0s", caCertificateValidityPeriod: "87600h0m0s" } : {}),
  };
}

export function externalEtcd() {
  return {
    endpoints: ["https://192.168.10.21:2379", "https://192.168.10.22:2379", "https://[fd00::23]:2379"],
    caFile: "/etc/ssl/etcd/ssl/ca.pem",
    certFile: "/etc/ssl/etcd/ssl/node-master01.pem",
    keyFile: "/etc/ssl/etcd/ssl/node-master01-key.pem",
  };
}

export function volume(name, path) {
  return { name, hostPath: path, mountPath: path, readOnly: true, pathType: "DirectoryOrCreate" };
}

function nodeRegistration(apiVersion) {
  return {
    name: "master01",
    criSocket: "unix:///var/run/containerd/containerd.sock",
    taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }],
    kubeletExtraArgs: args(apiVersion, { "node-ip": "192.168.10.11" }),
    imagePullPolicy: "IfNotPresent",
  };
}

function initDocument(random, apiVersion, apiGroup) {
  const document = {
    apiVersion: apiGroup,
    kind: "InitConfiguration",
    localAPIEndpoint: { advertiseAddress: "192.168.10.11", bindPort: 6443 },
    nodeRegistration: nodeRegistration(apiVersion),
    bootstrapTokens: [
      {
        token: "abcdef.0123456789abcdef",
        ttl: "24h0m0s",
        usages: ["signing", "authentication"],
        groups: [TOKEN_GROUP],
      },
    ],
    certificateKey: "0123456789abcdef".repeat(4),
    skipPhases: ["addon/kube-proxy"],
    patches: { directory: "/etc/kubernetes/patches" },
  };
  if (apiVersion !== "v1beta3") document.timeouts = { etcdAPICall: "2m0s", discovery: "5m" };
  for (const name of Object.keys(document).slice(2)) if (random.chance(0.3)) delete document[name];
  return document;
}

export const TOKEN_GROUP = "system:bootstrappers:kubeadm:default-node-token";

function joinDocument(random, apiVersion, apiGroup) {
  const document = {
    apiVersion: apiGroup,
    kind: "JoinConfiguration",
    caCertPath: "/etc/kubernetes/pki/ca.crt",
    discovery: {
      bootstrapToken: {
        token: "abcdef.0123456789abcdef",
        apiServerEndpoint: "192.168.10.11:6443",
        caCertHashes: [`sha256:${"ab".repeat(32)}`],
        unsafeSkipCAVerification: false,
      },
      tlsBootstrapToken: "abcdef.0123456789abcdef",
    },
    nodeRegistration: nodeRegistration(apiVersion),
    controlPlane: { localAPIEndpoint: { advertiseAddress: "192.168.10.12", bindPort: 6443 } },
  };
  for (const name of ["caCertPath", "controlPlane", "nodeRegistration"]) if (random.chance(0.4)) delete document[name];
  return document;
}

function resetDocument(random, apiGroup) {
  return {
    apiVersion: apiGroup,
    kind: "ResetConfiguration",
    certificatesDir: "/etc/kubernetes/pki",
    criSocket: "unix:///run/crio/crio.sock",
    force: random.chance(0.5),
    unmountFlags: ["MNT_DETACH"],
  };
}

function upgradeDocument(random, apiGroup) {
  return {
    apiVersion: apiGroup,
    kind: "UpgradeConfiguration",
    apply: { kubernetesVersion: "v1.31.4", etcdUpgrade: true, certificateRenewal: random.chance(0.5) },
    node: { patches: { directory: "/etc/kubernetes/patches" } },
    diff: { contextLines: 3 },
  };
}

function kubeletDocument(random) {
  const document = {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    cgroupDriver: "systemd",
    clusterDNS: ["10.233.0.3"],
    maxPods: 110,
    featureGates: { RotateKubeletServerCertificate: true },
    evictionHard: { "memory.available": "100Mi" },
    shutdownGracePeriod: "60s",
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true, cacheTTL: "0s" } },
    registerWithTaints: [{ key: "a", value: "b", effect: "NoSchedule" }],
    logging: { format: "text", flushFrequency: 0, verbosity: 2 },
    reservedMemory: [{ numaNode: 0, limits: { memory: "1Gi" } }],
  };
  for (const name of Object.keys(document).slice(2)) if (random.chance(0.4)) delete document[name];
  return document;
}

function kubeProxyDocument(random) {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: random.pick(["ipvs", "iptables"]),
    ipvs: { strictARP: true, excludeCIDRs: [], syncPeriod: "30s" },
    conntrack: { maxPerCore: 32768, tcpEstablishedTimeout: "24h0m0s" },
    clientConnection: { qps: 5, burst: 10 },
  };
}

/** Objects as kubectl prints them, cut to what kubeadm 1.30 and the API server fill in of the fields that are read. */

export interface ApiServerFlags {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly etcdServers: readonly string[];
}

/** The ConfigMap that holds a text as its ClusterConfiguration. */
export function kubeadmConfigMap(text: string): object {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: text },
  };
}

export function nodeObject(name: string, address: string, role: "control-plane" | "master" | "worker"): object {
  const labels = role === "worker" ? {} : { [`node-role.kubernetes.io/${role}`]: "" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
    status: {
      addresses: [
        { type: "InternalIP", address },
        { type: "Hostname", address: name },
      ],
      nodeInfo: { kubeletVersion: "v1.29.10" },
    },
  };
}

/** The mirror Pod of kube-apiserver: kubeadm mounts the folder of the etcd files as a hostPath. */
export function apiServerPod(node: string, flags: ApiServerFlags, state: "running" | "waiting" = "running"): object {
  const folder = flags.certFile.slice(0, flags.certFile.lastIndexOf("/"));
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `kube-apiserver-${node}`,
      namespace: "kube-system",
      labels: { component: "kube-apiserver", tier: "control-plane" },
    },
    spec: {
      nodeName: node,
      containers: [
        {
          name: "kube-apiserver",
          image: "registry.k8s.io/kube-apiserver:v1.29.10",
          command: [
            "kube-apiserver",
            "--advertise-address=10.0.0.1",
            `--etcd-cafile=${flags.caFile}`,
            `--etcd-certfile=${flags.certFile}`,
            `--etcd-keyfile=${flags.keyFile}`,
            `--etcd-servers=${flags.etcdServers.join(",")}`,
          ],
          volumeMounts: [{ mountPath: folder, name: "etcd-certs-0", readOnly: true }],
        },
      ],
      volumes: [{ name: "etcd-certs-0", hostPath: { path: folder, type: "DirectoryOrCreate" } }],
    },
    status: {
      containerStatuses: [
        state === "running"
          ? { ready: true, state: { running: { startedAt: "2026-01-01T00:00:00Z" } } }
          : { ready: false, state: { waiting: { reason: "CrashLoopBackOff" } } },
      ],
    },
  };
}

/** The mirror Pod of kubeadm's own etcd. */
export function etcdPod(node: string): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `etcd-${node}`, namespace: "kube-system", labels: { component: "etcd", tier: "control-plane" } },
    spec: { nodeName: node, containers: [{ name: "etcd", image: "registry.k8s.io/etcd:3.5.12-0" }] },
    status: { containerStatuses: [{ ready: true, state: { running: {} } }] },
  };
}

export function list(items: readonly object[]): object {
  return { apiVersion: "v1", kind: "List", items };
}

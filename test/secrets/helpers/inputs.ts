import { externalEtcd } from "../../helpers/cluster";
import { apiServerPod, list, nodeObject } from "../../helpers/kubectl-output";
import { FILES } from "./stacks";

/** A file that a command reads: plain data in which marks are planted, and how it becomes the file's text. */
export interface MarkedFile {
  readonly data: unknown;
  readonly text: (data: unknown) => string;
}

const json = (data: unknown): string => JSON.stringify(data, undefined, 1);
const asItIs = (data: unknown): string => String(data);

const NODES = { controlPlane: [{ name: "master01", addresses: ["10.0.0.1"] }, { name: "master02" }] };

const INVENTORY = `# inventory
[all]
master01 ansible_host=10.0.0.1 ansible_become_pass=hidden etcd_member_name=etcd1
master02 ansible_host=10.0.0.2
etcd1 ansible_host=192.168.10.21
[kube_control_plane]
master[01:02]
[etcd]
etcd1
[k8s_cluster:children]
kube_control_plane
[all:vars]
ansible_ssh_pass=hidden
`;

const GROUP_VARS = `etcd_deployment_type: host
etcd_cert_dir: /etc/ssl/etcd/ssl
kube_version: v1.29.10
ansible_password: hidden
proxy: "http://user:{{ vault_pw }}@proxy:3128"
registry: &registry {user: bot, pass: hidden}
mirror: *registry
`;

const CLUSTER_CONFIGURATION = `${externalEtcd(FILES)}clusterName: prod
controlPlaneEndpoint: lb.example.com:6443
imageRepository: registry.example.com/k8s
networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12, dnsDomain: cluster.local}
featureGates: {PublicKeysECDSA: false}
apiServer:
  certSANs: [lb.example.com]
  extraArgs: {oidc-client-secret: hidden, etcd-servers: "https://192.168.10.21:2379"}
  extraVolumes: [{name: audit, hostPath: /etc/audit, mountPath: /etc/audit}]
---
apiVersion: kubeadm.k8s.io/v1beta3
kind: InitConfiguration
bootstrapTokens: [{token: abcdef.0123456789abcdef, ttl: 24h}]
certificateKey: hidden
nodeRegistration: {name: master01, kubeletExtraArgs: {node-ip: 10.0.0.1}}
`;

const configMap = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    name: "kubeadm-config",
    namespace: "kube-system",
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": "hidden" },
  },
  data: { ClusterConfiguration: externalEtcd(FILES), ClusterStatus: "hidden" },
};

/** All that `check` reads at once, by the names of its files. */
export const FILES_OF_CHECK: Readonly<Record<string, MarkedFile>> = {
  "cm.yaml": { data: CLUSTER_CONFIGURATION, text: asItIs },
  "listing.yaml": {
    data: {
      ...NODES,
      etcdHosts: [{ name: "etcd1", addresses: ["192.168.10.21"] }],
      files: {
        master01: [
          { path: FILES.caFile, mode: "0644", content: "hidden" },
          { path: FILES.certFile, link: "/etc/ssl/etcd/ssl/other.pem" },
          { path: FILES.keyFile, sha256: "a".repeat(64) },
        ],
      },
      searched: ["/etc/ssl/etcd"],
    },
    text: json,
  },
  "inventory.ini": { data: INVENTORY, text: asItIs },
  "group_vars/all.yml": { data: GROUP_VARS, text: asItIs },
  "host_vars/master01.yml": { data: GROUP_VARS, text: asItIs },
  "accept.yaml": {
    data: {
      accept: [
        {
          policy: "private-keys-protected",
          cluster: "prod",
          node: "master01",
          path: FILES.keyFile,
          reason: "because",
          until: "2027-03-31",
        },
        { undecided: "ansible-run", reason: "because", until: "2020-01-01" },
      ],
    },
    text: json,
  },
  "record.yaml": {
    data: {
      apiVersion: "kubeadm-guard/v1",
      kind: "KubeadmConfigRecord",
      cluster: "prod",
      configuration: {
        "etcd.external.keyFile": "/etc/ssl/etcd/ssl/was.pem",
        clusterName: "was",
        "networking.dnsDomain": "was.local",
      },
      filesOnEveryNode: [FILES.caFile],
      history: [
        {
          date: "2026-01-01T00:00:00.000Z",
          by: "Ada",
          reason: "because",
          kubernetesVersion: "v1.29.0",
          changes: ["clusterName: was"],
        },
      ],
    },
    text: json,
  },
  "compare.yaml": {
    data: { record: "record.yaml", allow: [{ field: "clusterName", reason: "because" }] },
    text: json,
  },
  "baseline.json": {
    data: {
      apiVersion: "kubeadm-guard/v1",
      kind: "Baseline",
      findings: [
        {
          cluster: "prod",
          policy: "private-keys-protected",
          node: "master01",
          path: FILES.keyFile,
          fingerprint: "a".repeat(64),
        },
      ],
    },
    text: json,
  },
};

/** What kubectl prints about a cluster, which `check` reads as its kubeadm-config. */
export const KUBECTL_OUTPUT: MarkedFile = {
  data: [
    configMap,
    list([nodeObject("master01", "10.0.0.1", "control-plane"), nodeObject("master02", "10.0.0.2", "control-plane")]),
    list([
      {
        ...apiServerPod("master01", { ...FILES, etcdServers: ["https://192.168.10.21:2379"] }),
      },
    ]),
  ],
  text: (data) => (Array.isArray(data) ? data.map((one) => JSON.stringify(one)).join("\n") : json(data)),
};

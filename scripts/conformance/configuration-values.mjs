import { externalEtcd, TOKEN_GROUP, volume } from "./sound-configuration.mjs";

/** The words of a text: lists that are easier to read without quotes. */
export const words = (text) => text.trim().split(/\s+/);

/** What kubeadm's rules and decoders are sensitive to, by the name of the field. */
export const VALUES = {
  apiVersion: [
    ...[...words("v1beta1 v1beta2 v1beta3 v1beta4 v1beta5 v1"), ""].map((version) => `kubeadm.k8s.io/${version}`),
    ...words("v1beta3 kubeadm.k8s.io kubeadm.k8s.io/v1beta3/x apps/v1 kubelet.config.k8s.io/v1beta1 v1"),
  ],
  kind: [
    ...["ClusterConfiguration", "InitConfiguration", "JoinConfiguration", "ResetConfiguration", "clusterConfiguration"],
    ...["UpgradeConfiguration", "ClusterStatus", "Pod", "ClusterConfiguration ", "KubeletConfiguration"],
  ],
  kubernetesVersion: [
    ...words("1.30.4 v1.30 v1.29.0 v1.28.9 v1.29.0-rc.1 v1.30.0-alpha.0 v1.33.1 v1.34.0 v1.35.0"),
    ...words("v1.30.0+build.5 v1.30.0-rc.01 v1.30.01 v01.30.0 v1.30.0.1 v1.30.0_x stable stable-1"),
    ...[...words("latest latest-1.30 ci/latest release/v1.30.0 ci/v1.34.0 stable-2.1x foo"), " v1.30.0", "v1.30.0 "],
    ...[...words("v1.36.0 v1.37.0 v2.0.0 v0.99.0 v1.99999999999999999999.0 vv1.30.0 1.30"), "{{ kube_version }}"],
  ],
  clusterName: ["Cluster_1", "", "a b"],
  controlPlaneEndpoint: [
    ...words("lb.example.com lb.example.com:6443 LB.example.com:6443 10.0.0.1 10.0.0.1:0 10.0.0.1:65536"),
    ...words(`
      10.0.0.1:65535 :6443 10.0.0.1: fd00::1 [fd00::1]:6443 [fd00::1] fd00::1:6443 -a.example.com
    `),
    ...[...words("https://lb:6443 lb_1:6443 lb:6443:1 010.0.0.1:6443 a..b:1 lb:+80 lb:06443"), "$LB:6443"],
    ...[
      `${"a".repeat(254)}:1`,
      `${"a".repeat(64)}.b:1`,
      "::ffff:1.2.3.4",
      "1.2.3.4.5",
      "1.2.3",
      "lb.:6443",
      "*.example.com",
    ],
  ],
  certificatesDir: ["etc/kubernetes", "", "/", "./x", "~/x", " /etc", "/etc/{{ x }}", "file:///etc"],
  imageRepository: [
    ...[...words("registry:5000 registry:5000/a/b Registry.Example.com a/B a//b /a a/ a@sha256:00"), "a b", ""],
    ...words(`
      [fd00::1]:5000/x foo:tag a__b a___b a-_b _a localhost example.com:port/a https://x
    `),
  ],
  dnsDomain: [
    "cluster.local",
    "Cluster.local",
    "cluster_local",
    "cluster.local.",
    ".local",
    "",
    "a".repeat(254),
    "x y",
    "0",
    "a-",
  ],
  serviceSubnet: SUBNETS(),
  podSubnet: SUBNETS(),
  endpoints: [[], ...ENDPOINTS().map((endpoint) => [endpoint]), ["https://a:2379", "https://a:2379"]],
  httpEndpoints: [["http://10.0.0.1:2379"], [], ["10.0.0.1:2379"]],
  caFile: PATHS(),
  certFile: PATHS(),
  keyFile: PATHS(),
  dataDir: PATHS(),
  certSANs: SANS(),
  serverCertSANs: SANS(),
  peerCertSANs: SANS(),
  featureGates: [
    ...["RootlessControlPlane", "EtcdLearnerMode", "PublicKeysECDSA", "WaitForAllControlPlaneComponents", "Nonsense"],
    ...["ControlPlaneKubeletLocalMode", "NodeLocalCRISocket", "UpgradeAddonsBeforeControlPlane", ""],
  ].map((gate) => ({ [gate]: true })),
  encryptionAlgorithm: [...words("RSA-2048 RSA-4096 ECDSA-P256 ECDSA-P384 ECDSA RSA rsa-2048 RSA-1024"), ""],
  certificateValidityPeriod: DURATIONS(),
  caCertificateValidityPeriod: DURATIONS(),
  timeoutForControlPlane: DURATIONS(),
  ttl: DURATIONS(),
  etcdAPICall: DURATIONS(),
  shutdownGracePeriod: DURATIONS(),
  flushFrequency: ["5s", 5000000000, "x", 1.5],
  expires: ["2030-01-01T00:00:00Z", "2030-01-01", "2030-02-30T00:00:00Z"],
  advertiseAddress: [...words("192.168.1.1 010.1.1.1 fd00::1 127.0.0.1 ::1 0.0.0.0 master01 1.2.3 224.0.0.1"), ""],
  bindPort: [6443, 0, 1, 65535, 65536, -1, "6443", 6443.5, 99999999999],
  name: ["", "Master01", "master_01", "master01.example.com", " ", "a b", 5],
  criSocket: [
    ...words(`
      /run/containerd.sock unix:///x tcp://x unixfoo:///x unix://%zz npipe:////./pipe/x
    `),
    "",
    "http://a b",
  ],
  imagePullPolicy: ["Always", "Never", "", "always", "Sometimes"],
  token: ["abcdef.0123456789abcdef", "ABCDEF.0123456789abcdef", "abcdef", "", 5, "abcdef.0123456789abcdef "],
  usages: [["signing"], ["authentication"], ["nonsense"], []],
  groups: [[TOKEN_GROUP], ["system:masters"], [], ["system:bootstrappers:a"]],
  certificateKey: ["", "00", "zz".repeat(32), "0".repeat(63), "AB".repeat(32), 5],
  discovery: [
    {},
    { file: { kubeConfigPath: "https://example.com/x.conf" } },
    { file: { kubeConfigPath: "http://x/y" } },
    null,
  ],
  apiServerEndpoint: ["", "10.0.0.1", "10.0.0.1:x", "[::1]:6443", "a:b:c"],
  caCertHashes: [[], ["sha256:zz"], ["nonsense"]],
  unsafeSkipCAVerification: [true, "true"],
  caCertPath: ["/x.crt", "x.crt", "/x.pem", ""],
  unmountFlags: [["MNT_FORCE"], ["MNT_X"], []],
  directory: ["/x", "x", ""],
  etcd: [
    {},
    null,
    { local: {} },
    { external: {} },
    { local: null, external: null },
    { local: { dataDir: "x" } },
    "local",
  ],
  local: [{}, null, { dataDir: "" }, { extraArgs: null }],
  external: [{}, null, { endpoints: ["http://10.0.0.1:2379"] }, externalEtcd()],
  extraArgs: [
    null,
    {},
    [],
    { "": "x" },
    [{ name: "", value: "x" }],
    { v: 2 },
    [{ name: "v", value: 2 }],
    [{ v: "2" }],
    "v=2",
  ],
  extraEnvs: [
    [{ name: "A", value: "b" }],
    [{ name: "A", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } }],
    [{ name: "A", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1m" } } }],
    [{ name: "A", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1mm" } } }],
    [{ name: 5 }],
    { A: "b" },
  ],
  extraVolumes: [
    [],
    [{ name: "a" }],
    { name: "a" },
    [{ name: "a", readonly: true }],
    [volume("", ""), volume("b", "relative")],
  ],
  readOnly: ["yes", "no", "true", 1],
  pathType: ["Directory", "nonsense", "", null],
  taints: [[], null, [{ key: "a" }], [{ key: "a", timeAdded: "2030-01-01T00:00:00Z" }], [{ key: "a", timeAdded: "x" }]],
  contextLines: [3, "3", 1.5],
};

function SUBNETS() {
  return [
    ...words("10.96.0.0/12 10.96.0.0/11 10.96.0.0/28 10.96.0.0/29 10.96.0.0/30 10.96.0.0/32 0.0.0.0/0"),
    ...words("10.244.0.0/16 10.244.0.0/24 10.244.0.0/25 10.0.0.0/8 10.0.0.0/7 10.244.0.5/16 010.0.0.0/16"),
    ...words("10.244.0.0/33 10.244.0.0 10.244.0.0/ 10.244.0.0/x 10.244.0/16 fd00::/108 fd00::/107 fd00::/48"),
    ...words(`
    fd00::/112 fd00::/125 fd00::/64 fd00::/65 fd00::/47 ::/0 10.96.0.0/16,fd00::/112
    fd00::/56,10.0.0.0/16
  `),
    ...[
      "10.0.0.0/16,10.1.0.0/16",
      "10.0.0.0/16,fd00::/112,fd01::/112",
      "10.0.0.0/16, fd00::/112",
      "",
      ",",
      "x",
      "fec0::/112",
    ],
    ...words("::ffff:10.0.0.0/112 1.2.3.4/8/8 256.0.0.0/8 10.0.0.0/008 10.0.0.0/-8 10.0.0.0/+8 fd00:::/64 g::/64"),
  ];
}

function ENDPOINTS() {
  return [
    ...words("https://10.0.0.1:2379 http://10.0.0.1:2379 10.0.0.1:2379 etcd1:2379 etcd1 HTTPS://10.0.0.1:2379"),
    ...words(`
    https://10.0.0.1 https://10.0.0.1:99999 https://10.0.0.1:x https://:2379 https:// https:///x
    //a:2379
  `),
    ...[
      ...words(`
      unix:///x unixs:///x https://[fd00::1]:2379 https://fd00::1:2379 https://[fd00::1 https://[10.0.0.1]:1
    `),
      "",
    ],
    ...[
      "https://a b:2379",
      "https://{{ ip }}:2379",
      "https://a/%zz",
      "https://a%20b:1",
      "https://user:p@ss@h:1",
      "https://us er@h:1",
    ],
    ...[
      ...words("https://h:2379/path?q#f https://h:2379#%zz :2379 /x https:10.0.0.1:2379 %"),
      "https://$IP:2379",
      "ht tp://a",
    ],
    ...[
      ...words(`
      https://[fd00::1%25eth0]:1 https://[fd00::00001]:1 https://h: https://h:-1 https://h_1:2379 *
    `),
      "https://h\\x:1",
    ],
  ];
}

function PATHS() {
  return [
    ...["", "/etc/ssl/etcd/ssl/ca.pem", "etc/ca.pem", "./ca.pem", "~/ca.pem", " /ca.pem", "/ca.pem ", "file:///ca.pem"],
    ...[
      "/etc/{{ inventory_hostname }}.pem",
      "$DIR/ca.pem",
      "/",
      "//x",
      "/a/../b",
      12345,
      true,
      null,
      ["/a"],
      { a: "/b" },
    ],
  ];
}

function SANS() {
  return [
    ...words("kubernetes Kubernetes *.example.com *.Example.com * *.*.com a_b -a a. 10.0.0.1 10.0.0"),
    ...[
      "010.0.0.1",
      "fd00::1",
      "FD00::1",
      "fd00::1%eth0",
      "",
      " ",
      "https://a",
      "a".repeat(254),
      "a:6443",
      "10.0.0.0/8",
      "ä.de",
    ],
    ...[5, null, true, ["a"]],
  ].map((name) => ["kubernetes", name]);
}

function DURATIONS() {
  return [
    "4m0s",
    "5",
    5,
    "",
    "0",
    "-1h",
    "1d",
    "1h30m",
    "1.5h",
    ".5s",
    "1h 30m",
    "1µs",
    "h",
    "99999999h",
    null,
    "+3s",
    "1h-3m",
    "8760h",
  ];
}

/** Values of every type, for any field. */
export const ANY = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  1e30,
  "",
  "x",
  "true",
  "1",
  [],
  ["x"],
  [1],
  {},
  { a: "b" },
  "~",
  "0x1F",
  "yes",
  "2030-01-01",
];

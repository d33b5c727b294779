/**
 * Random kubeadm configuration files for the comparison with `kubeadm config validate`: a sound configuration, changed
 * in its fields, types and versions, written in one of YAML's many ways, and then changed as text. Pure and seeded.
 */

/**
 * One file. `apiVersion` is "v1beta3" or "v1beta4", `minor` the minor release that is asked. The same arguments give
 * the same text.
 * @param {{seed: number, apiVersion: string, minor: number}} options
 * @returns {string}
 */
export function mutateConfiguration({ seed, apiVersion, minor }) {
  const random = randomFrom(seed);
  const documents = baseDocuments(random, apiVersion, minor);
  const changes = random.pick([0, 1, 1, 1, 2, 3]);
  for (let i = 0; i < changes; i++) changeTree(random, documents);
  let text = writeDocuments(random, documents);
  const edits = random.pick([0, 0, 0, 0, 1, 1, 2]);
  for (let i = 0; i < edits; i++) text = editText(random, text);
  return text;
}

/** A seeded source of choices (mulberry32). */
export function randomFrom(seed) {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (values) => values[below(values.length)],
  };
}

// ---- a sound configuration

function baseDocuments(random, apiVersion, minor) {
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

function externalEtcd() {
  return {
    endpoints: ["https://192.168.10.21:2379", "https://192.168.10.22:2379", "https://[fd00::23]:2379"],
    caFile: "/etc/ssl/etcd/ssl/ca.pem",
    certFile: "/etc/ssl/etcd/ssl/node-master01.pem",
    keyFile: "/etc/ssl/etcd/ssl/node-master01-key.pem",
  };
}

function volume(name, path) {
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

const TOKEN_GROUP = "system:bootstrappers:kubeadm:default-node-token";

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

// ---- changes of fields

/** What kubeadm's rules and decoders are sensitive to, by the name of the field. */
const VALUES = {
  apiVersion: [
    ...["v1beta1", "v1beta2", "v1beta3", "v1beta4", "v1beta5", "v1", ""].map((version) => `kubeadm.k8s.io/${version}`),
    ...["v1beta3", "kubeadm.k8s.io", "kubeadm.k8s.io/v1beta3/x", "apps/v1", "kubelet.config.k8s.io/v1beta1", "v1"],
  ],
  kind: [
    ...["ClusterConfiguration", "InitConfiguration", "JoinConfiguration", "ResetConfiguration", "clusterConfiguration"],
    ...["UpgradeConfiguration", "ClusterStatus", "Pod", "ClusterConfiguration ", "KubeletConfiguration"],
  ],
  kubernetesVersion: [
    ...["1.30.4", "v1.30", "v1.29.0", "v1.28.9", "v1.29.0-rc.1", "v1.30.0-alpha.0", "v1.33.1", "v1.34.0", "v1.35.0"],
    ...["v1.30.0+build.5", "v1.30.0-rc.01", "v1.30.01", "v01.30.0", "v1.30.0.1", "v1.30.0_x", "stable", "stable-1"],
    ...[
      "latest",
      "latest-1.30",
      "ci/latest",
      "release/v1.30.0",
      "ci/v1.34.0",
      "stable-2.1x",
      "foo",
      " v1.30.0",
      "v1.30.0 ",
    ],
    ...[
      "v1.36.0",
      "v1.37.0",
      "v2.0.0",
      "v0.99.0",
      "v1.99999999999999999999.0",
      "{{ kube_version }}",
      "vv1.30.0",
      "1.30",
    ],
  ],
  clusterName: ["Cluster_1", "", "a b"],
  controlPlaneEndpoint: [
    ...["lb.example.com", "lb.example.com:6443", "LB.example.com:6443", "10.0.0.1", "10.0.0.1:0", "10.0.0.1:65536"],
    ...[
      "10.0.0.1:65535",
      ":6443",
      "10.0.0.1:",
      "fd00::1",
      "[fd00::1]:6443",
      "[fd00::1]",
      "fd00::1:6443",
      "-a.example.com",
    ],
    ...["https://lb:6443", "lb_1:6443", "lb:6443:1", "010.0.0.1:6443", "a..b:1", "${LB}:6443", "lb:+80", "lb:06443"],
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
    ...[
      "registry:5000",
      "registry:5000/a/b",
      "Registry.Example.com",
      "a/B",
      "a//b",
      "/a",
      "a/",
      "a@sha256:00",
      "a b",
      "",
    ],
    ...["[fd00::1]:5000/x", "foo:tag", "a__b", "a___b", "a-_b", "_a", "localhost", "example.com:port/a", "https://x"],
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
  encryptionAlgorithm: ["RSA-2048", "RSA-4096", "ECDSA-P256", "ECDSA-P384", "ECDSA", "RSA", "rsa-2048", "", "RSA-1024"],
  certificateValidityPeriod: DURATIONS(),
  caCertificateValidityPeriod: DURATIONS(),
  timeoutForControlPlane: DURATIONS(),
  ttl: DURATIONS(),
  etcdAPICall: DURATIONS(),
  shutdownGracePeriod: DURATIONS(),
  flushFrequency: ["5s", 5000000000, "x", 1.5],
  expires: ["2030-01-01T00:00:00Z", "2030-01-01", "2030-02-30T00:00:00Z"],
  advertiseAddress: [
    "192.168.1.1",
    "010.1.1.1",
    "fd00::1",
    "127.0.0.1",
    "::1",
    "0.0.0.0",
    "master01",
    "",
    "1.2.3",
    "224.0.0.1",
  ],
  bindPort: [6443, 0, 1, 65535, 65536, -1, "6443", 6443.5, 99999999999],
  name: ["", "Master01", "master_01", "master01.example.com", " ", "a b", 5],
  criSocket: [
    "",
    "/run/containerd.sock",
    "unix:///x",
    "tcp://x",
    "unixfoo:///x",
    "http://a b",
    "unix://%zz",
    "npipe:////./pipe/x",
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
    ...["10.96.0.0/12", "10.96.0.0/11", "10.96.0.0/28", "10.96.0.0/29", "10.96.0.0/30", "10.96.0.0/32", "0.0.0.0/0"],
    ...["10.244.0.0/16", "10.244.0.0/24", "10.244.0.0/25", "10.0.0.0/8", "10.0.0.0/7", "10.244.0.5/16", "010.0.0.0/16"],
    ...[
      "10.244.0.0/33",
      "10.244.0.0",
      "10.244.0.0/",
      "10.244.0.0/x",
      "10.244.0/16",
      "fd00::/108",
      "fd00::/107",
      "fd00::/48",
    ],
    ...[
      "fd00::/112",
      "fd00::/125",
      "fd00::/64",
      "fd00::/65",
      "fd00::/47",
      "::/0",
      "10.96.0.0/16,fd00::/112",
      "fd00::/56,10.0.0.0/16",
    ],
    ...[
      "10.0.0.0/16,10.1.0.0/16",
      "10.0.0.0/16,fd00::/112,fd01::/112",
      "10.0.0.0/16, fd00::/112",
      "",
      ",",
      "x",
      "fec0::/112",
    ],
    ...[
      "::ffff:10.0.0.0/112",
      "1.2.3.4/8/8",
      "256.0.0.0/8",
      "10.0.0.0/008",
      "10.0.0.0/-8",
      "10.0.0.0/+8",
      "fd00:::/64",
      "g::/64",
    ],
  ];
}

function ENDPOINTS() {
  return [
    ...[
      "https://10.0.0.1:2379",
      "http://10.0.0.1:2379",
      "10.0.0.1:2379",
      "etcd1:2379",
      "etcd1",
      "HTTPS://10.0.0.1:2379",
    ],
    ...[
      "https://10.0.0.1",
      "https://10.0.0.1:99999",
      "https://10.0.0.1:x",
      "https://:2379",
      "https://",
      "https:///x",
      "//a:2379",
    ],
    ...[
      "unix:///x",
      "unixs:///x",
      "https://[fd00::1]:2379",
      "https://fd00::1:2379",
      "https://[fd00::1",
      "https://[10.0.0.1]:1",
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
      "https://${IP}:2379",
      "https://h:2379/path?q#f",
      "https://h:2379#%zz",
      ":2379",
      "/x",
      "https:10.0.0.1:2379",
      "ht tp://a",
      "%",
    ],
    ...[
      "https://[fd00::1%25eth0]:1",
      "https://[fd00::00001]:1",
      "https://h:",
      "https://h:-1",
      "https://h_1:2379",
      "https://h\\x:1",
      "*",
    ],
  ];
}

function PATHS() {
  return [
    ...["", "/etc/ssl/etcd/ssl/ca.pem", "etc/ca.pem", "./ca.pem", "~/ca.pem", " /ca.pem", "/ca.pem ", "file:///ca.pem"],
    ...[
      "/etc/{{ inventory_hostname }}.pem",
      "${DIR}/ca.pem",
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
    ...[
      "kubernetes",
      "Kubernetes",
      "*.example.com",
      "*.Example.com",
      "*",
      "*.*.com",
      "a_b",
      "-a",
      "a.",
      "10.0.0.1",
      "10.0.0",
    ],
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
const ANY = [
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

function changeTree(random, documents) {
  const document = random.pick(documents);
  if (document === undefined) return;
  const places = [...placesOf(document)];
  const place = random.pick(places);
  const { holder, name } = place;
  random.pick([setValue, setValue, setValue, setValue, setAny, remove, addField, renameField, switchShape, bothEtcds])(
    random,
    { document, places, holder, name },
  );
}

function* placesOf(node) {
  if (node === null || typeof node !== "object") return;
  for (const name of Object.keys(node)) {
    yield { holder: node, name };
    yield* placesOf(node[name]);
  }
}

function setValue(random, { document, places, holder, name }) {
  if (random.chance(0.25)) return addKnown(random, document);
  const sensitive = places.filter((place) => place.name in VALUES);
  const place = sensitive.length > 0 ? random.pick(sensitive) : { holder, name };
  place.holder[place.name] = copy(random.pick(VALUES[place.name] ?? ANY));
}

/** A field that the document could have, with a value of its kind. */
function addKnown(random, document) {
  const homes = [document, ...[...placesOf(document)].map(({ holder, name }) => holder[name])];
  const home = random.pick(homes.filter((home) => home !== null && typeof home === "object" && !Array.isArray(home)));
  const name = random.pick(Object.keys(VALUES));
  home[name] = copy(random.pick(VALUES[name]));
}

function setAny(random, { holder, name }) {
  holder[name] = copy(random.pick(ANY));
}

function remove(_random, { holder, name }) {
  if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete holder[name];
}

function addField(random, { document, holder }) {
  const target = Array.isArray(holder) ? document : holder;
  target[
    random.pick(["foo", "Foo", "extraArg", "certsans", "externel", "endpoint", "null", "1", "true", "<<", "a.b"])
  ] = copy(random.pick(ANY));
}

function renameField(random, { holder, name }) {
  if (Array.isArray(holder)) return;
  const renamed = random.pick([
    name.toLowerCase(),
    name.toUpperCase(),
    `${name}s`,
    ` ${name}`,
    `${name} `,
    name.slice(1),
  ]);
  const value = holder[name];
  delete holder[name];
  holder[renamed] = value;
}

/** extraArgs as a list where a map is due, and the other way round. */
function switchShape(random, { places }) {
  const place = random.pick(places.filter(({ name }) => /ExtraArgs|extraArgs/.test(name)));
  if (place === undefined) return;
  const value = place.holder[place.name];
  if (Array.isArray(value)) {
    place.holder[place.name] = Object.fromEntries(value.map((arg) => [arg?.name ?? "", arg?.value ?? ""]));
  } else if (value !== null && typeof value === "object") {
    place.holder[place.name] = Object.entries(value).map(([name, value]) => ({ name, value }));
  }
}

function bothEtcds(_random, { document }) {
  if (document.kind !== "ClusterConfiguration") return;
  document.etcd = { local: { dataDir: "/var/lib/etcd" }, external: externalEtcd() };
}

function copy(value) {
  return value === null || typeof value !== "object" ? value : JSON.parse(JSON.stringify(value));
}

// ---- writing

function writeDocuments(random, documents) {
  const style = {
    indent: random.pick([2, 2, 2, 4, 3]),
    listIndent: random.pick([0, 2]),
    quoting: random.pick(["plain", "plain", "double", "single", "mixed"]),
    flow: random.chance(0.15) ? 0.3 : 0,
    comments: random.chance(0.2) ? 0.1 : 0,
    aliases: random.chance(0.08),
  };
  if (random.chance(0.05))
    return documents.map((document) => `${JSON.stringify(document, null, random.pick([0, 2, "\t"]))}\n`).join("---\n");
  const texts = documents.map((document) => writeDocument(random, document, style));
  const separator = random.pick(["---\n", "---\n", "---\n", "--- \n", "--- # next\n", "...\n---\n"]);
  return (
    random.pick(["", "", "---\n", "# comment\n", "\n"]) +
    texts.join(separator) +
    random.pick(["", "", "", "...\n", "---\n", "\n"])
  );
}

function writeDocument(random, document, style) {
  const text = writeBlock(random, document, 0, style);
  return style.aliases ? withAlias(random, text) : text;
}

function writeBlock(random, node, depth, style) {
  if (node === null || typeof node !== "object" || Object.keys(node).length === 0 || random.chance(style.flow)) {
    return `${" ".repeat(depth)}${writeFlow(random, node, style)}\n`;
  }
  const lines = Array.isArray(node)
    ? node.map((item) => writeItem(random, item, depth, style))
    : Object.entries(node).map(([name, value]) => writeField(random, name, value, depth, style));
  return lines.join("");
}

function writeItem(random, item, depth, style) {
  if (item === null || typeof item !== "object" || Object.keys(item).length === 0) {
    return `${" ".repeat(depth)}- ${writeFlow(random, item, style)}\n`;
  }
  const inner = writeBlock(random, item, depth + 2, style);
  return `${" ".repeat(depth)}- ${inner.slice(depth + 2)}`;
}

function writeField(random, name, value, depth, style) {
  const comment = random.chance(style.comments) ? random.pick([" # note", "  # a: b"]) : "";
  const start = `${" ".repeat(depth)}${writeString(random, name, style)}:`;
  const simple = value === null || typeof value !== "object" || Object.keys(value).length === 0;
  if (simple || random.chance(style.flow)) return `${start} ${writeFlow(random, value, style)}${comment}\n`;
  const inner = depth + (Array.isArray(value) ? style.listIndent : style.indent);
  return `${start}${comment}\n${writeBlock(random, value, inner, style)}`;
}

function writeFlow(random, node, style) {
  if (Array.isArray(node)) return `[${node.map((item) => writeFlow(random, item, style)).join(", ")}]`;
  if (node !== null && typeof node === "object") {
    const fields = Object.entries(node).map(
      ([name, value]) => `${writeString(random, name, style)}: ${writeFlow(random, value, style)}`,
    );
    return `{${fields.join(", ")}}`;
  }
  if (node === null) return random.pick(["null", "~", "Null", ""]);
  if (typeof node === "boolean")
    return random.pick(node ? ["true", "yes", "on", "True", "Y"] : ["false", "no", "off", "FALSE", "n"]);
  if (typeof node === "number") return writeNumber(random, node);
  return writeString(random, node, style);
}

function writeNumber(random, number) {
  if (!Number.isInteger(number) || number < 0 || number > 1e15) return String(number);
  return random.pick([
    String(number),
    String(number),
    String(number),
    `0x${number.toString(16)}`,
    `0o${number.toString(8)}`,
    `0${number.toString(8)}`,
    `+${number}`,
    `${number}.0`,
    `${number}_`,
    `0b${number.toString(2)}`,
  ]);
}

function writeString(random, text, style) {
  const quoting = style.quoting === "mixed" ? random.pick(["plain", "double", "single"]) : style.quoting;
  const plain = /^[A-Za-z/][-A-Za-z0-9/._]*(:[-A-Za-z0-9/._]+)*$|^[0-9]+\.[0-9]+\.[0-9./]+$/.test(text);
  const safe = plain && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  if (quoting === "plain" && (safe || random.chance(0.01))) return text;
  if (quoting === "single" && !/[\n\t]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text);
}

/** Gives one mapping an anchor and uses it a second time, by name or as a merge key. */
function withAlias(random, text) {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) => (/^[a-zA-Z]+:$/.test(line) ? [index] : []));
  const at = random.pick(starts);
  if (at === undefined) return text;
  lines[at] = `${lines[at]} &shared`;
  const use = random.pick([
    "scheduler: *shared",
    "controllerManager:\n  <<: *shared",
    "apiServer: {<<: *shared}",
    "<<: *shared",
    "dns: *shared",
  ]);
  return `${lines.join("\n")}${use}\n`;
}

// ---- changes of the text

function editText(random, text) {
  return random.pick([
    (text) => text.replaceAll("\n", "\r\n"),
    (text) => `\ufeff${text}`,
    duplicateLine,
    duplicateLine,
    removeLine,
    swapLines,
    (text, random) => indentLine(text, random, random.pick([" ", "  ", "\t"])),
    dedentLine,
    insertCharacter,
    insertCharacter,
    removeCharacter,
    (text) => `${text}---\n${text}`,
    (text, random) =>
      `${text}${random.pick(["---\n", "---\napiVersion: v1\n", "...\n", "--- foo\n", "---\n# end\n", "%YAML 1.1\n"])}`,
    (text, random) =>
      `${random.pick(["%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%TAG ! tag:x,2000:\n---\n", "\t\n", "# x\n"])}${text}`,
    (text, random) => replaceValue(text, random, random.pick(SCALARS)),
    (text, random) => replaceValue(text, random, random.pick(SCALARS)),
    blockScalar,
    trailingBlank,
    mergeKey,
    (text) => text.slice(0, Math.floor(text.length * 0.7)),
    (text) => text.replace(/\n$/, ""),
  ])(text, random);
}

const SCALARS = [
  ...[
    "yes",
    "No",
    "on",
    "off",
    "y",
    "~",
    "",
    "null",
    "0755",
    "0o17",
    "0x1F",
    "0b11",
    "1_000",
    "1e3",
    ".5",
    ".inf",
    ".nan",
    "+1",
    "-0",
  ],
  ...[
    "2030-01-01",
    "12:30:45",
    "1.30",
    "!!str 123",
    '!!int "3"',
    "!!bool yes",
    "!!binary YWJj",
    "!!float 3",
    "!foo x",
    "! 12",
  ],
  ...[
    "*unknown",
    "&a x",
    "{{ template }}",
    "{% if %}",
    "${VAR}",
    "$(cmd)",
    "<placeholder>",
    "[object Object]",
    "@x",
    "`x`",
    "%x",
  ],
  ...[
    "'it''s'",
    "'open",
    '"a\\tb"',
    '"a\\/b"',
    '"a\\x41"',
    '"\\u00e4"',
    '"open',
    "a: b",
    "a #b",
    "a#b",
    "- x",
    "? x",
    "[a, b",
    "{a: b",
  ],
  ...[
    "|",
    ">",
    "|-\n    text",
    ">-\n    folded\n    text",
    "a\n  b",
    "#",
    "key: [",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
    '""',
  ],
];

function lineNumber(random, lines) {
  return random.below(Math.max(1, lines.length - 1));
}

function duplicateLine(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines.splice(random.chance(0.7) ? at : lineNumber(random, lines), 0, lines[at]);
  return lines.join("\n");
}

function removeLine(text, random) {
  const lines = text.split("\n");
  lines.splice(lineNumber(random, lines), 1);
  return lines.join("\n");
}

function swapLines(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines.splice(at, 2, ...lines.slice(at, at + 2).reverse());
  return lines.join("\n");
}

function indentLine(text, random, by) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines[at] = by + lines[at];
  return lines.join("\n");
}

function dedentLine(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines[at] = lines[at].replace(/^ {1,2}/, "");
  return lines.join("\n");
}

function insertCharacter(text, random) {
  const at = random.below(text.length + 1);
  return (
    text.slice(0, at) +
    random.pick([..." \t:-#'\"{}[],&*!|>%@?\\\n", "\u00e4", "\u0001", "\u2028", "\u0085", "\u00a0", "\ufeff", ": "]) +
    text.slice(at)
  );
}

function removeCharacter(text, random) {
  const at = random.below(Math.max(1, text.length));
  return text.slice(0, at) + text.slice(at + 1);
}

function replaceValue(text, random, value) {
  const lines = text.split("\n");
  const places = lines.flatMap((line, index) => (/^\s*(- )?[^#:]+: \S/.test(line) ? [index] : []));
  const at = random.pick(places);
  if (at === undefined) return text;
  lines[at] = lines[at].replace(/: .*$/s, () => `: ${value}`);
  return lines.join("\n");
}

function blockScalar(text, random) {
  const header = random.pick(["|", "|-", ">-", "|2", "|+", ">"]);
  return text.replace(/: (\/[^\n]*|v1[^\n]*)$/m, (_match, value) => `: ${header}\n      ${value}`);
}

function trailingBlank(text, random) {
  const lines = text.split("\n");
  const at = lineNumber(random, lines);
  lines[at] += random.pick([" ", "\t", " # c", "\t# c"]);
  return lines.join("\n");
}

function mergeKey(text, random) {
  return random.pick([
    `x: &base {imageRepository: registry.k8s.io}\n<<: *base\n${text}`,
    `${text}<<: {clusterName: merged}\n`,
    `${text}<<: [{clusterName: a}, {clusterName: b}]\n`,
    `${text}<<: x\n`,
    text.replace(/^dns:$/m, "dns:\n  <<: {imageTag: x}"),
    text.replace(/^networking:$/m, "networking:\n  ? dnsDomain\n  : x"),
  ]);
}

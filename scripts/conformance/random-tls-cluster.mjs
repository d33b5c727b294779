import { randomFrom } from "./mutate-configuration.mjs";
import { BOTH, certificateOf, newCa, newKey, pkcs8, VALIDITY } from "./pki.mjs";

const FOLDER = "/etc/ssl/etcd/ssl";
const NODE = { name: "master01", addresses: ["192.168.10.11"] };
const EXTENDED = { server: "server_auth", client: "client_auth" };

/**
 * A random cluster for the external etcd checks of `kubeadm init phase preflight`, in the format of `test/fixtures/clusters-with-etcd`
 * without answers, and the keys of its etcd members in `serverKeys`. Seeded; only keys differ from run to run.
 */
export function randomTlsCluster(seed) {
  const random = randomFrom(seed);
  const etcdHosts = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, index) => ({
    name: `etcd0${index + 1}`,
    addresses: [`192.168.10.${21 + index}`],
  }));
  const ca = newCa("etcd-ca");
  const cas = {
    ca,
    other: newCa("other-ca"),
    sameName: newCa("etcd-ca"),
    renewed: newCa("etcd-ca", { key: ca.key }),
    expired: newCa("etcd-ca", { key: ca.key, validity: VALIDITY.EXPIRED }),
    intermediate: newCa("etcd-intermediate", { signer: ca }),
  };
  const isPlain = random.chance(0.08);
  const faulty = random.chance(0.75) ? random.pick(["server", "client", "caFile", "endpoint", "file"]) : "nothing";
  const broken = random.below(etcdHosts.length);
  const servers = etcdHosts.map((host, index) =>
    serverPair(random, host, cas, faulty === "server" && index === broken ? "faulty" : "sound"),
  );
  const client = clientPair(random, cas, faulty === "client" ? "faulty" : "sound");
  const caFile = faulty === "caFile" ? random.pick(CA_FILES)(cas) : cas.ca.pem;
  const paths = { caFile: "ca.pem", certFile: "node-master01.pem", keyFile: "node-master01-key.pem" };
  const contents = { caFile, certFile: client.certificate, keyFile: client.key };
  const missing = faulty === "file" ? random.pick(MISSING) : [];
  const files = Object.entries(paths)
    .filter(([field]) => !missing.includes(field))
    .map(([field, name]) => ({ path: `${FOLDER}/${name}`, link: null, mode: "0600", content: contents[field] }));
  const endpoints = etcdHosts.map(({ addresses: [address] }) => `${isPlain ? "http" : "https"}://${address}:2379`);
  if (faulty === "endpoint") endpoints[broken] = random.pick(ENDPOINTS)(etcdHosts[broken].addresses[0]);
  const all = Object.entries(paths);
  // kubeadm refuses files with an http endpoint, and a pair without caFile, before it looks at any of them.
  const mayName = endpoints.every((endpoint) => !endpoint.startsWith("http:"));
  const named = mayName && random.chance(0.9) ? all : random.pick(mayName ? [[], all.slice(0, 1)] : [[]]);
  return {
    id: `random-tls-${seed}`,
    title: `Random cluster of seed ${seed} with a listening etcd`,
    why: "Made by npm run conformance.",
    kubernetesVersion: "v1.30.14",
    controlPlane: [NODE],
    etcdHosts,
    configMap: configMapOf(endpoints, named),
    files: { [NODE.name]: files },
    etcdServers: isPlain
      ? null
      : {
          trustedCA: cas.ca.pem,
          certificates: Object.fromEntries(etcdHosts.map(({ name }, index) => [name, servers[index].certificate])),
        },
    serverKeys: Object.fromEntries(etcdHosts.map(({ name }, index) => [name, servers[index].key])),
  };
}

function serverPair(random, { name, addresses }, cas, kind) {
  const key = newKey(random.pick(["P-256", "RSA", "Ed25519"]));
  const sound = {
    key,
    signer: cas.ca,
    commonName: name,
    dnsNames: [name, "localhost"],
    ipAddresses: [...addresses, "127.0.0.1"],
  };
  const changes = kind === "sound" ? random.pick(SOUND_SERVERS) : random.pick(FAULTY_SERVERS);
  return { certificate: certificateOf({ ...sound, ...changes(cas) }), key: pkcs8(key) };
}

// etcd asks itself over its own certificate, so that it refuses one without the usage of clients when it starts.
const SOUND_SERVERS = [
  () => ({}),
  () => ({}),
  () => ({ uses: ["digital_signature"] }),
  ({ renewed }) => ({ signer: renewed }),
  () => ({ commonName: undefined }),
];
const FAULTY_SERVERS = [
  () => ({ ipAddresses: ["127.0.0.1"] }),
  () => ({ ipAddresses: [] }),
  () => ({ ipAddresses: [], dnsNames: [] }),
  () => ({ validity: VALIDITY.EXPIRED }),
  () => ({ validity: VALIDITY.NOT_YET }),
  () => ({ uses: ["digital_signature", EXTENDED.client] }),
  ({ other }) => ({ signer: other }),
  ({ sameName }) => ({ signer: sameName }),
  ({ intermediate }) => ({ signer: intermediate }),
];

function clientPair(random, cas, kind) {
  const key = newKey(random.pick(["P-256", "P-384", "RSA", "Ed25519"]));
  const sound = { key, signer: cas.ca, commonName: "node-master01", dnsNames: ["master01"] };
  const {
    chain = () => "",
    shown = key,
    ...changes
  } = (kind === "sound" ? random.pick(SOUND_CLIENTS) : random.pick(FAULTY_CLIENTS))(cas);
  return { certificate: certificateOf({ ...sound, ...changes }) + chain(), key: pkcs8(shown) };
}

const SOUND_CLIENTS = [
  () => ({}),
  () => ({}),
  () => ({ uses: ["digital_signature", EXTENDED.client] }),
  () => ({ uses: ["digital_signature"] }),
  ({ ca }) => ({ chain: () => ca.pem }),
  ({ intermediate }) => ({ signer: intermediate, chain: () => intermediate.pem }),
];
const FAULTY_CLIENTS = [
  () => ({ uses: ["digital_signature", EXTENDED.server] }),
  () => ({ validity: VALIDITY.EXPIRED }),
  () => ({ validity: VALIDITY.NOT_YET }),
  ({ other }) => ({ signer: other }),
  ({ sameName }) => ({ signer: sameName }),
  ({ intermediate }) => ({ signer: intermediate }),
  () => ({ shown: newKey() }),
  () => ({ uses: BOTH, validity: VALIDITY.EXPIRED }),
];

const CA_FILES = [
  ({ ca, other }) => other.pem + ca.pem,
  ({ renewed }) => renewed.pem,
  ({ other }) => other.pem,
  ({ sameName }) => sameName.pem,
  ({ sameName, ca }) => sameName.pem + ca.pem,
  ({ expired }) => expired.pem,
  ({ intermediate }) => intermediate.pem,
  () => "",
  () => "no PEM\n",
  ({ ca }) => ca.pem.slice(0, 200),
];

const MISSING = [["caFile"], ["certFile"], ["keyFile"], ["certFile", "keyFile"], ["caFile", "certFile", "keyFile"]];

const ENDPOINTS = [
  (address) => `http://${address}:2379`,
  (address) => `https://${address}:2379/`,
  (address) => `https://${address}:2379/path`,
  (address) => `HTTPS://${address}:2379`,
  () => "https://127.0.0.1:2379",
  (address) => `https://${address}:2380`,
];

function configMapOf(endpoints, named) {
  const lines = [
    "apiVersion: kubeadm.k8s.io/v1beta3",
    "kind: ClusterConfiguration",
    "clusterName: cluster.local",
    "kubernetesVersion: v1.30.14",
    'controlPlaneEndpoint: "192.168.10.11:6443"',
    "certificatesDir: /etc/kubernetes/ssl",
    "etcd:",
    "  external:",
    "    endpoints:",
    ...endpoints.map((endpoint) => `    - ${endpoint}`),
    ...named.map(([field, name]) => `    ${field}: ${FOLDER}/${name}`),
    "networking:",
    "  dnsDomain: cluster.local",
    "  podSubnet: 10.233.64.0/18",
    "  serviceSubnet: 10.233.0.0/18",
    "",
  ];
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: lines.join("\n") },
  };
}

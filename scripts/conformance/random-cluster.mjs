import { editText, randomFrom } from "./mutate-configuration.mjs";
import { randomPems } from "./random-pems.mjs";
import { writeConfiguration } from "./write-configuration.mjs";

const FIELDS = ["caFile", "certFile", "keyFile"];

/**
 * A random cluster for `kubeadm upgrade node phase control-plane`, in the format of `test/fixtures/clusters` without answers: who
 * has which certificates, under which names, by which links, and what the ConfigMap says. Seeded; only keys differ from
 * run to run.
 */
export function randomCluster(seed) {
  const random = randomFrom(seed);
  const controlPlane = hosts(
    random.pick(["master0", "node", "cp-", "kube-master-", "k8s.example.com-"]),
    11,
    1 + random.below(4),
  );
  const etcdHosts = etcdHostsOf(random, controlPlane);
  const named = random.pick(controlPlane);
  const paths = pathsOf(random, named.name);
  const pems = randomPems(random);
  const pairs = Object.fromEntries(
    controlPlane.map(({ name }) => [name, { caFile: pems.caFile(), ...pems.pair(name) }]),
  );
  const habit = random.pick(HABITS);
  const nodes = controlPlane.map((node) => [node.name, filesOf(random, { node, named, paths, pairs, habit })]);
  return {
    id: `random-${seed}`,
    title: `Random cluster of seed ${seed}`,
    why: "Made by npm run conformance.",
    kubernetesVersion: "v1.29.10",
    controlPlane,
    etcdHosts,
    configMap: configMapOf(random, { controlPlane, etcdHosts, paths }),
    files: Object.fromEntries(nodes),
  };
}

function hosts(prefix, address, count) {
  return Array.from({ length: count }, (_, index) => ({
    name: `${prefix}${index + 1}`,
    addresses: [`192.168.10.${address + index}`],
  }));
}

function etcdHostsOf(random, controlPlane) {
  const separate = hosts("etcd", 21, random.pick([1, 3, 3, 5]));
  return random.pick([separate, separate, controlPlane, [...controlPlane.slice(0, 1), ...separate]]);
}

// ---- what the configuration names

const FOLDERS = [
  "/etc/ssl/etcd/ssl",
  "/etc/ssl/etcd/ssl",
  "/etc/kubernetes/pki/etcd",
  "/etc/kubernetes/ssl",
  "/etc/etcd/pki",
  "/opt/pki",
];

/** `{caFile, certFile, keyFile}`: absolute clean paths, where the files are meant to be. */
function pathsOf(random, host) {
  const folder = random.pick(FOLDERS);
  const [cert, key] = random.pick([
    [`node-${host}.pem`, `node-${host}-key.pem`],
    [`node-${host}.pem`, `node-${host}-key.pem`],
    [`admin-${host}.pem`, `admin-${host}-key.pem`],
    ["apiserver-etcd-client.crt", "apiserver-etcd-client.key"],
    ["client.pem", "client-key.pem"],
    ["client cert.pem", "client key.pem"],
    ["zertifikat-ä.pem", "schlüssel-ä.pem"],
    ["both.pem", "both.pem"],
  ]);
  return {
    caFile: `${folder}/${random.pick(["ca.pem", "ca.crt"])}`,
    certFile: `${folder}/${cert}`,
    keyFile: `${folder}/${key}`,
  };
}

/** The path as the configuration has it: other ways to write it, and ways to miss it. */
const SPELLINGS = [
  (path) => path.replace("/ssl", "//ssl"),
  (path) => path.replace(/\/([^/]*)$/, "/./$1"),
  (path) => path.replace(/\/([^/]*)$/, "/none/../$1"),
  (path) => `${path}/`,
  (path) => path.replace(/[^/]*$/, ""),
  (path) => path.slice(1),
  (path) => `./${path.slice(1)}`,
  (path) => `../../..${path}`,
  (path) => `/..${path}`,
  (path) => `~${path}`,
  (path) => `file://${path}`,
  (path) => ` ${path}`,
  (path) => `${path} `,
  (path) => `${path}\n`,
  (path) => path.toUpperCase(),
  (path) => path.replace(".", "\u0000."),
  (path) => `${path}/more`,
  (path) => path.replace(/[^/]+$/, (name) => name.padEnd(300, "x")),
  () => "/etc/ssl/etcd/ssl/{{ inventory_hostname }}.pem",
];

const ENDPOINTS = [
  "https://etcd.example.com:2379",
  "http://192.168.10.21:2379",
  "192.168.10.21:2379",
  "https://",
  "",
  "://",
  "unix:///run/etcd.sock",
  "https://[fd00::1]:2379",
  "https://192.168.10.21",
  "HTTPS://192.168.10.21:2379",
  "https://u:p@192.168.10.21:2379",
];

function configMapOf(random, { controlPlane, etcdHosts, paths }) {
  const external = externalOf(random, etcdHosts, paths);
  const [group, kind] = random.chance(0.94)
    ? ["kubeadm.k8s.io/v1beta3", "ClusterConfiguration"]
    : random.pick(OTHER_KINDS);
  const document = {
    apiVersion: group,
    kind,
    clusterName: "cluster.local",
    kubernetesVersion: random.chance(0.9)
      ? "v1.29.10"
      : random.pick(["v1.30.14", "v1.28.3", "v1.31.0", "1.29.10", "v1.29", "v1.20.1", "", "1.30.0-rc.1+build"]),
    controlPlaneEndpoint: `${controlPlane[0].addresses[0]}:6443`,
    certificatesDir: "/etc/kubernetes/ssl",
    imageRepository: "registry.k8s.io",
    etcd: random.chance(0.96) ? { external } : random.pick(OTHER_ETCDS)(external),
    networking: { dnsDomain: "cluster.local", podSubnet: "10.233.64.0/18", serviceSubnet: "10.233.0.0/18" },
  };
  for (const name of ["clusterName", "certificatesDir", "imageRepository"])
    if (random.chance(0.1)) delete document[name];
  const written = random.chance(0.5) ? writeConfiguration(random, [document]) : JSON.stringify(document, null, 2);
  const text = random.chance(0.12) ? editText(random, written) : written;
  const key = random.chance(0.99) ? "ClusterConfiguration" : "clusterConfiguration";
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { [key]: storable(text) },
  };
}

/** JSON cannot carry half of a surrogate pair. */
function storable(text) {
  return Buffer.from(text).toString();
}

function externalOf(random, etcdHosts, paths) {
  const endpoints = etcdHosts.map(({ addresses: [address] }) => `https://${address}:2379`);
  if (random.chance(0.1)) endpoints[random.below(endpoints.length)] = random.pick(ENDPOINTS);
  const external = { endpoints: random.chance(0.02) ? [] : endpoints, ...paths };
  const field = random.pick(FIELDS);
  if (random.chance(0.15)) external[field] = random.pick(SPELLINGS)(external[field]);
  if (random.chance(0.06)) delete external[random.pick(FIELDS)];
  if (random.chance(0.02)) for (const name of FIELDS) delete external[name];
  if (random.chance(0.03)) external[field] = random.pick(["", null, 5, true, ["/etc/ssl/etcd/ssl/ca.pem"], {}]);
  if (random.chance(0.03)) Object.assign(external, { certFile: external.keyFile, keyFile: external.certFile });
  if (random.chance(0.03)) external[field.replace("File", "file")] = external[field];
  return Object.fromEntries(Object.entries(external).filter(([, value]) => value !== undefined));
}

const OTHER_KINDS = [
  ["kubeadm.k8s.io/v1beta4", "ClusterConfiguration"],
  ["kubeadm.k8s.io/v1beta2", "ClusterConfiguration"],
  ["kubeadm.k8s.io/v1", "ClusterConfiguration"],
  ["kubeadm.k8s.io/v1beta3", "InitConfiguration"],
  ["kubeadm.k8s.io/v1beta3", "clusterConfiguration"],
  ["v1beta3", "ClusterConfiguration"],
];

const OTHER_ETCDS = [
  (external) => ({ local: { dataDir: "/var/lib/etcd" }, external }),
  (external) => ({ external: [external] }),
  (external) => ({ External: external }),
  () => ({ local: { dataDir: "/var/lib/etcd" } }),
];

// ---- what the nodes have

/** Who has what under the paths of the configuration: gives the node whose files lie there, or undefined for none. */
const HABITS = [
  ({ node }) => node.name,
  ({ node, named }) => (node.name === named.name ? node.name : undefined),
  ({ node, named }) => (node.name === named.name ? node.name : undefined),
  ({ named }) => named.name,
  ({ named }) => named.name,
  ({ node, random }) => (random.chance(0.7) ? node.name : undefined),
];

function filesOf(random, { node, named, paths, pairs, habit }) {
  const owner = habit({ node, named, random });
  const list = FIELDS.flatMap((field) => {
    const path = paths[field];
    const own = path.replace(named.name, node.name);
    const content = (of) => pairs[of][field];
    const had = field === "caFile" ? node.name : random.chance(0.06) ? undefined : owner;
    const files = [];
    if (own !== path && random.chance(0.9)) files.push(file(random, own, content(node.name)));
    if (had === undefined) return files;
    return random.chance(0.25)
      ? [...files, ...linked(random, path, own, content(had))]
      : [...files, file(random, path, content(had))];
  });
  const unique = new Map(list.map((one) => [one.path, one]));
  return [...unique.values()]
    .filter(({ path }) => !isBelowAnother(path, unique))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Nothing lies below a file or a link. */
function isBelowAnother(path, files) {
  const parts = path.split("/");
  return parts.some((_, index) => index > 1 && files.has(parts.slice(0, index).join("/")));
}

function file(random, path, content) {
  return { path, link: null, mode: random.pick(["0644", "0600", "0600", "0640", "0400", "0000"]), content };
}

function link(path, target) {
  return { path, link: target, mode: "0777", content: null };
}

/** A path that is reached by links, or is not. */
function linked(random, path, own, content) {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const name = path.slice(folder.length + 1);
  const store = random.pick(["/etc/pki/etcd", "/opt/pki/store", `${folder}/archive`]);
  return random.pick([
    () => [link(path, own)],
    () => [link(path, own.slice(folder.length + 1))],
    () => [link(path, `${store}/${name}`), file(random, `${store}/${name}`, content)],
    () => [
      link(path, `${store}/${name}`),
      link(`${store}/${name}`, `real-${name}`),
      file(random, `${store}/real-${name}`, content),
    ],
    () => [
      link(path, `..${folder.slice(folder.lastIndexOf("/"))}/real-${name}`),
      file(random, `${folder}/real-${name}`, content),
    ],
    () => [link(path, `${store}/${name}`)],
    () => [link(path, name)],
    () => [link(path, `other-${name}`), link(`${folder}/other-${name}`, name)],
    () => [
      link(path, `${store}/current/${name}`),
      link(`${store}/current`, "v2"),
      file(random, `${store}/v2/${name}`, content),
    ],
    () => [link(path, store), file(random, `${store}/in`, content)],
    () => [link(path, `${own}/`), file(random, own, content)],
    () => [link(path, "")].filter(({ link }) => link !== ""),
    () => [file(random, `${path}/in`, content)],
  ])();
}

import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../lib/run.mjs";
import { kubeconfig } from "./kubernetes-api.mjs";
import { onDisk } from "./namespaces.mjs";
import { nodeDisk } from "./node-disk.mjs";

const KUBERNETES = "/etc/kubernetes";

/**
 * Asks the real kubeadm what `kubeadm upgrade node phase control-plane` says on each control-plane node of a cluster (the
 * format of `test/fixtures/clusters`, whose README says how). Resolves, as soon as no node needs the API server's objects any
 * more, to a promise of `{NODE: {ok, stage, error}}`: one that looks for a local etcd takes a minute. `prepare` is called before
 * with the folders that hold the disks, by the names of the nodes.
 */
export async function askUpgrade({ cluster, api, kubeadm, folder, prepare = async () => {} }) {
  const pods = cluster.controlPlane.filter(({ name }) => cluster.etcdHosts.some((host) => host.name === name));
  const etcdPods = pods.map(({ name, addresses: [address] }) =>
    pod("etcd", name, { "kubeadm.kubernetes.io/etcd.advertise-client-urls": `https://${address}:2379` }),
  );
  await api.put(cluster.configMap);
  await api.put(kubeletConfig());
  for (const node of cluster.controlPlane) for (const object of objectsOf(node)) await api.put(object);
  for (const etcdPod of etcdPods) await api.put(etcdPod);
  const disks = Object.fromEntries(
    await Promise.all(
      cluster.controlPlane.map(async ({ name }) => [name, await nodeDisk(cluster.files[name] ?? [], folder)]),
    ),
  );
  await prepare(disks);
  const runs = await Promise.all(
    cluster.controlPlane.map(async ({ name }) => ({ name, ...(await start(name, disks[name])) })),
  );
  await Promise.all(runs.map((one) => (etcdPods.length > 0 ? one.ended : one.hasRead)));
  for (const etcdPod of etcdPods) await api.remove(etcdPod);
  const answers = Promise.all(runs.map(async ({ name, ended }) => [name, verdict(await ended)]));
  return { answers: answers.then((entries) => Object.fromEntries(entries)) };

  async function start(name, disk) {
    const kubernetes = join(disk, KUBERNETES);
    await mkdir(join(kubernetes, "manifests"), { recursive: true });
    await writeFile(join(kubernetes, "admin.conf"), kubeconfig());
    await writeFile(join(kubernetes, "kubelet.conf"), kubeconfig(await kubeletUser(name, folder)));
    // Past the etcd client, kubeadm stops at a manifest without a pod.
    await writeFile(join(kubernetes, "manifests/kube-apiserver.yaml"), "");
    const [command, ...args] = onDisk(disk, [kubeadm, "upgrade", "node", "phase", "control-plane"]);
    return untilRead(spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] }));
  }
}

/** What kubeadm prints when it has read its configuration from the cluster. */
const HAS_READ = "[upgrade] Upgrading your Static Pod-hosted control plane";

function untilRead(child) {
  let output = "";
  const ended = new Promise((resolve) => child.on("close", () => resolve(output)));
  const hasRead = new Promise((resolve) => {
    const take = (chunk) => {
      output += chunk;
      if (output.includes(HAS_READ)) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("close", () => resolve());
  });
  return { ended, hasRead };
}

const PHASE = "error execution phase control-plane: ";
const FETCH = "unable to fetch the kubeadm-config ConfigMap: ";
const EXTERNAL = "failed to create etcd client for external etcd: ";
const LOCAL = "failed to create etcd client: ";

/** What the output of a run says, as the cases tell it. Anything that this rig did not expect is an error of the rig. */
function verdict(output) {
  const end = output.lastIndexOf("\nTo see the stack trace of this error");
  const start = Math.max(output.lastIndexOf(`\n${PHASE}`), output.lastIndexOf(`\n${FETCH}`));
  const error = start === -1 || end === -1 ? "" : output.slice(start + 1, end);
  const after = (words) => error.slice(error.indexOf(words) + words.length);
  if (error.startsWith(FETCH)) return { ok: false, stage: "read the ConfigMap", error: after(FETCH) };
  if (error.includes(EXTERNAL)) return { ok: false, stage: "external etcd client", error: after(EXTERNAL) };
  if (error.includes(LOCAL)) return { ok: false, stage: "local etcd client", error: LOCAL + after(LOCAL) };
  if (error !== "" && output.includes(HAS_READ)) return { ok: true, stage: "later", error: null };
  throw new Error(`kubeadm ended otherwise than expected:\n${output}`);
}

const SYSTEM = "kube-system";

function objectsOf({ name, addresses: [address] }) {
  const endpoint = { "kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint": `${address}:6443` };
  const annotations = { "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///var/run/containerd/containerd.sock" };
  return [
    { apiVersion: "v1", kind: "Node", metadata: { name, annotations } },
    pod("kube-apiserver", name, endpoint),
    pod("kube-controller-manager", name, {}),
    pod("kube-scheduler", name, {}),
  ];
}

function pod(component, node, annotations) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `${component}-${node}`,
      namespace: SYSTEM,
      labels: { component, tier: "control-plane" },
      annotations: { "kubernetes.io/config.hash": "0123456789abcdef0123456789abcdef", ...annotations },
    },
    spec: { nodeName: node, containers: [{ name: component, image: "registry.k8s.io/pause:3.9" }] },
  };
}

function kubeletConfig() {
  const kubelet = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubelet-config", namespace: SYSTEM },
    data: { kubelet },
  };
}

const kubeletUsers = new Map();

/** kubeadm reads the node's name from the certificate of its kubelet. */
async function kubeletUser(name, folder) {
  const known = kubeletUsers.get(name) ?? makeKubeletUser(name, folder);
  kubeletUsers.set(name, known);
  return await known;
}

async function makeKubeletUser(name, folder) {
  const [key, certificate] = ["key", "crt"].map((extension) => join(folder, `kubelet-${name}.${extension}`));
  const subject = ["-subj", `/O=system:nodes/CN=system:node:${name}`];
  await run("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    ...subject,
    "-keyout",
    key,
    "-out",
    certificate,
  ]);
  return { "client-certificate": certificate, "client-key": key };
}

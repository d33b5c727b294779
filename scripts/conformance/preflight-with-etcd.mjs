/**
 * Runs in namespaces of its own (ask-init.mjs): starts the etcd members of a cluster, each on its address, and then
 * `kubeadm init phase preflight` on the disk of its node. Prints what kubeadm says.
 */
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { run } from "../lib/run.mjs";
import { onDisk } from "./namespaces.mjs";
import { nodeDisk } from "./node-disk.mjs";
import { startServer, waitUntil } from "./servers.mjs";

const [file, kubeadm, etcd, folder] = process.argv.slice(2);
const cluster = JSON.parse(await readFile(file, "utf8"));
const [node] = cluster.controlPlane;
for (const { addresses } of [node, ...cluster.etcdHosts]) {
  for (const address of addresses) await run("ip", ["address", "add", `${address}/32`, "dev", "lo"]);
}
const servers = await Promise.all(cluster.etcdHosts.map(startMember));
const config = join(folder, "config.yaml");
await writeFile(config, `${cluster.configMap.data.ClusterConfiguration}---\n${initConfiguration()}`);
const disk = await nodeDisk(cluster.files[node.name], folder);
const [command, ...args] = onDisk(disk, [kubeadm, "init", "phase", "preflight", "--config", config]);
const { output } = await run(command, args);
process.stdout.write(output);
await Promise.all(servers.map(({ stop }) => stop()));

/** Each member is a cluster of its own: kubeadm asks for its version only. */
async function startMember({ name, addresses: [address] }) {
  const server = startServer(
    etcd,
    [
      `--name=${name}`,
      `--data-dir=${join(folder, name)}`,
      `--listen-client-urls=${cluster.etcdServers === null ? "http" : "https"}://${address}:2379`,
      `--advertise-client-urls=https://${address}:2379`,
      `--listen-peer-urls=http://${address}:2378`,
      `--initial-advertise-peer-urls=http://${address}:2378`,
      `--initial-cluster=${name}=http://${address}:2378`,
      ...(cluster.etcdServers === null ? [] : await tlsArguments(name, cluster.etcdServers)),
    ],
    join(folder, `${name}.log`),
  );
  await waitUntil(() => listens(address), { server, what: `etcd ${name}` });
  return server;
}

async function tlsArguments(name, { trustedCA, certificates }) {
  const texts = { "trusted-ca": trustedCA, cert: certificates[name], key: cluster.serverKeys[name] };
  const files = [];
  for (const [kind, text] of Object.entries(texts)) {
    const path = join(folder, `${name}-${kind}.pem`);
    await writeFile(path, text);
    files.push(`--${kind}-file=${path}`);
  }
  return ["--client-cert-auth", ...files];
}

function listens(address) {
  return new Promise((resolve) => {
    const socket = connect(2379, address);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

function initConfiguration() {
  return JSON.stringify({
    apiVersion: "kubeadm.k8s.io/v1beta3",
    kind: "InitConfiguration",
    localAPIEndpoint: { advertiseAddress: node.addresses[0] },
    nodeRegistration: { name: node.name, criSocket: "unix:///var/run/containerd/containerd.sock" },
  });
}

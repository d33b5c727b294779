import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BOTH, certificateOf, newCa, newKey, pkcs8 } from "../conformance/pki.mjs";

const CONFIGURATION = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.29.10
etcd:
  external:
    endpoints: [https://192.168.10.21:2379]
    caFile: /etc/ssl/etcd/ssl/ca.pem
    certFile: /etc/ssl/etcd/ssl/node.pem
    keyFile: /etc/ssl/etcd/ssl/node-key.pem
`;

/**
 * Writes a kubeadm-config and a listing of its control-plane nodes, and gives the arguments of `kubeadm-guard` that check them.
 * The first three files of a node are those that the configuration names, with their own `certificates` if asked for.
 */
export async function clusterOf(folder, { nodes, files, certificates = false }) {
  await mkdir(folder);
  const ca = certificates ? newCa("etcd-ca") : undefined;
  const names = Array.from({ length: nodes }, (_, index) => `master${index}`);
  const listing = {
    controlPlane: names.map((name) => ({ name })),
    searched: ["/etc/ssl/etcd"],
    files: Object.fromEntries(names.map((name) => [name, filesOf(name, files, ca)])),
  };
  const [config, disks] = [join(folder, "kubeadm-config.yaml"), join(folder, "nodes.json")];
  await writeFile(config, CONFIGURATION);
  await writeFile(disks, JSON.stringify(listing));
  return ["check", "--kubeadm-config", config, "--nodes", disks];
}

function filesOf(node, count, ca) {
  const contents = ca === undefined ? [] : pemsOf(node, ca);
  return Array.from({ length: count }, (_, index) => {
    const name = ["ca.pem", "node.pem", "node-key.pem"][index] ?? `other-${index}.pem`;
    return {
      path: `/etc/ssl/etcd/ssl/${name}`,
      ...(contents[index] === undefined ? {} : { content: contents[index] }),
    };
  });
}

/** The CA, the certificate and the key of a node, as the configuration names them. */
export function pemsOf(node, ca) {
  const key = newKey();
  return [ca.pem, certificateOf({ key, signer: ca, commonName: node, uses: BOTH }), pkcs8(key)];
}

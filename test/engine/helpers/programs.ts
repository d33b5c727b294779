import { readFileSync } from "node:fs";
import { join } from "node:path";
import { externalEtcd as etcdOnly } from "../../helpers/cluster";

/** A configuration with these files of etcd.external, and with an endpoint that all control-plane nodes share. */
export function externalEtcd(files: Parameters<typeof etcdOnly>[0]): string {
  return `${etcdOnly(files)}controlPlaneEndpoint: api.example.com:6443\n`;
}

/** The example's throw-away certificates, for programs that hold contents. */
export function pem(file: "ca.pem" | "node.pem" | "node-key.pem"): string {
  return readFileSync(join(__dirname, "../../../examples/kubespray-11500/certificates", file), "utf8");
}

export const PRESENCE = "external-etcd-files-on-every-control-plane-node";
export const NODES_KNOWN = "control-plane-nodes-known";
export const NAMED = "external-etcd-files-named-for-every-node";

export const FOLDER = "/etc/ssl/etcd/ssl";
export const OF_MASTER03 = {
  certFile: `${FOLDER}/node-master03.pem`,
  keyFile: `${FOLDER}/node-master03-key.pem`,
  caFile: `${FOLDER}/ca.pem`,
};
export const NEUTRAL = {
  certFile: `${FOLDER}/client.pem`,
  keyFile: `${FOLDER}/client-key.pem`,
  caFile: `${FOLDER}/ca.pem`,
};

export const MASTERS = [1, 2, 3].map((number) => ({ name: `master0${number}`, addresses: [`192.168.10.1${number}`] }));

/** Settings that name these nodes. */
export function clusters(more: object = {}, nodes: readonly object[] = MASTERS) {
  return { "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: nodes, ...more }] };
}

/** The kubeadm-config as a resource of the program; `rest` are its options and what else is wanted. */
export function configMap(text: string = externalEtcd(OF_MASTER03), type = "ConfigMap"): string {
  return `
new kubernetes.core.v1.${type}("shared", {
  metadata: { name: "kubeadm-config", namespace: "kube-system" },
  data: { ClusterConfiguration: ${JSON.stringify(text)} },
}, { provider: manifests });`;
}

/** Copies of files to a host; `connection` is source text. */
export function copies(host: string, paths: readonly string[], connection = `{ host: "${host}" }`): string {
  return paths
    .map(
      (path) => `
new command.remote.CopyToRemote(${JSON.stringify(`${path.slice(path.lastIndexOf("/") + 1)}-to-${host}`)}, {
  connection: ${connection},
  source: new pulumi.asset.FileAsset("index.js"),
  remotePath: ${JSON.stringify(path)},
});`,
    )
    .join("");
}

/** What each master of Kubespray holds: its own pair and the CA. */
export function own(name: string): readonly string[] {
  return [`${FOLDER}/node-${name}.pem`, `${FOLDER}/node-${name}-key.pem`, `${FOLDER}/ca.pem`];
}

/** kubespray 11500: the config names master03's pair, each master has only its own. */
export const BROKEN = `${configMap()}${[1, 2, 3].map((number) => copies(`192.168.10.1${number}`, own(`master0${number}`))).join("")}`;

/** The same cluster with one name on every node. */
export const FIXED = `${configMap(externalEtcd(NEUTRAL))}${MASTERS.map(({ addresses: [host] }) => copies(host ?? "", Object.values(NEUTRAL))).join("")}`;

/** A command on a host. */
export function command(host: string, text: string): string {
  return `
new command.remote.Command(${JSON.stringify(`on-${host}`)}, { connection: { host: "${host}" }, create: ${JSON.stringify(text)} });`;
}

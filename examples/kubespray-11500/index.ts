/**
 * The cluster of kubernetes-sigs/kubespray#11500: etcd on its own hosts, and a shared kubeadm configuration that
 * names one master's client certificate, which no other master has. It works until the next `kubeadm upgrade`.
 *
 * `variant` of the stack configuration says how the certificates are named:
 *   broken    each master has its own pair; the shared configuration names the last master's (Kubespray 2.25)
 *   fixed     one name for all masters
 *   symlinks  as `broken`, and each master links the other masters' names to its own pair (Kubespray 2.26.1);
 *             Ansible makes the links, so they are declared in `kubeadm-guard:clusters` of the stack configuration
 */
import { remote } from "@pulumi/command";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterConfiguration } from "./cluster-configuration";

const FOLDER = "/etc/ssl/etcd/ssl";

const config = new pulumi.Config();
const variant = config.require<"broken" | "fixed" | "symlinks">("variant", {
  allowedValues: ["broken", "fixed", "symlinks"],
});
const masterCount = config.getNumber("masters", { min: 1 }) ?? 3;

const masters = Array.from({ length: masterCount }, (_, index) => {
  const number = index + 1;
  const name = `master${String(number).padStart(2, "0")}`;
  return { name, address: addressOf(number), pair: variant === "fixed" ? "kube-etcd-client" : `node-${name}` };
});
const [firstMaster, lastMaster] = [masters[0], masters.at(-1)];
if (firstMaster === undefined || lastMaster === undefined || !Number.isInteger(masterCount)) {
  throw new pulumi.RunError("kubeadm-guard-demo:masters must be a whole number from 1");
}
const etcdHosts = ["192.168.9.21", "192.168.9.22", "192.168.9.23"];

const sharedConfiguration = clusterConfiguration({
  controlPlaneEndpoint: `${firstMaster.address}:6443`,
  endpoints: etcdHosts.map((host) => `https://${host}:2379`),
  caFile: `${FOLDER}/ca.pem`,
  certFile: `${FOLDER}/${lastMaster.pair}.pem`,
  keyFile: `${FOLDER}/${lastMaster.pair}-key.pem`,
});

for (const { name, address, pair } of masters) {
  const connection = { host: address, user: "root" };
  const copy = (what: string, file: string, to: string) =>
    new remote.CopyToRemote(`etcd-${what}-${name}`, {
      connection,
      source: new pulumi.asset.FileAsset(`certificates/${file}`),
      remotePath: `${FOLDER}/${to}`,
    });
  const certificates = [
    copy("ca", "ca.pem", "ca.pem"),
    copy("cert", "node.pem", `${pair}.pem`),
    copy("key", "node-key.pem", `${pair}-key.pem`),
  ];
  // From these commands kubeadm-guard learns which machines are control-plane nodes, and their names. What else a node
  // needs first (the cluster's own CA, the discovery file) is left out of the example.
  const start =
    name === firstMaster.name
      ? "kubeadm init --config /etc/kubernetes/kubeadm-config.yaml"
      : `kubeadm join ${firstMaster.address}:6443 --control-plane --discovery-file /etc/kubernetes/discovery.conf`;
  new remote.Command(
    `kubeadm-${name}`,
    { connection, create: `${start} --node-name ${name}` },
    { dependsOn: certificates },
  );
}

// No cluster is needed: the manifest would be written to a folder.
const provider = new kubernetes.Provider("manifests", { renderYamlToDirectory: "../../.demo/manifests" });
new kubernetes.core.v1.ConfigMap(
  "shared-configuration",
  {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: sharedConfiguration },
  },
  { provider },
);

/** 192.168.10.11 for the first master, and on through 192.168.11.0 for as many as are wanted. */
function addressOf(number: number): string {
  const host = 10 + number;
  return `192.168.${10 + Math.floor(host / 250)}.${host % 250}`;
}

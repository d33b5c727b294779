import { describe, expect, it } from "vitest";
import { preview } from "./helpers/preview";
import { configMap, externalEtcd, NAMED, NODES_KNOWN, PRESENCE } from "./helpers/programs";
import { levels, saidBy } from "./helpers/said";
import { mustSucceed, testStack } from "./helpers/test-stack";

/*
 * The shapes of public repositories that put certificates on control-plane nodes, each rebuilt as a Pulumi program. Which
 * repository it was stands in the name of its test. Files that the shape copies from the workstation are small texts.
 */

const nodes = (names: readonly string[], more: object = {}) => ({
  "kubeadm-guard:clusters": [{ name: "prod", controlPlaneNodes: names.map((name) => ({ name })), ...more }],
});

const PKI = {
  caFile: "/etc/kubernetes/pki/etcd/ca.crt",
  certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
  keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
};
const LOCAL_ETCD = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.14
controlPlaneEndpoint: api.example.com:6443
etcd:
  local:
    dataDir: /var/lib/etcd
`;

describe("kreactnative/nutanix-terraform-kubeadm-etcd-ha: files to /tmp on every master, scripts do the rest", () => {
  const FILES = {
    caFile: "/etc/kubernetes/pki/etcd/ca.pem",
    certFile: "/etc/kubernetes/pki/etcd/etcd.pem",
    keyFile: "/etc/kubernetes/pki/etcd/etcd-key.pem",
  };
  const hosts = ["192.168.1.31", "192.168.1.32", "192.168.1.33"];
  const staged = `
const masters = ${JSON.stringify(hosts)};
const connectionTo = (host) => ({ host, user: "almalinux", privateKey: "key" });
const staged = masters.map((host, index) => ["ca.pem", "etcd.pem", "etcd-key.pem", "setup-k8s.sh"].map((file) =>
  new command.remote.CopyToRemote(file + "-" + index, {
    connection: connectionTo(host), source: new pulumi.asset.FileAsset(file), remotePath: "/tmp/" + file,
  })));`;
  const files = { "ca.pem": "x", "etcd.pem": "x", "etcd-key.pem": "x", "setup-k8s.sh": "x", "cluster.yaml": "x" };
  const inits = `
const config = new command.remote.CopyToRemote("cluster-yaml", {
  connection: connectionTo(masters[0]), source: new pulumi.asset.FileAsset("cluster.yaml"), remotePath: "/tmp/cluster.yaml",
}, { dependsOn: staged.flat() });
const first = new command.remote.Command("init-first-master", {
  connection: connectionTo(masters[0]),
  create: "cd /tmp/\\nsudo mkdir -p /etc/kubernetes/pki/etcd\\nsudo cp ca.pem etcd.pem etcd-key.pem /etc/kubernetes/pki/etcd/\\nsudo kubeadm init --config=cluster.yaml --upload-certs",
}, { dependsOn: config });`;
  const joins = (words: string) => `
masters.slice(1).forEach((host, index) => new command.remote.Command("join-master-" + index, {
  connection: connectionTo(host),
  create: "sudo kubeadm join 192.168.1.251:6443 --token a.b --discovery-token-ca-cert-hash sha256:7c --control-plane${words}",
}, { dependsOn: first }));`;

  it("scripts that nobody shows: undecided, naming them", async () => {
    const scripts = `
masters.forEach((host, index) => new command.remote.Command("config-" + index, {
  connection: connectionTo(host), create: "sudo chmod +x /tmp/setup-k8s.sh\\nsudo /tmp/setup-k8s.sh",
}, { dependsOn: staged[index] }));`;
    const config = {
      "kubeadm-guard:clusters": [
        {
          name: "prod",
          controlPlaneNodes: hosts.map((host, index) => ({ name: `master-${index}`, addresses: [host] })),
        },
      ],
    };
    const seen = await preview({ program: staged + scripts + configMap(externalEtcd(FILES)), config, files });
    expect([seen.exitCode, levels(seen)]).toEqual([0, [`${PRESENCE} advisory`]]);
    expect(saidBy(PRESENCE, seen)).toContain("config-2 (command:remote:Command): runs /tmp/setup-k8s.sh");
  });

  it("init that uploads and joins with the certificate key: accepted, with the advice that this holds at join time only", async () => {
    const program = staged + inits + joins(" --certificate-key 0f74") + configMap(externalEtcd(FILES));
    const seen = await preview({ program, files });
    expect([seen.exitCode, levels(seen)]).toEqual([0, ["kubeadm-certs-cover-external-etcd advisory"]]);
  });

  it("joins without the certificate key: the files stay in /tmp and the masters are refused", async () => {
    const seen = await preview({ program: staged + inits + joins("") + configMap(externalEtcd(FILES)), files });
    expect(seen.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, seen)).toContain("missing on 192.168.1.32, 192.168.1.33");
    expect(saidBy(PRESENCE, seen)).toContain("has it at /tmp/etcd.pem instead");
  });
});

describe("sunx/terraform-aws-k8s: machines with user data and no certificates, endpoints from their addresses", () => {
  const masters = `
const userData = (number) => "#cloud-config\\nhostname: master" + number + "\\npackages:\\n - podman\\n - kubeadm\\nruncmd:\\n - modprobe br_netfilter\\n - [ sysctl, -p, /etc/sysctl.d/k8s.conf ]\\n - [ systemctl, enable, crio.service, kubelet.service ]\\n";
const masters = [1, 2, 3].map((number) => new clouds.aws.ec2.Instance("master" + number, {
  ami: "ami-1", userData: userData(number), tags: { project: "ks", role: "master" },
}));`;
  const files = Object.entries(PKI)
    .map(([field, path]) => `    ${field}: ${path}\n`)
    .join("");

  it("is undecided while the endpoints are unknown until the update, and then because nothing says how the files get there", async () => {
    const program = `${masters}
const text = pulumi.all(masters.map((one) => one.privateIp)).apply((addresses) =>
  ${JSON.stringify("apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.14\ncontrolPlaneEndpoint: api.example.com:6443\n")}
  + ${JSON.stringify(`etcd:\n  external:\n${files}    endpoints:\n`)} + addresses.map((one) => "    - https://" + one + ":2379\\n").join(""));
new kubernetes.core.v1.ConfigMap("kubeadm-config", {
  metadata: { name: "kubeadm-config", namespace: "kube-system" }, data: { ClusterConfiguration: text },
}, { provider: manifests });`;
    const stack = await testStack({ program, config: nodes(["master1", "master2", "master3"]) });
    const first = await stack.preview();
    expect([first.exitCode, levels(first)]).toEqual([0, [`${NODES_KNOWN} advisory`]]);
    expect(saidBy(NODES_KNOWN, first)).toContain("data.ClusterConfiguration is not known before the update");
    await mustSucceed(stack.up());
    const second = await stack.preview({ standIns: true });
    expect([second.exitCode, levels(second)]).toEqual([0, [`${PRESENCE} advisory`]]);
    expect(saidBy(PRESENCE, second)).toContain("nothing here says how files reach master1, master2, master3");
  });
});

describe("poseidon/typhoon: one bundle of certificates to each controller, unpacked by a script of the image", () => {
  it("is undecided on each controller, naming the script", async () => {
    const program = `
const bundle = "##### tls/etcd/etcd-client-ca.crt\\n-----BEGIN CERTIFICATE-----\\nx\\n-----END CERTIFICATE-----\\n";
["node1", "node2", "node3"].forEach((name) => {
  const connection = { host: name + ".example.com", user: "core", privateKey: "key" };
  const copied = [["kubeconfig", "text"], ["assets", bundle]].map(([file, text]) =>
    new command.remote.CopyToRemote(file + "-" + name, {
      connection, source: new pulumi.asset.StringAsset(text), remotePath: "/home/core/" + file,
    }));
  new command.remote.Command("layout-" + name, {
    connection,
    create: "sudo mv /home/core/kubeconfig /etc/kubernetes/kubeconfig\\nsudo touch /etc/kubernetes\\nsudo /opt/bootstrap/layout",
  }, { dependsOn: copied });
});
${configMap(externalEtcd(PKI))}`;
    const config = nodes(["node1.example.com", "node2.example.com", "node3.example.com"]);
    const seen = await preview({ program, config });
    expect([seen.exitCode, levels(seen)]).toEqual([0, [`${PRESENCE} advisory`]]);
    expect(saidBy(PRESENCE, seen)).toContain("layout-node3 (command:remote:Command): runs /opt/bootstrap/layout");
  });
});

describe("marratj/kthw-terraform: files to the home of each controller, sudo cp to /etc/etcd, all through a bastion", () => {
  const ETCD = {
    caFile: "/etc/etcd/ca.pem",
    certFile: "/etc/etcd/kubernetes.pem",
    keyFile: "/etc/etcd/kubernetes-key.pem",
  };
  const controllers = (copied: readonly number[], installed: readonly number[]) => `
for (const number of [0, 1, 2]) {
  const connection = {
    host: "controller-" + number, user: "ubuntu", privateKey: "key",
    proxy: { host: "203.0.113.7", user: "ubuntu", privateKey: "key" },
  };
  const home = !${JSON.stringify(copied)}.includes(number) ? [] : ["ca.pem", "kubernetes.pem", "kubernetes-key.pem"].map((file) =>
    new command.remote.CopyToRemote(file + "-" + number, {
      connection, source: new pulumi.asset.FileAsset("index.js"), remotePath: file,
    }));
  if (${JSON.stringify(installed)}.includes(number)) new command.remote.Command("etcd-certificates-" + number, {
    connection, create: "sudo mkdir -p /etc/etcd /var/lib/etcd\\nsudo cp ca.pem kubernetes-key.pem kubernetes.pem /etc/etcd/",
  }, { dependsOn: home });
}
${configMap(externalEtcd(ETCD))}`;
  const config = nodes(["controller-0", "controller-1", "controller-2"]);

  it("is accepted in silence", async () => {
    const seen = await preview({ program: controllers([0, 1, 2], [0, 1, 2]), config });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("refuses the controller whose files stay in the home", async () => {
    const seen = await preview({ program: controllers([0, 1, 2], [0, 1]), config });
    expect(seen.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, seen)).toContain("is on 2 of 3 control-plane nodes; missing on controller-2");
    expect(saidBy(PRESENCE, seen)).toContain("has it at /home/ubuntu/kubernetes.pem instead");
  });

  it("is undecided where nothing here brings the files to the homes", async () => {
    const seen = await preview({ program: controllers([], [0, 1, 2]), config });
    expect([seen.exitCode, levels(seen)]).toEqual([0, [`${PRESENCE} advisory`]]);
    expect(saidBy(PRESENCE, seen)).toContain(
      "it copies /home/ubuntu/kubernetes.pem, /home/ubuntu/kubernetes-key.pem, /home/ubuntu/ca.pem, and nothing that certainly ran before",
    );
  });
});

describe("openshift/installer: tls resources to Ignition files in the user data of the masters", () => {
  const ignition = (names: readonly string[]) => `
const caKey = new tls.PrivateKey("etcd-ca", { algorithm: "RSA" });
const ca = new tls.SelfSignedCert("etcd-ca", {
  privateKeyPem: caKey.privateKeyPem, isCaCertificate: true, validityPeriodHours: 26280,
  allowedUses: ["key_encipherment", "digital_signature", "cert_signing"], subject: { commonName: "etcd-ca" },
});
const key = new tls.PrivateKey("etcd-client", { algorithm: "RSA" });
const request = new tls.CertRequest("etcd-client", {
  privateKeyPem: key.privateKeyPem, subject: { commonName: "etcd", organization: "etcd" },
});
const certificate = new tls.LocallySignedCert("etcd-client", {
  certRequestPem: request.certRequestPem, caPrivateKeyPem: caKey.privateKeyPem, caCertPem: ca.certPem,
  validityPeriodHours: 26280, allowedUses: ["key_encipherment", "client_auth"],
});
const userData = pulumi.all({ "ca.crt": ca.certPem, "etcd-client.crt": certificate.certPem, "etcd-client.key": key.privateKeyPem })
  .apply((texts) => JSON.stringify({
    ignition: { version: "2.2.0" },
    storage: { files: ${JSON.stringify(names)}.map((name) => ({
      filesystem: "root", path: "/opt/tectonic/tls/" + name, mode: 384,
      contents: { source: "data:text/plain;charset=utf-8;base64," + Buffer.from(texts[name]).toString("base64") },
    })) },
  }));
for (const number of [0, 1, 2]) new clouds.aws.ec2.Instance("master-" + number, {
  ami: "ami-1", userData, tags: { Name: "master-" + number },
});
${configMap(
  externalEtcd({
    caFile: "/opt/tectonic/tls/ca.crt",
    certFile: "/opt/tectonic/tls/etcd-client.crt",
    keyFile: "/opt/tectonic/tls/etcd-client.key",
  }),
)}`;
  const config = nodes(["master-0", "master-1", "master-2"]);

  it("is undecided while the certificates are unknown until the update, then accepted but for the key in user data", async () => {
    const stack = await testStack({ program: ignition(["ca.crt", "etcd-client.crt", "etcd-client.key"]), config });
    const first = await stack.preview();
    expect([first.exitCode, levels(first)]).toEqual([0, [`${PRESENCE} advisory`]]);
    await mustSucceed(stack.up());
    const second = await stack.preview({ standIns: true });
    expect([second.exitCode, levels(second)]).toEqual([0, ["private-keys-protected advisory"]]);
  });

  it("is refused after creation where the Ignition leaves out the certificate", async () => {
    const stack = await testStack({ program: ignition(["ca.crt", "etcd-client.key"]), config });
    await mustSucceed(stack.up());
    const seen = await stack.preview({ standIns: true });
    expect(seen.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, seen)).toContain("/opt/tectonic/tls/etcd-client.crt");
  });
});

describe("UnstoppableMango/pulumi-kubernetes-the-hard-way: tee of the CA, then kubeadm init phase certs on each host", () => {
  const hosts = (config: string) => `
class Etcd extends pulumi.ComponentResource {
  constructor(name, { connection, caCertPem, caKeyPem }) {
    super("hosts:index:Etcd", name, {});
    const folder = "/etc/kubernetes/pki/etcd";
    const made = new command.remote.Command(name + "-mkdir", {
      connection, create: "mkdir -p " + folder, delete: "rm -rf " + folder,
    }, { parent: this });
    const authority = [["crt", caCertPem], ["key", caKeyPem]].map(([end, pem]) =>
      new command.remote.Command(name + "-ca-" + end, {
        connection, create: "tee " + folder + "/ca." + end, stdin: pem, delete: "rm -f " + folder + "/ca." + end,
      }, { parent: this, dependsOn: made }));
    for (const phase of ["etcd-server", "etcd-peer", "etcd-healthcheck-client", "apiserver-etcd-client"])
      new command.remote.Command(name + "-" + phase, {
        connection, create: "kubeadm init phase certs " + phase + "${config}",
      }, { parent: this, dependsOn: authority });
    this.registerOutputs({});
  }
}
const key = new tls.PrivateKey("etcd-ca", { algorithm: "RSA" });
const ca = new tls.SelfSignedCert("etcd-ca", {
  privateKeyPem: key.privateKeyPem, isCaCertificate: true, validityPeriodHours: 26280,
  allowedUses: ["cert_signing"], subject: { commonName: "etcd-ca" },
});
for (const number of [1, 2, 3]) new Etcd("apollo" + number, {
  connection: { host: "apollo" + number, user: "root", privateKey: "key" },
  caCertPem: ca.certPem, caKeyPem: key.privateKeyPem,
});
${configMap(externalEtcd(PKI))}`;
  const config = nodes(["apollo1", "apollo2", "apollo3"]);

  it("the phase makes the client's pair on each host: nothing is missing, but each host holds the CA's key", async () => {
    const seen = await preview({ program: hosts(""), config });
    expect(seen.exitCode).toBe(0);
    expect(levels(seen)).toContain("private-keys-protected advisory");
    expect(saidBy(PRESENCE, seen)).toBe("");
  });

  it("with a --config that nobody shows the pair is undecided: for external etcd the phase makes none", async () => {
    const seen = await preview({ program: hosts(" --config=/etc/kubernetes/kubeadmcfg.yaml"), config });
    expect(seen.exitCode).toBe(0);
    expect(levels(seen)).toContain(`${PRESENCE} advisory`);
    expect(saidBy(PRESENCE, seen)).toContain("the file given to kubeadm init phase certs --config is not shown");
  });
});

describe("kubeskills/pulumi-kubeadm-linode: a bootstrap script on each node, one control plane, no external etcd", () => {
  const machines = `
for (const number of [1, 2]) {
  const node = new clouds.linode.Instance("kube-node-" + number, { label: "kube-node-" + number });
  new command.remote.Command("bootstrap-" + number, {
    connection: { host: node.ipAddress, user: "root", privateKey: "key" },
    create: pulumi.interpolate\`set -euxo pipefail
hostnamectl set-hostname node-\${number}
systemctl enable kubelet
kubeadm init --apiserver-advertise-address=\${node.ipAddress}\`,
  });
}`;

  it("is none of our business without a kubeadm-config", async () => {
    const seen = await preview({ program: machines });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("is none of our business with one that names local etcd", async () => {
    const seen = await preview({ program: machines + configMap(LOCAL_ETCD) });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });
});

describe("samene/pulumi-hcloud-kubeadm: servers, an inventory that the program renders, ansible-playbook for the rest", () => {
  it("is undecided about the nodes, naming the playbook's command", async () => {
    const program = `
const servers = [0, 1, 2].map((number) => new clouds.hcloud.Server("control-plane-prod-" + number, { image: "ubuntu-22.04" }));
const inventory = new command.local.Command("inventory", {
  create: pulumi.all(servers.map((one) => one.ipv4Address)).apply((addresses) =>
    "printf '[master]\\\\n" + addresses.join("\\\\n") + "\\\\n' > vars/inventory.ini"),
});
new command.local.Command("ansible", {
  create: 'ansible-playbook -i ./vars/inventory.ini -e "@./vars/variables.yaml" ./.ansible/install.yaml',
}, { dependsOn: inventory });
${configMap(externalEtcd(PKI))}`;
    const seen = await preview({ program });
    expect([seen.exitCode, levels(seen)]).toEqual([0, [`${NODES_KNOWN} advisory`]]);
    expect(saidBy(NODES_KNOWN, seen)).toContain("ansible (command:local:Command): runs ansible-playbook");
  });
});

describe("pulumi up, then an inventory from its outputs, then Kubespray's cluster.yml", () => {
  const OF = (name: string) => ({
    caFile: "/etc/ssl/etcd/ssl/ca.pem",
    certFile: `/etc/ssl/etcd/ssl/node-${name}.pem`,
    keyFile: `/etc/ssl/etcd/ssl/node-${name}-key.pem`,
  });
  const INVENTORY = `[kube_control_plane]
master01 ansible_host=10.0.0.1
master02 ansible_host=10.0.0.2
master03 ansible_host=10.0.0.3

[etcd]
etcd1 ansible_host=10.0.0.21
etcd2 ansible_host=10.0.0.22
etcd3 ansible_host=10.0.0.23

[kube_node]
`;
  const run = (release: string, name: string) =>
    preview({
      program: `
for (const number of [1, 2, 3]) new clouds.libvirt.Domain("master0" + number, { name: "master0" + number });
${configMap(externalEtcd(OF(name)))}`,
      config: { "kubeadm-guard:clusters": [{ name: "prod", kubespray: { inventory: "inventory.ini", release } }] },
      files: { "inventory.ini": INVENTORY },
    });

  it("release v2.26.0 leaves each master with its own pair only: the last master's name is refused on the others", async () => {
    const seen = await run("v2.26.0", "master03");
    expect(seen.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, seen)).toContain("is on 1 of 3 control-plane nodes; missing on master01, master02");
    expect(saidBy(NAMED, seen)).toContain("master03");
  });

  it("release v2.28.0 makes links under the other masters' names: the same config is accepted, with the naming advice", async () => {
    const seen = await run("v2.28.0", "master03");
    expect(seen.exitCode).toBe(0);
    expect(saidBy(PRESENCE, seen)).toBe("");
    expect(saidBy(NAMED, seen)).toContain("master03");
  });
});

describe("spigell/pulumi-hcloud-kube-hetzner and others without kubeadm", () => {
  it("k3s by user data and by command: silence", async () => {
    const program = `
for (const number of [0, 1, 2]) {
  const server = new clouds.hcloud.Server("k3s-" + number, {
    userData: "#cloud-config\\nruncmd:\\n - curl -sfL https://get.k3s.io | sh -\\n",
  });
  new command.remote.Command("k3s-" + number, {
    connection: { host: server.ipv4Address, user: "root" },
    create: "curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC=server sh -",
  });
}
new kubernetes.core.v1.ConfigMap("app", { data: { key: "value" } }, { provider: manifests });`;
    const seen = await preview({ program });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });
});

describe("Cluster API's external etcd: Secrets that the bootstrap provider puts on every control-plane node", () => {
  const managed = (secrets: readonly string[]) => `
for (const name of ${JSON.stringify(secrets)}) new kubernetes.core.v1.Secret(name, {
  metadata: { name, namespace: "default" },
  stringData: { "tls.crt": "-----BEGIN CERTIFICATE-----\\nx\\n-----END CERTIFICATE-----\\n", "tls.key": "x" },
}, { provider: manifests });
new kubernetes.apiextensions.CustomResource("capi-control-plane", {
  apiVersion: "controlplane.cluster.x-k8s.io/v1beta1",
  kind: "KubeadmControlPlane",
  metadata: { name: "capi-control-plane", labels: { "cluster.x-k8s.io/cluster-name": "capi" } },
  spec: {
    replicas: 3, version: "v1.30.14", machineTemplate: {},
    kubeadmConfigSpec: { clusterConfiguration: { etcd: { external: { endpoints: ["https://10.0.0.230:2379"], ...${JSON.stringify(PKI)} } } } },
  },
}, { provider: manifests });`;

  it("both Secrets declared: nothing is missing", async () => {
    const seen = await preview({ program: managed(["capi-etcd", "capi-apiserver-etcd-client"]) });
    expect(seen.exitCode).toBe(0);
    expect(saidBy(PRESENCE, seen)).toBe("");
  });
});

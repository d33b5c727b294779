import { StringAsset } from "@pulumi/pulumi/asset";
import { externalEtcd } from "../../helpers/cluster";
import type { ProgramResource } from "../../helpers/preview";

export const FILES = {
  caFile: "/etc/ssl/etcd/ssl/ca.pem",
  certFile: "/etc/ssl/etcd/ssl/node-master01.pem",
  keyFile: "/etc/ssl/etcd/ssl/node-master01-key.pem",
};

export const CONFIG_MAP: ProgramResource = {
  type: "kubernetes:core/v1:ConfigMap",
  name: "kubeadm-config",
  props: {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: externalEtcd(FILES) },
  },
};

export const SETTINGS = {
  name: "prod",
  controlPlaneNodes: [{ name: "master01", addresses: ["10.0.0.1"] }, { name: "master02" }],
  etcdHosts: [{ name: "etcd1", addresses: ["192.168.10.21"] }],
};

/** A resource in which marks are planted: `encode` makes its properties from those with readable text. */
export interface MarkedResource {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly encode?: (props: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

const CONNECTION = {
  host: "10.0.0.1",
  user: "ubuntu",
  password: "x",
  privateKey: "y",
  proxy: { host: "10.0.0.250", user: "jump", password: "z" },
};

const SCRIPT = `#!/bin/bash
set -euo pipefail
export TOKEN=abc HTTPS_PROXY=http://user:pw@proxy:3128
PW=hidden
mkdir -p /etc/ssl/etcd/ssl
cat > /etc/ssl/etcd/ssl/ca.pem <<EOF
content
EOF
echo "content" | tee /etc/ssl/etcd/ssl/node-master01.pem > /dev/null
echo \${KEY} > /etc/ssl/etcd/ssl/node-master01-key.pem
curl -fsSL -u user:pw -H "Authorization: Bearer abc" https://files.example.com/x.tar.gz -o /tmp/x.tar.gz
tar -xzf /tmp/x.tar.gz -C /etc/ssl/etcd/ssl
if [ -f /tmp/flag ]; then ./bootstrap.sh --password hidden; fi
for f in a b; do cp /tmp/$f /etc/ssl/etcd/ssl/$f; done
sudo -u root bash -c 'install -m 600 /tmp/key /etc/ssl/etcd/ssl/key'
ssh root@10.0.0.2 "prepare-node --token abc"
scp /tmp/key root@10.0.0.2:/etc/ssl/etcd/ssl/
vault login -method=userpass username=a password=b && eval $PW
sed -i s/a/b/ /etc/ssl/etcd/ssl/ca.pem
kubeadm join lb:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:aa --control-plane --certificate-key bb
`;

const CLOUD_CONFIG = `#cloud-config
hostname: master01
users:
  - name: admin
    passwd: hash
    ssh_authorized_keys: [ssh-rsa AAA]
chpasswd: {list: "root:pw"}
write_files:
  - path: /etc/ssl/etcd/ssl/ca.pem
    permissions: "0644"
    owner: root:root
    encoding: b64
    content: Y29udGVudA==
  - path: /etc/ssl/etcd/ssl/node-master01-key.pem
    content: |
      secret content
bootcmd:
  - echo hidden > /tmp/x
runcmd:
  - [sh, -c, "echo hidden | tee /tmp/y"]
  - export PW=hidden
  - prepare-node hidden
ca_certs:
  trusted: [content]
mounts:
  - [vdb, /data]
`;

const IGNITION = JSON.stringify({
  ignition: { version: "3.4.0", config: { merge: [{ source: "https://user:pw@host/x.ign" }] } },
  passwd: { users: [{ name: "core", passwordHash: "hash", sshAuthorizedKeys: ["ssh-rsa AAA"] }] },
  storage: {
    files: [
      { path: "/etc/ssl/etcd/ssl/ca.pem", mode: 420, contents: { source: "data:,content" } },
      {
        path: "/etc/ssl/etcd/ssl/key.pem",
        contents: { source: "https://host/x", httpHeaders: [{ name: "A", value: "b" }] },
      },
    ],
    links: [{ path: "/etc/ssl/etcd/ssl/a.pem", target: "/etc/b.pem" }],
  },
  systemd: {
    units: [
      {
        name: "prepare.service",
        enabled: true,
        contents: "[Service]\nExecStart=/usr/bin/prepare hidden\nEnvironment=PW=hidden\n",
      },
    ],
  },
});

const MIME = `Content-Type: multipart/mixed; boundary="MARK"
MIME-Version: 1.0

--MARK
Content-Type: text/x-shellscript; charset="us-ascii"
Content-Disposition: attachment; filename="prepare.sh"

#!/bin/sh
prepare-node hidden > /etc/ssl/etcd/ssl/ca.pem

--MARK
Content-Type: text/cloud-config

#cloud-config
runcmd: [[echo, hidden]]

--MARK--
`;

const encoded = (key: string) => (props: Readonly<Record<string, unknown>>) => ({
  ...props,
  [key]: Buffer.from(String(props[key])).toString("base64"),
});

/** Realistic resources of every kind that is read, and of kinds that nobody reads. */
export const STACKS: Readonly<Record<string, MarkedResource>> = {
  "a remote command": {
    type: "command:remote:Command",
    props: {
      connection: CONNECTION,
      create: SCRIPT,
      update: "prepare-node hidden",
      delete: "rm -f /tmp/x",
      stdin: "hidden words",
      environment: { KEY: "hidden", HOSTS: "10.0.0.2 hidden" },
      triggers: ["hidden"],
    },
  },
  "a command that reads its script from standard input": {
    type: "command:remote:Command",
    props: { connection: CONNECTION, create: "bash -s -- hidden", stdin: "prepare-node hidden\nhidden\n" },
  },
  "a command with an environment in its path": {
    type: "command:remote:Command",
    props: {
      connection: CONNECTION,
      create: 'echo x > "/etc/ssl/etcd/ssl/$NAME"; $RUN; . $RC',
      environment: { NAME: "ca.pem", RUN: "prepare", RC: "/etc/rc" },
    },
  },
  "a local command": {
    type: "command:local:Command",
    props: {
      create: "ansible-playbook -i 10.0.0.2, site.yml -e password=hidden && ./push.sh hidden 10.0.0.2",
      dir: "/srv/ops",
      interpreter: ["/bin/sh", "-c"],
      environment: { ANSIBLE_PASSWORD: "hidden" },
      stdin: "hidden",
      assetPaths: ["out/x"],
      logging: "stdout",
    },
  },
  "a copy": {
    type: "command:remote:CopyToRemote",
    props: { connection: CONNECTION, remotePath: "/etc/ssl/etcd/ssl/ca.pem", triggers: ["hidden"] },
    encode: (props) => ({ ...props, source: new StringAsset("hidden") }),
  },
  "a copy of a file": {
    type: "command:remote:CopyFile",
    props: { connection: CONNECTION, localPath: "certs/ca.pem", remotePath: "/etc/ssl/etcd/ssl/ca.pem" },
  },
  "cloud-config on AWS": {
    type: "aws:ec2/instance:Instance",
    props: { userData: CLOUD_CONFIG, privateIp: "10.0.0.1", tags: { Name: "master01", Secret: "hidden" } },
  },
  "cloud-config in base64": {
    type: "aws:ec2/instance:Instance",
    props: { userDataBase64: CLOUD_CONFIG, privateIp: "10.0.0.1" },
    encode: encoded("userDataBase64"),
  },
  "a script on Hetzner": { type: "hcloud:index/server:Server", props: { name: "master01", userData: SCRIPT } },
  "Ignition on OpenStack": {
    type: "openstack:compute/instance:Instance",
    props: { name: "master01", userData: IGNITION, adminPass: "hidden", metadata: { a: "hidden" } },
  },
  "MIME parts on Azure": {
    type: "azure:compute/linuxVirtualMachine:LinuxVirtualMachine",
    props: { name: "master01", customData: MIME, adminPassword: "hidden" },
    encode: encoded("customData"),
  },
  "a startup script on Google": {
    type: "gcp:compute/instance:Instance",
    props: {
      name: "master01",
      metadataStartupScript: SCRIPT,
      metadata: { "user-data": "#!/bin/sh\nhidden x", ssh: "hidden" },
    },
  },
  "vendor data on vSphere": {
    type: "vsphere:index/virtualMachine:VirtualMachine",
    props: {
      name: "master01",
      extraConfig: { "guestinfo.userdata": CLOUD_CONFIG, "guestinfo.userdata.encoding": "plain" },
    },
  },
  "a private key": {
    type: "tls:index/privateKey:PrivateKey",
    props: { algorithm: "RSA", privateKeyPem: "hidden", privateKeyOpenssh: "hidden" },
  },
  "a signed certificate": {
    type: "tls:index/locallySignedCert:LocallySignedCert",
    props: {
      caPrivateKeyPem: "hidden",
      caCertPem: "hidden",
      certRequestPem: "hidden",
      certPem: "hidden",
      allowedUses: ["client_auth"],
      validityPeriodHours: 10,
    },
  },
  "a resource of an unknown type": {
    type: "ssh:index:Resource",
    props: {
      host: "10.0.0.2",
      privateKey: "hidden",
      commands: ["prepare-node hidden", "cp /tmp/x /etc/ssl/etcd/ssl/ca.pem"],
      file: { destination: "/etc/ssl/etcd/ssl/node-master01.pem", content: "hidden" },
    },
  },
  "a dynamic resource": {
    type: "pulumi-nodejs:dynamic:Resource",
    props: { __provider: "exports.handler = () => hidden", host: "master02", password: "hidden" },
  },
  "a Secret": {
    type: "kubernetes:core/v1:Secret",
    props: {
      metadata: { name: "prod-etcd", namespace: "default" },
      data: { "tls.key": "aGlkZGVu" },
      stringData: { "tls.crt": "hidden" },
    },
  },
  "a DaemonSet with a hostPath": {
    type: "kubernetes:apps/v1:DaemonSet",
    props: {
      metadata: { name: "certs", annotations: { a: "hidden" } },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: "x",
                image: "user:pw@reg/x",
                command: ["sh", "-c", "cp hidden /host"],
                env: [{ name: "PW", value: "hidden" }],
              },
            ],
            volumes: [{ name: "v", hostPath: { path: "/etc/ssl/etcd/ssl" } }],
          },
        },
      },
    },
  },
  "a KubeadmControlPlane": {
    type: "kubernetes:controlplane.cluster.x-k8s.io/v1beta1:KubeadmControlPlane",
    props: {
      metadata: { name: "prod", namespace: "default" },
      spec: {
        replicas: 3,
        version: "v1.29.10",
        machineTemplate: { infrastructureRef: { kind: "M", name: "prod" } },
        kubeadmConfigSpec: {
          clusterConfiguration: { etcd: { external: { endpoints: ["https://10.0.0.9:2379"], ...FILES } } },
          files: [
            { path: "/etc/ssl/etcd/ssl/ca.pem", content: "hidden", contentFrom: { secret: { name: "s", key: "k" } } },
          ],
          preKubeadmCommands: ["prepare-node hidden", SCRIPT],
          users: [{ name: "root", passwd: "hidden" }],
        },
      },
    },
  },
  "a node component": {
    type: "kubeadm-guard:index:ControlPlaneNode",
    props: { name: "master03", addresses: ["10.0.0.3"], cluster: "prod" },
  },
  "a file component": {
    type: "kubeadm-guard:index:NodeFile",
    props: {
      path: "/etc/ssl/etcd/ssl/ca.pem",
      nodes: ["master01"],
      content: "hidden",
      link: "/etc/x",
      mode: "0600",
      cluster: "prod",
      sha256: "aa",
    },
  },
};

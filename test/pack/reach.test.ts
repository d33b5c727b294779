import { asset } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, type FakeViolation } from "../../pack/testing";
import { DIR, MASTERS, said } from "./three-masters";

const POLICY = "external-etcd-files-on-every-control-plane-node";
const FILES = ["ca.pem", "node.pem", "node-key.pem"];
const CONFIG = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.30.4
controlPlaneEndpoint: lb.example.com:6443
etcd:
  external:
    endpoints: [https://10.0.0.11:2379]
    caFile: ${DIR}/ca.pem
    certFile: ${DIR}/node.pem
    keyFile: ${DIR}/node-key.pem
`;
const CLUSTERS = [{ name: "prod", controlPlaneNodes: MASTERS, otherHosts: [{ name: "bastion" }] }];

type Add = (stack: FakeStack) => void;
const here =
  (create: string): Add =>
  (stack) =>
    stack.add("command:local:Command", "work", { create });
const on =
  (host: string, create: string): Add =>
  (stack) =>
    stack.add("command:remote:Command", "work", { connection: { host }, create });
const onThird = (create: string) => on("10.0.0.3", create);
const atBoot =
  (script: string): Add =>
  (stack) =>
    stack.add("openstack:compute/instance:Instance", "master01", { name: "master01", userData: script });

/** What is said of the files of a stack that gives them to two of three nodes and does this besides. */
async function saidOfFiles(add: Add): Promise<readonly FakeViolation[]> {
  const stack = new FakeStack({ config: { "kubeadm-guard:clusters": CLUSTERS } });
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: CONFIG },
  });
  for (const host of ["10.0.0.1", "10.0.0.2"])
    for (const file of FILES)
      stack.add("command:remote:CopyToRemote", `${host}-${file}`, {
        connection: { host },
        source: new asset.FileAsset(`certs/${file}`),
        remotePath: `${DIR}/${file}`,
      });
  add(stack);
  const violations = await stack.preview(kubeadmGuard());
  return violations.filter(({ policy }) => policy === POLICY);
}

async function levels(add: Add): Promise<readonly string[]> {
  return [...new Set((await saidOfFiles(add)).map(({ level }) => level))];
}

describe("a third node without the files stays refused beside", () => {
  it.each<[string, Add]>([
    ["nothing", () => {}],
    ["a question to all hosts of an inventory", here("ansible all -m ping")],
    ["a command that is read, on all hosts", here("ansible all -b -m shell -a 'systemctl restart kubelet'")],
    ["the default module of ansible", here("ansible kube_control_plane -a uptime")],
    ["a file elsewhere on all hosts", here("ansible all -m copy -a 'src=app.conf dest=/etc/app.conf'")],
    ["a command that is read, by pdsh", here("pdsh -w master0[1-3] systemctl restart kubelet")],
    ["by clush", on("10.0.0.1", "clush -bw master0[1-3] hostname")],
    ["by parallel-ssh", here("parallel-ssh -h hosts.txt -l root -i uptime")],
    ["a copy elsewhere by pdcp", here("pdcp -w master0[1-3] app.conf /etc/app.conf")],
    ["a question by salt", here("salt '*' test.ping")],
    ["a command by salt", here("salt '*' cmd.run 'systemctl restart kubelet'")],
    [
      "a container with other folders",
      onThird("docker run -d --name etcd -p 2379:2379 -v /var/lib/etcd:/var/lib/etcd:rw quay.io/coreos/etcd etcd"),
    ],
    ["a container that may only read", onThird("docker run --rm -v /etc/ssl:/etc/ssl:ro image")],
    ["one that mounts so", onThird("podman run --mount type=bind,src=/etc/ssl,dst=/ssl,readonly image")],
    ["a volume of a name", onThird("nerdctl run -v certs:/etc/ssl image")],
    ["an image that is built", onThird("docker build -t x .")],
    ["a file that leaves a container elsewhere", onThird("docker cp etcd:/usr/local/bin/etcdctl /usr/local/bin/")],
    ["a script on another machine", atBoot("#!/bin/sh\n./setup.sh")],
    [
      "files with the names of all nodes, written at boot beside a script",
      atBoot(
        '#cloud-config\nwrite_files:\n  - path: /etc/hosts\n    content: "10.0.0.3 master03"\nruncmd:\n  - ./setup.sh\n',
      ),
    ],
    ["a workload without a folder of its node", here("kubectl apply -f - <<'E'\nkind: DaemonSet\nE")],
  ])("%s", async (_, add) => {
    expect(await levels(add)).toEqual(["mandatory"]);
  });
});

const WORKLOAD = (path: string) =>
  JSON.stringify({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    spec: {
      template: {
        spec: {
          volumes: [{ name: "host", hostPath: { path } }],
          containers: [{ name: "copy", volumeMounts: [{ name: "host", mountPath: "/to" }] }],
        },
      },
    },
  });

describe("a third node without the files is undecided beside", () => {
  it.each<[string, Add]>([
    ["a copy to all hosts of an inventory", here(`ansible all -m copy -a 'src=certs/ dest=${DIR}/'`)],
    ["the same with arguments that are not known", here('ansible all -m copy -a "$ARGS"')],
    ["a module of one's own", here("ansible all -m certificates")],
    ["a command on all hosts that brings them", here("ansible all -m shell -a 'tar xf /tmp/certs.tar -C /etc/ssl'")],
    ["by pdsh", here("pdsh -w master0[1-3] ./certificates.sh")],
    ["a copy by pdcp", here(`pdcp -w master0[1-3] certs/* ${DIR}`)],
    ["a copy by clush", here("clush -w master0[1-3] -c certs --dest /etc/ssl")],
    ["a state by salt", here("salt '*' state.apply")],
    ["a container with the folder", onThird("docker run --rm -v /etc/ssl:/etc/ssl image")],
    ["whose option is part of others", onThird("docker run -itv /etc:/host image")],
    ["one that mounts it", onThird("podman run --mount=type=bind,source=/etc/ssl/etcd,target=/ssl image")],
    ["one with a folder that is not known", onThird('docker run -v "$DIR:/data" image')],
    ["one with options that are not known", onThird('docker run "$OPTIONS" image')],
    ["a privileged one", onThird("docker run --privileged image")],
    ["one that speaks to the engine", onThird("docker run -v /var/run/docker.sock:/var/run/docker.sock image")],
    ["a program in a container that runs already", onThird("docker exec agent install-certificates")],
    ["several containers", onThird("docker compose up -d")],
    ["files that leave a container", onThird(`docker cp vault:/certs/. ${DIR}`)],
    ["ansible on a bastion", here("ssh admin@bastion ansible-playbook -i hosts site.yml")],
    ["pdcp on a bastion", here("ssh admin@bastion pdcp -w master0[1-3] certs/* /etc/ssl/etcd/ssl")],
    ["ansible at the boot of another machine", atBoot("#!/bin/sh\nansible-playbook -i hosts site.yml")],
    ["a script at its boot that names the node", atBoot("#cloud-config\nruncmd:\n  - ./copy.sh 10.0.0.3\n")],
    ["a workload with the folder", here(`kubectl apply -f - <<'E'\n${WORKLOAD("/etc/ssl/etcd")}\nE`)],
    ["one that a node applies", on("10.0.0.1", `cat > d.json <<'E'\n${WORKLOAD("/etc")}\nE\nkubectl create -f d.json`)],
  ])("%s", async (_, add) => {
    expect(await levels(add)).toEqual(["advisory"]);
  });
});

it("the folder that a workload mounts is named", async () => {
  const violations = await saidOfFiles(here(`kubectl apply -f - <<'E'\n${WORKLOAD("/etc/ssl/etcd")}\nE`));
  expect(said(violations)).toContain(
    "a container of this DaemonSet may write below /etc/ssl/etcd of its node (hostPath)",
  );
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kubeadmGuard } from "../../pack/kubeadm-guard";
import { FakeStack, type FakeViolation, type Inputs } from "../../pack/testing";
import { externalEtcd } from "../helpers/cluster";

const DIR = "/etc/ssl/etcd/ssl";
const PRESENCE = "external-etcd-files-on-every-control-plane-node";

/** Three control-plane nodes, and etcd elsewhere. */
const INVENTORY = `[all]
${["master01", "master02", "master03", "etcd01"].map((name, index) => `${name} ansible_host=10.0.0.${index + 1}`).join("\n")}
[kube_control_plane]
master01
master02
master03
[etcd]
etcd01
[k8s_cluster:children]
kube_control_plane
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kubespray-"));
  mkdirSync(join(folder, "inventory/prod"), { recursive: true });
  writeFileSync(join(folder, "inventory/prod/hosts.ini"), INVENTORY);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A kubeadm-config that names the files of one node, an inventory that says what each node has, and a command of the program. */
async function preview(inputs: Inputs, { release = "v2.25.0", type = "command:local:Command" } = {}) {
  const inventory = join(folder, "inventory/prod/hosts.ini");
  const kubespray = { inventory, ...(release === "" ? {} : { release }) };
  const stack = new FakeStack({ config: { "kubeadm-guard:clusters": [{ name: "prod", kubespray }] } });
  stack.add("kubernetes:core/v1:ConfigMap", "shared", {
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: {
      ClusterConfiguration: externalEtcd({
        caFile: `${DIR}/ca.pem`,
        certFile: `${DIR}/node-master03.pem`,
        keyFile: `${DIR}/node-master03-key.pem`,
      }),
    },
  });
  stack.add(type, "kubespray", inputs);
  return stack.preview(kubeadmGuard());
}

const levels = (violations: readonly FakeViolation[]) => [
  ...new Set(violations.filter(({ policy }) => policy === PRESENCE).map(({ level }) => level)),
];
const said = (violations: readonly FakeViolation[]) => violations.map(({ message }) => message).join("\n");

const RUN = "ansible-playbook -i inventory/prod/hosts.ini -b";
const IMAGE = "quay.io/kubespray/kubespray";

describe("Kubespray, run by the program with the inventory of the settings, is the layout of that inventory", () => {
  it.each<[string, Inputs]>([
    ["nothing runs", { create: "true" }],
    ["cluster.yml", { create: `${RUN} cluster.yml` }],
    ["upgrade-cluster.yml", { create: `${RUN} upgrade-cluster.yml -e kube_version=v1.30.4` }],
    ["upgrade_cluster.yml below playbooks", { create: `${RUN} playbooks/upgrade_cluster.yml` }],
    ["scale.yml", { create: `${RUN} --limit=master03 scale.yml` }],
    ["the collection", { create: `${RUN} kubernetes_sigs.kubespray.cluster` }],
    ["in its checkout", { create: `cd kubespray && ${RUN.replace("-i ", "-i ../")} cluster.yml` }],
    ["with the folder of the inventory", { create: "ansible-playbook -i inventory/prod/ cluster.yml" }],
    ["by the long option", { create: "ansible-playbook --inventory=inventory/prod/hosts.ini cluster.yml" }],
    ["with sudo and an environment", { create: `sudo env ANSIBLE_HOST_KEY_CHECKING=False ${RUN} cluster.yml` }],
    [
      "in its container",
      {
        create: `docker run --rm --mount type=bind,source="$PWD"/inventory/prod,dst=/inventory ${IMAGE}:v2.25.0 ansible-playbook -i /inventory/hosts.ini cluster.yml`,
      },
    ],
    [
      "in its container, with a volume",
      {
        create: `podman run -v ./inventory/prod:/in:ro ${IMAGE}:v2.25.0 ansible-playbook -i /in/hosts.ini cluster.yml`,
      },
    ],
  ])("%s: refused as without it", async (_, inputs) => {
    expect(levels(await preview(inputs))).toEqual(["mandatory"]);
  });

  it.each<[string, Inputs]>([
    ["a playbook of one's own", { create: `${RUN} site.yml` }],
    ["another one besides", { create: `${RUN} cluster.yml certificates.yml` }],
    ["resetting", { create: `${RUN} reset.yml` }],
    ["an inventory that is not known", { create: 'ansible-playbook -i "$INVENTORY" cluster.yml' }],
    ["no inventory", { create: "ansible-playbook cluster.yml" }],
    ["two inventories", { create: `${RUN} -i more.ini cluster.yml` }],
    ["variables that move the files", { create: `${RUN} -e etcd_cert_dir=/opt/etcd cluster.yml` }],
    ["variables that are not shown", { create: `${RUN} -e @vars.yml cluster.yml` }],
    ["another inventory, which is not there", { create: "ansible-playbook -i inventory/test/hosts.ini cluster.yml" }],
    ["its container, which runs something else", { create: `docker run ${IMAGE}:v2.25.0 bash deploy.sh` }],
  ])("%s: undecided", async (_, inputs) => {
    const violations = await preview(inputs);
    expect(levels(violations)).toEqual(["advisory"]);
    expect(said(violations)).toContain("kubespray (command:local:Command)");
  });

  it.each<[string, string]>([
    [
      "the tag of the image",
      `docker run -v "$PWD"/inventory/prod:/inventory ${IMAGE}:v2.24.1 ansible-playbook -i /inventory/hosts.ini cluster.yml`,
    ],
    ["the checkout", `git clone -b v2.24.1 https://github.com/kubernetes-sigs/kubespray\n${RUN} kubespray/cluster.yml`],
  ])("where the settings name no release, it comes from %s", async (_, create) => {
    // Whether there are links from the other nodes' names depends on the release.
    expect(levels(await preview({ create: `${RUN} cluster.yml` }, { release: "" }))).toEqual(["advisory"]);
    expect(levels(await preview({ create }, { release: "" }))).toEqual(["mandatory"]);
  });
});

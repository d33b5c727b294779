import { describe, expect, it } from "vitest";
import { ansibleVariables } from "../../../evidence/kubespray/ansible-variables";
import { reasonText } from "../../../reasons/reason-texts";
import recorded from "../../fixtures/kubespray/recorded-variables.json";
import { inventoryOf } from "./inventories";

describe("what ansible-core 2.19.14 made of generated folders", () => {
  it.each(recorded.folders)("folder %# has the same values on every host", ({ inventory: text, files, variables }) => {
    const inventory = inventoryOf(text);
    const ours = ansibleVariables(inventory, files, new Map());
    const names = ["v0", "v1", "v2", "v3", "v4", "v5"];
    const seen = Object.fromEntries(
      inventory.hosts.map((host) => {
        const values = names.map((name) => [name, ours.valueOn(host, name)] as const);
        return [host.name, Object.fromEntries(values.filter(([, value]) => value !== undefined))];
      }),
    );
    expect(seen).toEqual(variables);
    expect(ours.broken).toEqual([]);
  });
});

describe("the groups that Kubespray adds reach their hosts", () => {
  it.each([
    {
      title: "k8s_cluster, where no section names it",
      inventory: "[kube_control_plane]\nm1\n",
      file: "k8s_cluster/k8s-cluster.yml",
    },
    {
      title: "kube_control_plane, for hosts of kube-master",
      inventory: "[kube-master]\nm1\n",
      file: "kube_control_plane.yml",
    },
    {
      title: "k8s-cluster, the old name",
      inventory: "[kube-master]\nm1\n[k8s-cluster:children]\nkube-master\n",
      file: "k8s-cluster/a.yml",
    },
  ])("$title", ({ inventory, file }) => {
    const read = inventoryOf(inventory);
    const variables = ansibleVariables(read, [{ path: `group_vars/${file}`, text: "etcd_cert_dir: /x" }], new Map());
    expect(read.hosts.map((host) => variables.valueOn(host, "etcd_cert_dir"))).toEqual(["/x"]);
  });
});

it("settings win over everything", () => {
  const inventory = inventoryOf("[etcd]\nm1 etcd_cert_dir=/line\n");
  const files = [{ path: "host_vars/m1.yml", text: "etcd_cert_dir: /host" }];
  const variables = ansibleVariables(inventory, files, new Map([["etcd_cert_dir", "/settings"]]));
  expect(inventory.hosts.map((host) => variables.valueOn(host, "etcd_cert_dir"))).toEqual(["/settings"]);
});

it("a file under Ansible Vault and one that is broken are distinguished, without their text", () => {
  const files = [
    { path: "group_vars/all/vault.yml", text: "$ANSIBLE_VAULT;1.1;AES256\n3130" },
    { path: "group_vars/all/bad.yml", text: "password: [hunter2" },
    { path: "group_vars/all/list.yml", text: "- hunter2" },
    { path: "group_vars/all/empty.yml", text: "---\n# nothing\n" },
  ];
  const { broken, encrypted } = ansibleVariables(inventoryOf("[etcd]\nm1\n"), files, new Map());
  expect(encrypted).toEqual(["group_vars/all/vault.yml"]);
  expect(broken).toHaveLength(2);
  const told = broken.map((reason) => reasonText(reason)).join();
  expect(told).toMatch(/bad\.yml cannot be read.*list\.yml cannot be read/);
  expect(told).not.toContain("hunter2");
});

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kubeadmConfigMap } from "../helpers/kubectl-output";
import { type JsonReport, runProgram } from "./helpers/run-check";

const CONFIGURATION = [
  "apiVersion: kubeadm.k8s.io/v1beta3",
  "kind: ClusterConfiguration",
  "kubernetesVersion: v1.30.4",
  "controlPlaneEndpoint: lb.example.org:6443",
  "etcd:",
  "  external:",
  "    endpoints: [https://10.0.0.1:2379]",
  "    caFile: /etc/ssl/etcd/ssl/ca.pem",
  "    certFile: /etc/ssl/etcd/ssl/node-master02.pem",
  "    keyFile: /etc/ssl/etcd/ssl/node-master02-key.pem",
];
const HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubeadm-config, namespace: kube-system}\n";
const indented = (by: number) => CONFIGURATION.map((line) => `${" ".repeat(by)}${line}\n`).join("");
const CONFIG_MAP = `${HEAD}data:\n  ClusterConfiguration: |\n${indented(4)}`;
const LIST = `${HEAD.replace("kubeadm-config", "other")}---\n# the second document\n${CONFIG_MAP}`;
const QUOTED = `${HEAD}data:\n  ClusterConfiguration: ${JSON.stringify(`${CONFIGURATION.join("\n")}\n`)}\n`;
const JSON_MAP = JSON.stringify(kubeadmConfigMap(`${CONFIGURATION.join("\n")}\n`), undefined, "\t");
const FOR_KUBEADM = `apiVersion: kubeadm.k8s.io/v1beta3\nkind: JoinConfiguration\n---\n${indented(0)}`;

const INVENTORY = [
  "# three hosts",
  "master[01:02] ansible_user=admin",
  "etcd01",
  "[kube_control_plane]",
  "master01",
  "master02",
  "[etcd]",
  "etcd01",
  "",
].join("\n");
const YAML_INVENTORY = [
  "all:",
  "  hosts:",
  "    master01: {ansible_host: 10.0.0.1}",
  "    master02: {}",
  "    etcd01: {}",
  "  children:",
  "    kube_control_plane: {hosts: {master01: {}, master02: {}}}",
  "    etcd:",
  "      hosts:",
  "        etcd01: {}",
  "",
].join("\n");
const LISTING = [
  "controlPlane:",
  "  - name: master01",
  "  - name: master02",
  "files:",
  "  master01:",
  "    - { path: /etc/ssl/etcd/ssl/ca.pem }",
  "    - { path: /etc/ssl/etcd/ssl/node-master02.pem, link: node-master01.pem }",
  "  master02: []",
  "",
].join("\n");

/** The places of the first finding of a policy that is about a node or a path, as `file:line`. */
async function placesOf(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  about: { readonly policy: string; readonly node?: string; readonly path?: string },
  input?: string,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "kubeadm-guard-places-"));
  mkdirSync(join(folder, ".git"));
  mkdirSync(join(folder, "infra"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "infra", name), text);
  const { output } = await runProgram(
    ["check", "--format", "json", ...args],
    input ?? "",
    undefined,
    join(folder, "infra"),
  );
  const { clusters }: JsonReport = JSON.parse(output);
  const found = clusters[0].outcomes
    .find(({ policy }) => policy === about.policy)
    ?.findings.find(({ node, path }) => (about.node ?? node) === node && (about.path ?? path) === path);
  return (found?.places ?? []).map(({ file, line }) => `${file}:${line}`);
}

const MISSING = { policy: "external-etcd-files-on-every-control-plane-node", node: "master01" };
const CERT = { ...MISSING, path: "/etc/ssl/etcd/ssl/node-master02.pem" };
const KUBESPRAY = ["--inventory", "inventory.ini", "--kubespray", "v2.25.0"];

describe("the line of the kubeadm-config that names a file", () => {
  it.each<[string, string, string]>([
    ["of a file for kubeadm with other documents", FOR_KUBEADM, "infra/cm.yaml:12"],
    ["of a ConfigMap as kubectl prints it", CONFIG_MAP, "infra/cm.yaml:14"],
    ["of a ConfigMap behind another document", LIST, "infra/cm.yaml:19"],
    ["is the key's where the text is quoted", QUOTED, "infra/cm.yaml:5"],
    ["is the key's in JSON", JSON_MAP, "infra/cm.yaml:9"],
  ])("%s", async (_, config, place) => {
    const places = await placesOf(
      { "cm.yaml": config, "inventory.ini": INVENTORY },
      ["--kubeadm-config", "cm.yaml", ...KUBESPRAY],
      CERT,
    );
    expect(places).toEqual([place, "infra/inventory.ini:2"]);
  });
});

describe("the line that names a node", () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[], string]>([
    ["of an INI inventory, with a range", { "inventory.ini": INVENTORY }, KUBESPRAY, "infra/inventory.ini:2"],
    [
      "of an inventory in YAML",
      { "hosts.yaml": YAML_INVENTORY },
      ["--inventory", "hosts.yaml", "--kubespray", "v2.25.0"],
      "infra/hosts.yaml:3",
    ],
    [
      "of a listing, the file's own where it has one",
      { "disks.yaml": LISTING },
      ["--nodes", "disks.yaml"],
      "infra/disks.yaml:7",
    ],
  ])("%s, where the kubeadm-config does not come from a file", async (_, files, args, place) => {
    expect(await placesOf(files, args, CERT, CONFIG_MAP)).toEqual([place]);
  });
});

describe("the place that a problem is about", () => {
  const KNOWN = { policy: "control-plane-nodes-known" };
  it.each<[string, string, string]>([
    ["a list that is none", LISTING.replace("[]", "none"), "infra/disks.yaml:8"],
    ["a file without a path", LISTING.replace("path: /etc/ssl/etcd/ssl/ca.pem", "mode: '0644'"), "infra/disks.yaml:6"],
    ["a path that is there twice", LISTING.replace("ca.pem", "node-master02.pem"), "infra/disks.yaml:5"],
    ["a node without a name", LISTING.replace("- name: master02", "- 2"), "infra/disks.yaml:3"],
  ])("of a listing: %s", async (_, listing, place) => {
    expect(await placesOf({ "disks.yaml": listing }, ["--nodes", "disks.yaml"], KNOWN, CONFIG_MAP)).toEqual([place]);
  });

  it("of an inventory that Ansible refuses is the line where it does", async () => {
    const files = { "inventory.ini": INVENTORY.replace("etcd01\n", "etcd01 with a word\n") };
    expect(await placesOf(files, KUBESPRAY, KNOWN, CONFIG_MAP)).toEqual(["infra/inventory.ini:3"]);
  });

  it("of an acceptance is its line in the file of acceptances", async () => {
    const accept = "# agreed\naccept:\n  - policy: kubeadm-config-valid\n    reason: later\n    until: 2020-01-01\n";
    const files = { "accept.yaml": accept, "inventory.ini": INVENTORY };
    const args = ["--accept", "accept.yaml", ...KUBESPRAY];
    expect(await placesOf(files, args, { policy: "acceptances-current" }, CONFIG_MAP)).toEqual(["infra/accept.yaml:3"]);
  });
});

describe("where no line is known", () => {
  const KNOWN = { policy: "control-plane-nodes-known" };
  it.each<[string, string, string]>([
    ["it is the key of the ConfigMap", CONFIG_MAP, "infra/cm.yaml:5"],
    ["it is the file for kubeadm", FOR_KUBEADM, "infra/cm.yaml:null"],
  ])("%s", async (_, config, place) => {
    expect(await placesOf({ "cm.yaml": config }, ["--kubeadm-config", "cm.yaml"], KNOWN)).toEqual([place]);
  });

  it("there is no place where nothing was a file", async () => {
    expect(await placesOf({}, [], KNOWN, CONFIG_MAP)).toEqual([]);
  });
});

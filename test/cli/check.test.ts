import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { externalEtcd } from "../helpers/cluster";
import { kubeadmConfigMap } from "../helpers/kubectl-output";
import { recordedClusters } from "../helpers/recorded-clusters";
import { outcomeOf, runCheck, runProgram } from "./helpers/run-check";
import { schemaFaults } from "./helpers/schema-faults";

const FOLDER = mkdtempSync(join(tmpdir(), "kubeadm-guard-check-"));
const SCHEMA = JSON.parse(readFileSync(join(__dirname, "..", "..", "docs", "check-schema.json"), "utf8"));
const ON_EVERY_NODE = "external-etcd-files-on-every-control-plane-node";

function file(name: string, text: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, text);
  return path;
}

const FILES = { certFile: "/etc/etcd/node.pem", keyFile: "/etc/etcd/node-key.pem", caFile: "/etc/etcd/ca.pem" };
/** A configuration in which nothing is to be found. */
const CONFIG = `${externalEtcd(FILES)}    - https://192.168.10.22:2379
    - https://192.168.10.23:2379
controlPlaneEndpoint: api.example.org:6443
`;

/** A listing of two nodes; `has` says which of the files master02 has. */
function listing(name: string, has: readonly string[], more: object = {}): string {
  const all = Object.values(FILES).map((path) => ({ path }));
  const files = { master01: all, master02: has.map((path) => ({ path })) };
  const controlPlane = [{ name: "master01", addresses: ["192.168.10.11"] }, { name: "master02" }];
  return file(name, JSON.stringify({ controlPlane, files, ...more }));
}

const TWICE = [...Object.values(FILES), FILES.caFile];
const COMPLETE = listing("complete.json", Object.values(FILES));
const KEY_MISSING = listing("key-missing.json", [FILES.certFile, FILES.caFile]);
const SEARCHED_ELSEWHERE = listing("searched-elsewhere.json", [], { searched: ["/etc/kubernetes"] });
const INVENTORY = file(
  "inventory.ini",
  "[kube_control_plane]\nmaster01\nmaster02\n[etcd]\netcd01\n[kube_node]\nworker01\n",
);

const configMap = (text: string): string => JSON.stringify(kubeadmConfigMap(text));

describe("the exit code of check", () => {
  it.each<[string, readonly string[], number]>([
    ["is 0 where every node has every file", ["--nodes", COMPLETE], 0],
    ["is 2 where nobody says anything of nodes", [], 2],
    ["is 1 where a node has no key", ["--nodes", KEY_MISSING], 1],
    ["is 2 where the files' folder was not searched", ["--nodes", SEARCHED_ELSEWHERE], 2],
    ["is 1 where a listing names no nodes", ["--nodes", file("empty-listing.json", '{"files": {}}')], 1],
    ["is 1 where the inventory is not an inventory", ["--inventory", file("hosts", "#!/bin/sh\n")], 1],
    ["is 0 where a listing names a path twice", ["--nodes", listing("twice.json", TWICE)], 0],
    ["is 0 for a remark, whatever fails the run", ["--nodes", listing("t.json", TWICE), "--fail-on", "undecided"], 0],
    [
      "is 1 for something undecided with --fail-on undecided",
      ["--nodes", SEARCHED_ELSEWHERE, "--fail-on", "undecided"],
      1,
    ],
    [
      "is 2 for something undecided with --fail-on advisory",
      ["--nodes", SEARCHED_ELSEWHERE, "--fail-on", "advisory"],
      2,
    ],
  ])("%s", async (_, args, code) => {
    const checked = await runCheck(args, configMap(CONFIG));
    expect(checked.code).toBe(code);
    expect(schemaFaults(SCHEMA, checked.report)).toEqual([]);
  });

  it.each([
    ["is 0 for an advisory finding, which the report shows", [], 0],
    ["is 1 for it where that is asked", ["--fail-on", "advisory"], 1],
    ["is 1 for it where less is asked", ["--fail-on", "undecided"], 1],
  ])("%s", async (_, args, code) => {
    const checked = await runCheck(["--nodes", COMPLETE, ...args], CONFIG.replace(/controlPlaneEndpoint.*/, ""));
    const levels = checked.report.clusters[0].outcomes.flatMap(({ findings }) => findings.map(({ level }) => level));
    expect([checked.code, levels]).toEqual([code, ["advisory"]]);
  });

  it.each([
    ["the kubeadm-config", "--kubeadm-config", join(FOLDER, "nowhere.yaml"), "there is no such file"],
    ["the listing", "--nodes", join(FOLDER, "nowhere.json"), "there is no such file"],
    ["a listing that is a folder", "--nodes", FOLDER, "it is a folder; name a file in it"],
    ["the inventory", "--inventory", join(FOLDER, "nowhere.ini"), "there is no such file"],
  ])("is 3 where a file cannot be opened, and nothing is written: %s", async (_, option, path, why) => {
    const config = option === "--kubeadm-config" ? [] : ["--kubeadm-config", "-"];
    const run = await runProgram(["check", ...config, option, path, "--format", "json"], CONFIG);
    expect(run).toEqual({
      code: 3,
      output: "",
      complaints: `kubeadm-guard: ${path}, named by ${option}, cannot be opened: ${why}.\n`,
    });
  });
});

describe("without --nodes and --inventory", () => {
  it("policies about nodes are undecided, and nothing is predicted", async () => {
    const checked = await runCheck([], CONFIG);
    const aboutNodes = ["control-plane-nodes-known", ON_EVERY_NODE, "external-etcd-cert-pairs-with-key"];
    expect(aboutNodes.map((policy) => outcomeOf(checked, policy))).toEqual(aboutNodes.map(() => "undecided"));
    expect(checked.report.clusters[0].kubeadm).toEqual({});
  });

  it("the first line says that no file was looked for, and how to name the nodes", async () => {
    const { output } = await runProgram(["check", "--kubeadm-config", "-"], CONFIG);
    expect(output.split("\n")[0]).toContain("no control-plane node is known");
    expect(output.split("\n")[0]).toContain("--nodes or --inventory");
  });

  it("a local etcd needs no nodes", async () => {
    const { code, report } = await runCheck([], CONFIG.replace(/etcd:[\s\S]*?(?=\n\w|$)/, "etcd: {local: {}}"));
    expect(code).toBe(0);
    expect(report.clusters[0].outcomes.filter(({ outcome }) => outcome === "undecided")).toEqual([]);
  });
});

describe("a usage error is said on standard error, with exit code 3", () => {
  it.each<[string, readonly string[], string]>([
    ["no command", [], "A command is missing."],
    ["an unknown command", ["chek"], "There is no command chek. Did you mean check?"],
    ["an option before the command", ["--nodes", "x"], "Options come after the command"],
    ["a misspelt option", ["check", "--node", "x"], "Unknown option '--node'. Did you mean --nodes?"],
    ["the beginning of an option", ["check", "--inv", "x"], "Did you mean --inventory?"],
    ["what another tool calls an option", ["check", "-i", "x"], "Did you mean --inventory?"],
    [
      "an option that nothing is like",
      ["check", "--frobnicate"],
      "Unknown option '--frobnicate'. Run kubeadm-guard check --help for help.\n",
    ],
    ["an option without its value", ["check", "--nodes"], "--nodes"],
    ["an empty option", ["check", "--nodes="], "--nodes is empty."],
    ["an option given twice", ["check", "--format", "text", "--format", "json"], "--format is given more than once."],
    ["a listing from standard input", ["check", "--nodes", "-"], "--nodes takes a file"],
    ["an inventory from standard input", ["check", "--inventory", "-"], "--inventory takes a file"],
    ["a file without an option", ["check", "config.yaml"], "--kubeadm-config config.yaml"],
    ["a step that there is not", ["check", "--step", "join"], "--step is upgrade or init, not join."],
    ["a format that there is not", ["check", "--format", "xml"], "--format is one of text, json, sarif,"],
    [
      "a level that there is not",
      ["check", "--fail-on", "high"],
      "--fail-on is mandatory, advisory or undecided, not high.",
    ],
    ["a kubeadm that is not a release", ["check", "--kubeadm", "latest"], "--kubeadm is a release"],
    ["an upgrade to no release", ["check", "--upgrade-to", "2"], "--upgrade-to is a release"],
    ["a Kubespray release without inventory", ["check", "--kubespray", "v2.26.0"], "--inventory FILE"],
    [
      "a Kubespray release that is none",
      ["check", "--inventory", INVENTORY, "--kubespray", "latest"],
      "--kubespray is a release such as v2.26.0, or a branch such as release-2.26, not latest.",
    ],
    ["no kubeadm-config, at a terminal", ["check"], "There is no kubeadm-config to check."],
  ])("%s", async (_, args, complaint) => {
    const { code, output, complaints } = await runProgram(args);
    expect({ code, output }).toEqual({ code: 3, output: "" });
    expect(complaints).toContain(complaint);
  });

  it("no kubeadm-config, where nothing is piped in", async () => {
    expect((await runProgram(["check"], "")).code).toBe(3);
  });
});

const INIT_CONFIGURATION = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: InitConfiguration\n";

describe("the kubeadm-config is found in", () => {
  const indented = CONFIG.replace(/^/gm, "    ");
  it.each([
    ["a ConfigMap in JSON", configMap(CONFIG)],
    [
      "a ConfigMap in YAML",
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: kubeadm-config\ndata:\n  ClusterConfiguration: |\n${indented}\n`,
    ],
    ["a List of kubectl", `{"apiVersion":"v1","kind":"List","items":[${configMap(CONFIG)}]}`],
    ["a ConfigMap behind another object", `apiVersion: v1\nkind: Namespace\n---\n${configMap(CONFIG)}\n`],
    ["a ConfigMap behind 150 Pods", `${"apiVersion: v1\nkind: Pod\n---\n".repeat(150)}${configMap(CONFIG)}\n`],
    ["a bare ClusterConfiguration", CONFIG],
    ["a file for kubeadm with other documents before it", `${INIT_CONFIGURATION}---\n${CONFIG}`],
    ["a file with Windows line ends", `${INIT_CONFIGURATION}---\n${CONFIG}`.replaceAll("\n", "\r\n")],
  ])("%s", async (_, text) => {
    const checked = await runCheck(["--nodes", KEY_MISSING], text);
    expect(outcomeOf(checked, ON_EVERY_NODE)).toBe("fail");
    expect(checked.report.clusters[0].kubeadm["master02"]).toEqual({
      ok: false,
      error: `open ${FILES.keyFile}: no such file or directory`,
    });
  });

  it("standard input, where no file is named and something is piped in", async () => {
    const { code } = await runProgram(["check", "--nodes", KEY_MISSING], configMap(CONFIG));
    expect(code).toBe(1);
  });

  it("a file", async () => {
    const path = file("kubeadm-config.yaml", `${INIT_CONFIGURATION}---\n${CONFIG}`);
    const { code, output } = await runProgram(["check", "--kubeadm-config", path, "--nodes", COMPLETE]);
    expect(code).toBe(0);
    expect(output).toContain("kubernetes: nothing found; checked as kubeadm 1.29 (kubernetesVersion v1.29.10");
  });
});

describe("a file for kubeadm without a ClusterConfiguration", () => {
  const joining = `apiVersion: kubeadm.k8s.io/v1beta3
kind: JoinConfiguration
discovery:
  bootstrapToken: { token: abcdef.0123456789abcdef, apiServerEndpoint: "10.0.0.1:6443", unsafeSkipCAVerification: true }
`;
  it.each([
    ["only an InitConfiguration", INIT_CONFIGURATION, "pass", 0],
    ["only a JoinConfiguration", joining, "pass", 0],
    ["a JoinConfiguration with an unknown field", `${joining}nodeName: master02\n`, "fail", 0],
    ["a JoinConfiguration with a wrong value", `${joining}nodeRegistration: master02\n`, "fail", 1],
  ])("is checked as kubeadm config validate does: %s", async (_, text, outcome, code) => {
    const checked = await runCheck(["--nodes", COMPLETE, "--kubeadm", "1.30.14"], text);
    expect([outcomeOf(checked, "kubeadm-config-valid"), checked.code]).toEqual([outcome, code]);
    // Keys on the nodes' disks are looked at whatever the configuration says.
    const own = ["kubeadm-config-valid", "private-keys-protected"];
    const others = checked.report.clusters[0].outcomes.filter(({ policy }) => !own.includes(policy));
    expect(new Set(others.map((one) => one.outcome))).toEqual(new Set(["not-applicable"]));
    expect(checked.report.clusters[0].kubeadm["master01"]).toEqual({ ok: null, error: null });
    expect(checked.complaints).toBe(
      "kubeadm-guard: advisory: standard input holds no ClusterConfiguration, so only what kubeadm config validate says of it was checked.\n",
    );
  });

  it("is reported by --verbose, policy by policy", async () => {
    const { output } = await runProgram(["check", "--kubeadm-config", "-", "--verbose"], INIT_CONFIGURATION);
    expect(output).toContain(`not applicable  ${ON_EVERY_NODE}: standard input holds no ClusterConfiguration`);
  });
});

describe("a file for kubeadm is checked as a whole", () => {
  it.each([
    ["what follows the end of a document does not count", `${CONFIG}...\nfurther: text\n`, "pass"],
    ["a further document of kubeadm may follow", `${CONFIG}---\n${INIT_CONFIGURATION}`, "pass"],
    ["a faulty one may not", `${CONFIG}---\n${INIT_CONFIGURATION}unknown: field\n`, "fail"],
    ["nor one of another kind", `${CONFIG}---\napiVersion: v1\nkind: Secret\n`, "fail"],
  ])("%s", async (_, text, outcome) => {
    expect(outcomeOf(await runCheck([], text), "kubeadm-config-valid")).toBe(outcome);
  });

  it("the version of its ClusterConfiguration counts, wherever that stands", async () => {
    const checked = await runCheck(["--upgrade-to", "v1.31.0"], `${INIT_CONFIGURATION}---\n${CONFIG}`);
    expect(outcomeOf(checked, "kubeadm-config-upgradeable")).toBe("fail");
  });
});

describe("an upgrade that skips a minor version", () => {
  it("is reported once", async () => {
    const { report, code } = await runCheck(["--nodes", COMPLETE, "--upgrade-to", "v1.31.0"], configMap(CONFIG));
    expect(code).toBe(1);
    expect(report.clusters[0].outcomes.filter(({ outcome }) => outcome === "fail").map(({ policy }) => policy)).toEqual(
      ["kubeadm-config-upgradeable"],
    );
    expect(report.clusters[0].kubeadm["master01"]?.error).toContain("this version of kubeadm only supports");
  });
});

describe("a kubeadm-config that kubeadm cannot read", () => {
  it.each([
    ["a list", configMap("- a\n"), "couldn't get version/kind"],
    [
      "a ConfigMap without the key",
      '{"kind":"ConfigMap","metadata":{"name":"kubeadm-config"},"data":{}}',
      "ClusterConfiguration key value pair missing",
    ],
    ["a ConfigMap whose text is a map", '{"kind":"ConfigMap","data":{"ClusterConfiguration":{}}}', "write it with |"],
    ["a text of 10 MB", "a: b\n".repeat(2_000_000), "a ConfigMap holds at most 1 MiB"],
    ["10 MB of brackets", "[".repeat(10_000_000), "a ConfigMap holds at most 1 MiB"],
  ])("%s fails kubeadm-config-valid and every node", async (_, input, error) => {
    const checked = await runCheck(["--nodes", COMPLETE], input);
    expect(checked.code).toBe(1);
    expect(outcomeOf(checked, "kubeadm-config-valid")).toBe("fail");
    const { kubeadm } = checked.report.clusters[0];
    const refused = expect.objectContaining({ ok: false, error: expect.stringContaining(error) });
    expect(kubeadm).toEqual({ master01: refused, master02: refused });
  });
});

const map = (name: string) => JSON.stringify({ kind: "ConfigMap", metadata: { name }, data: {} });

describe("what is not a kubeadm-config is reported in one line, with exit code 3", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["nothing at all", "", "It is empty."],
    ["nothing but blank lines", "\n\n", "It is empty."],
    ["bytes that are not text", Uint8Array.from([0xc3, 0x28]), "It is not UTF-8 text."],
    ["UTF-16 with its mark", Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), "It is UTF-16"],
    ["UTF-16 without its mark", Uint8Array.from([0x61, 0x00, 0x70, 0x00]), "It is UTF-16"],
    ["a prompt with the folder", `root@cp1:~# kubectl get cm -o yaml\n${CONFIG}`, "Its first line is a command"],
    ["a prompt in brackets", `[root@cp1 ~]$ kubectl get cm -o yaml\n${CONFIG}`, "Its first line is a command"],
    ["a prompt of PowerShell", `PS C:\\> kubectl get cm -o yaml\n${CONFIG}`, "Its first line is a command"],
    ["the command alone", `kubectl get cm -o yaml\n${CONFIG}`, "Its first line is a command"],
    ["a table of kubectl", "NAME             DATA   AGE\nkubeadm-config   1      5d\n", "without -o yaml"],
    ["an error of kubectl", "Error from server (NotFound): configmaps not found\n", "an error message of kubectl"],
    ["a web page", "<!DOCTYPE html>\n<html></html>\n", "a web page"],
    ["another ConfigMap", map("coredns"), "the ConfigMap coredns"],
    ["another object", "apiVersion: apps/v1\nkind: Deployment\n", "a Deployment (apps/v1)"],
    ["a Cluster API object", "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\n", "a Cluster of Cluster API"],
    [
      "an INI inventory",
      "# hosts\n[kube_control_plane]\nmaster01\n",
      "an INI file, such as an inventory of Ansible, which --inventory takes",
    ],
    ["the hosts of an INI inventory", "master01 ansible_host=10.0.0.1\n[etcd]\n", "an inventory of Ansible"],
    ["user data", "#cloud-config\nwrite_files: []\n", "user data of cloud-init"],
    ["comments alone", "# kubectl get cm\n\n  # nothing\n", "nothing but comments"],
    ["an inventory", "all:\n  hosts: {a: {}}\n", "an inventory of Ansible"],
    ["an INI file of something else", "[default]\nregion = eu\n", "an INI file, such as"],
    ["what kubeadm printed", "[init] Using Kubernetes version: v1.29.5\n", "what kubeadm prints"],
    [
      "a table of all namespaces",
      "NAMESPACE     NAME             DATA   AGE\nkube-system   kubeadm-config   1",
      "without -o yaml",
    ],
    ["a table of nodes", "NAME       STATUS   ROLES           AGE   VERSION\n", "without -o yaml"],
    ["a list in JSON", '[{"name": "master01"}]', "a list, not"],
    ["the items of kubectl's list", JSON.stringify([JSON.parse(configMap(CONFIG))]), "a list, not"],
    ["a list of kubectl without it", JSON.stringify({ kind: "List", items: [] }), "a list without the ConfigMap"],
    ["a plain text", "hello\n", "a plain text"],
    ["a number", "42\n", "a plain text"],
    ["null", "null\n", "an empty document"],
    ["an empty map", "{}\n", "without apiVersion and kind"],
    ["base64", Buffer.from(CONFIG).toString("base64"), "a plain text"],
    ["a text in quotes", JSON.stringify(CONFIG), "a text in quotes, as jq prints it without -r"],
    ["bytes of gzip", gzipSync(CONFIG), "compressed with gzip"],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n", "a certificate or a key in PEM"],
    ["a difference", "--- a/cm.yaml\n+++ b/cm.yaml\n@@ -1 +1 @@\n-a: b\n+a: c\n", "a difference between two files"],
    ["a script", "#!/bin/bash\nkubeadm init\n", "a script"],
    ["Helm's values", "replicaCount: 2\nimage: {repository: nginx}\n", "without apiVersion and kind"],
    ["a Kustomization", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "a Kustomization"],
    ["a kind without apiVersion", '{"kind": "Report"}', "a Report, not"],
    ["a kubeconfig", "apiVersion: v1\nkind: Config\nusers: [{user: {token: a}}]\n", "a kubeconfig, which --live takes"],
    ["Terraform's state", '{"version": 4, "terraform_version": "1.5.7", "resources": []}', "of Terraform"],
    ["an export of a stack", '{"version": 3, "deployment": {}}', "an export of a Pulumi stack, which --nodes takes"],
    ["a stack's configuration", "config:\n  aws:region: eu-west-1\n", "the configuration of a Pulumi stack"],
    ["a Pulumi project", "name: prod\nruntime: yaml\n", "a Pulumi project"],
    ["a listing", "controlPlane: [{name: m1}]\n", "a listing of nodes, which --nodes takes"],
    ["acceptances", "accept: []\n", "which --accept takes"],
    ["a configuration of K3s", "write-kubeconfig-mode: '0644'\ntls-san: [a]\n", "a configuration of K3s or RKE2"],
    ["one of an RKE2 agent", "server: https://10.0.0.1:9345\ntoken: a\n", "a configuration of K3s or RKE2"],
    ["a cluster of RKE", "nodes: [{address: 1.2.3.4}]\nservices: {etcd: {}}\n", "a cluster of RKE"],
    ["a configuration of MicroK8s", "version: 0.1.0\naddons: [{name: dns}]\n", "a configuration of MicroK8s"],
    ["a configuration of Talos", "version: v1alpha1\nmachine: {type: controlplane}\n", "a Talos machine configuration"],
    ["a configuration of etcd", "name: etcd1\ndata-dir: /var/lib/etcd\n", "a configuration of etcd"],
    ["variables of Kubespray", "kube_version: v1.29.5\n", "variables of Kubespray"],
    ["Docker Compose", "services: {web: {image: nginx}}\n", "a file of Docker Compose"],
    [
      "several documents of others",
      "# a\nkind: Namespace\napiVersion: v1\n---\nkind: Secret\napiVersion: v1\n",
      "a Namespace (v1)",
    ],
  ])("%s", async (_title, input, words) => {
    const { code, output, complaints } = await runProgram(
      ["check", "--kubeadm-config", "-", "--nodes", COMPLETE],
      input,
    );
    expect([code, output]).toEqual([3, ""]);
    expect(complaints).toContain(words);
    expect(complaints.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("where the kubeadm-config is looked for", () => {
  it.each([
    ["nothing on standard input", ["check"], "", "There is no kubeadm-config to check."],
    [
      "a path of Windows",
      ["check", "--kubeadm-config", "C:\\Users\\ada\\cm.yaml"],
      "",
      "ada\\cm.yaml, named by --kubeadm-config, cannot be opened: there is no such file.",
    ],
    [
      "a path of Windows with slashes",
      ["check", "--kubeadm-config", "C:/Users/ada/cm.yaml"],
      "",
      "C:/Users/ada/cm.yaml, named by --kubeadm-config, cannot be opened: there is no such file.",
    ],
    [
      "an address",
      ["check", "--kubeadm-config", "https://example.com/cm.yaml"],
      "",
      "cannot be opened: there is no such file.",
    ],
    ["a folder", ["check", "--kubeadm-config", tmpdir()], "", "cannot be opened: it is a folder."],
  ])("%s is said in one line, with exit code 3", async (_title, args, input, words) => {
    const { code, output, complaints } = await runProgram(args, input);
    expect([code, output]).toEqual([3, ""]);
    expect(complaints).toContain(words);
    expect(complaints.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("what kubeadm itself is told to refuse stays its own to refuse", () => {
  it.each([
    ["a configuration without its header", CONFIG.slice(CONFIG.indexOf("etcd:"))],
    ["one with colons that have no space", "apiVersion:kubeadm.k8s.io/v1beta3\nkind:ClusterConfiguration\n"],
    ["one with a tab", CONFIG.replace("    caFile", "\tcaFile")],
    ["one whose version is a map", "apiVersion: {a: b}\nkubernetesVersion: v1.29.5\n"],
    ["a template that was not rendered", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n"],
  ])("%s", async (_title, input) => {
    const checked = await runCheck(["--nodes", COMPLETE], input);
    expect([checked.code, outcomeOf(checked, "kubeadm-config-valid")]).toEqual([1, "fail"]);
  });
});

describe("what comes near to it is a kubeadm-config all the same", () => {
  it.each([
    ["a comment that is a command", `# kubectl get cm -o yaml\n${CONFIG}`],
    ["a comment after a field", CONFIG.replace("\n", " # cat kubeadm.yaml\n")],
    ["JSON with a comment in its text", configMap(`# cat kubeadm.yaml\n${CONFIG}`)],
    ["a byte order mark", `\ufeff${CONFIG}`],
    ["line ends of Windows", configMap(CONFIG).replaceAll("\n", "\r\n")],
    [
      "other documents and comments around it",
      `# wiki\n---\n# the map\n${configMap(CONFIG)}\n---\nkind: Namespace\napiVersion: v1\n`,
    ],
    [
      "all ConfigMaps of a cluster",
      JSON.stringify({ kind: "List", items: [JSON.parse(map("kube-root-ca.crt")), JSON.parse(configMap(CONFIG))] }),
    ],
    ["the marker of a document", `---\n${CONFIG}`],
    [
      "a ConfigMap of another name that carries it",
      configMap(CONFIG).replace('"kubeadm-config"', '"kubeadm-config-old"'),
    ],
  ])("%s", async (_title, input) => {
    const { code } = await runProgram(["check", "--kubeadm-config", "-", "--nodes", COMPLETE], input);
    expect(code).toBe(0);
  });
});

describe("the release that is checked against", () => {
  const v1beta2 = CONFIG.replace("v1beta3", "v1beta2");
  it.each([
    ["is named by --kubeadm", ["--kubeadm", "1.26"], CONFIG.replace("v1.29.10", "v1.26.0"), true],
    ["reads v1beta2 up to 1.26 only", ["--kubeadm", "v1.27"], v1beta2.replace("v1.29.10", "v1.27.0"), false],
    ["is that of --upgrade-to without --kubeadm", ["--upgrade-to", "v1.37.0"], CONFIG, false],
    ["is that of kubernetesVersion without both", [], CONFIG, true],
    ["wins over --upgrade-to", ["--kubeadm", "1.30.14", "--upgrade-to", "v1.37.0"], CONFIG, true],
  ])("%s", async (_, args, config, readable) => {
    const checked = await runCheck(["--nodes", COMPLETE, ...args], config);
    expect(checked.report.clusters[0].kubeadm["master01"]?.ok).toBe(readable ? null : false);
  });

  it("is said to be newer than the tables in one line on standard error", async () => {
    const { complaints } = await runCheck(["--kubeadm", "1.99"], CONFIG);
    expect(complaints).toMatch(/^kubeadm-guard: advisory: kubeadm 1\.99 is newer than .*\n$/);
  });

  it("is said once, also where a policy says it in the report", async () => {
    const text = CONFIG.replace("v1beta3", "v1beta4").replace("v1.29.10", "v1.99.0");
    const { complaints, report } = await runCheck([], text);
    const lines = report.clusters[0].outcomes.flatMap(({ findings }) => findings.map((one) => one.text));
    expect(complaints).toBe("");
    expect(lines.filter((line) => line.includes("newer than the releases that this pack knows"))).toHaveLength(1);
  });
});

describe("a Kubespray inventory", () => {
  const cluster = externalEtcd({
    certFile: "/etc/ssl/etcd/ssl/node-master02.pem",
    keyFile: "/etc/ssl/etcd/ssl/node-master02-key.pem",
    caFile: "/etc/ssl/etcd/ssl/ca.pem",
  });
  it.each([
    ["without links: the other node has no such file", "v2.26.0", "fail", false],
    ["with links: the files are there, and their contents not shown", "v2.28.0", "pass", null],
  ])("%s", async (_, release, outcome, ok) => {
    const checked = await runCheck(["--inventory", INVENTORY, "--kubespray", release], configMap(cluster));
    expect(outcomeOf(checked, ON_EVERY_NODE)).toBe(outcome);
    expect(checked.report.clusters[0].kubeadm).toMatchObject({ master01: { ok }, master02: { ok: null, error: null } });
  });
});

describe("what check writes", () => {
  it.each(recordedClusters("clusters").slice(0, 20))(
    "fits the schema and shows no key: $id",
    async ({ id, configMap }) => {
      const nodes = join(__dirname, "..", "fixtures", "clusters", `${id}.json`);
      const { report, output, complaints } = await runCheck(["--nodes", nodes], JSON.stringify(configMap));
      expect(schemaFaults(SCHEMA, report)).toEqual([]);
      expect(output + complaints).not.toContain("-----BEGIN");
    },
  );

  it("is the same for the same question", async () => {
    const args = ["check", "--nodes", KEY_MISSING];
    expect(await runProgram(args, CONFIG)).toEqual(await runProgram(args, CONFIG));
  });

  it("fits the schema for any input", async () => {
    const input = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.json().map(configMap),
      fc.tuple(fc.nat(CONFIG.length), fc.string()).map(([at, text]) => CONFIG.slice(0, at) + text + CONFIG.slice(at)),
    );
    await fc.assert(
      fc.asyncProperty(input, fc.constantFrom("upgrade", "init"), async (bytes, step) => {
        const args = ["check", "--kubeadm-config", "-", "--format", "json", "--nodes", KEY_MISSING, "--step", step];
        const { code, output } = await runProgram(args, bytes);
        expect([0, 1, 2, 3]).toContain(code);
        // Unusable input is reported on standard error alone.
        expect(code === 3 ? output : schemaFaults(SCHEMA, JSON.parse(output))).toEqual(code === 3 ? "" : []);
      }),
    );
  });
});

describe("a cluster whose etcd is kubeadm's own", () => {
  const LOCAL = "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.30.4\n";
  const IN_PODS = `${LOCAL}controlPlaneEndpoint: api.example.org:6443\netcd: {local: {dataDir: /var/lib/etcd}}\n`;

  it("without nodes the first line says that the text alone was read", async () => {
    const { code, output } = await runProgram(["check"], configMap(IN_PODS));
    expect(code).toBe(0);
    expect(output).toContain("kubernetes: nothing found in the text alone, no node was looked at; checked as");
  });

  it.each<[string, object, string]>([
    ["of another namespace", { name: "kubeadm-config", namespace: "default" }, "default/kubeadm-config"],
    ["of another name", { name: "backup", namespace: "kube-system" }, "kube-system/backup"],
  ])("a ConfigMap %s is taken for the kubeadm-config with a remark", async (_title, metadata, name) => {
    const text = JSON.stringify({ ...kubeadmConfigMap(IN_PODS), metadata });
    const { code, output } = await runProgram(["check"], text);
    expect(code).toBe(0);
    expect(output).toContain(`It is the ConfigMap ${name}, taken for kube-system/kubeadm-config`);
  });

  it("the message and the prediction agree where kubeadm's own client is missing and pods are not known", async () => {
    const controlPlane = [{ name: "master01" }];
    const nodes = file(
      "pki-only.json",
      JSON.stringify({ controlPlane, searched: ["/etc/kubernetes/pki"], files: { master01: [] } }),
    );
    const { report, output } = await runCheckOf(IN_PODS, nodes);
    const error =
      "failed to create etcd client: open /etc/kubernetes/pki/etcd/healthcheck-client.crt: no such file or directory";
    expect(output).toContain(`kubeadm upgrade would fail there: ${error}, or a minute later`);
    expect(report.clusters[0].kubeadm["master01"]).toEqual({
      ok: false,
      error: `${error}, or a minute later could not retrieve the list of etcd endpoints: context deadline exceeded`,
    });
  });

  /** As JSON and as text. */
  async function runCheckOf(text: string, nodes: string) {
    const { report } = await runCheck(["--nodes", nodes], text);
    const { output } = await runProgram(["check", "--nodes", nodes], configMap(text));
    return { report, output };
  }
});

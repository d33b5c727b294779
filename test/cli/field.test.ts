import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "./helpers/run-check";

const FIELD = join(__dirname, "..", "fixtures", "field");

/** `check` of a file of a folder, with the files that further arguments name there: `inventory.ini`. */
async function checked(folder: string, file: string, args: readonly string[] = []) {
  const inFolder = (arg: string) => (/\.(ini|yaml|txt)$/.test(arg) ? join(FIELD, folder, arg) : arg);
  const config = join(FIELD, folder, file);
  return runProgram(["check", "--kubeadm-config", config, "--verbose", ...args.map(inFolder)]);
}

const INVENTORY = ["--inventory", "inventory.ini"];

describe("API versions that kubeadm reads only up to a release", () => {
  it("v1beta2 is valid for kubeadm 1.17", async () => {
    const { code, output } = await checked("01-old-api-still-read", "kubeadm-config.yaml", INVENTORY);
    expect(code).toBe(0);
    expect(output).toContain("checked as kubeadm 1.17");
    expect(output).toMatch(/pass +kubeadm-config-valid/);
  });

  it("v1beta2 is valid for kubeadm 1.24", async () => {
    const { output } = await checked("02-v1beta2-on-1.24", "kubeadm-config.yaml");
    expect(output).toMatch(/pass +kubeadm-config-valid/);
  });

  it("v1alpha3 is refused, with the release that was asked and the way out", async () => {
    const { code, output } = await checked("03-v1alpha3", "config.yaml");
    expect(code).toBe(1);
    expect(output).toContain("checked as kubeadm 1.37 (the newest known");
    expect(output).toContain("kubeadm config migrate of v1.14");
  });

  it("a MasterConfiguration is refused in kubeadm's words", async () => {
    const { code, output } = await checked("09-masterconfiguration", "v1alpha1-few-lines.yaml");
    expect(code).toBe(1);
    expect(output).toContain('old API spec: "kubeadm.k8s.io/v1alpha1" (kind: "MasterConfiguration")');
    expect(output).toContain("kubeadm config migrate of v1.11");
  });

  it("v1alpha2 of a cluster that still has it is refused by the next release", async () => {
    const { code, output } = await checked("10-v1alpha2", "kubeadm.yaml");
    expect(code).toBe(1);
    expect(output).toContain("checked as kubeadm 1.13 (the first that no longer reads its API version");
    expect(output).toContain("kubeadm config migrate of v1.12");
    expect(output).not.toContain("the fields named above");
  });

  it("an API version that is newer than the cluster is checked as the cluster's own kubeadm", async () => {
    const text = "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.19.8\n";
    const { output } = await runProgram(["check", "--kubeadm-config", "-"], text);
    expect(output).toContain("checked as kubeadm 1.19 (kubernetesVersion v1.19.8");
    expect(output).toContain("Use kubeadm 1.28 or later, the first that reads kubeadm.k8s.io/v1beta4");
  });
});

describe("what kubeadm stops at, and what it only warns of", () => {
  it("an UpgradeConfiguration that kubeadm upgrade apply cannot decode", async () => {
    const { code, output } = await checked("15-upgradeconfiguration", "upgrade-type-error.yaml", [
      "--kubeadm",
      "1.34.2",
    ]);
    expect(code).toBe(1);
    expect(output).toContain(
      "json: cannot unmarshal string into Go struct field UpgradeApplyConfiguration.apply.etcdUpgrade of type bool",
    );
  });

  it("a kubeadm that is too new, with the one to take", async () => {
    const { code, output } = await checked("16-kubeadm-too-new", "kubeadm-config.yaml", [
      ...INVENTORY,
      "--kubeadm",
      "1.34.2",
    ]);
    expect(code).toBe(1);
    expect(output).toContain("control plane version >= 1.33.0. Current version: v1.32.5");
    expect(output).toContain("at most one minor version newer than the cluster: 1.33 for 1.32");
  });

  it("a field of which kubeadm init only warns is advisory", async () => {
    const { code, output } = await checked("18-only-warned-of", "kubeadm-config.yaml");
    expect(code).toBe(0);
    expect(output).toContain('unknown field "apiServer.timeoutForControlPlane"');
    expect(output).toContain("only print a warning, and continue without the field");
  });
});

describe("what people pipe in", () => {
  it.each([
    ["a file that PowerShell saved", "11-how-people-hand-it-over", "utf16.yaml", "UTF-16"],
    ["the prompt with it", "11-how-people-hand-it-over", "prompt-first.txt", "Its first line is a command"],
    ["kubectl describe", "11-how-people-hand-it-over", "describe.txt", "kubectl describe"],
    ["a Talos file", "12-not-a-kubeadm-config", "talos.yaml", "a Talos machine configuration"],
    ["a kind file", "12-not-a-kubeadm-config", "kind-cluster.yaml", "a kind Cluster, not a kubeadm configuration"],
    ["a ConfigMap without its end", "04-old-api-hides-11500", "pasted-without-kind.yaml", "kind: ConfigMap is missing"],
  ])("%s is unusable, and said in one line", async (_title, folder, file, words) => {
    const { code, output, complaints } = await checked(folder, file);
    expect([code, output]).toEqual([3, ""]);
    expect(complaints).toContain(words);
    expect(complaints.trimEnd().split("\n")).toHaveLength(1);
  });

  it("two ConfigMaps in one file are both checked", async () => {
    const { code, output } = await checked("11-how-people-hand-it-over", "two.yaml", [
      ...INVENTORY,
      "--kubespray",
      "v2.26.0",
    ]);
    expect(code).toBe(1);
    expect(output).toContain("cluster.local (1 of 2): refused");
    expect(output).toContain("cluster.local (2 of 2): refused");
    expect(output).toContain("etcd.external names the files of m3");
    expect(output).toContain("after x1, a host that is no longer in the inventory");
  });

  it("the file of one node says nothing of the others since kubeadm 1.30", async () => {
    const { code, output } = await checked("17-local-file-of-one-node", "kubeadm-config-of-k8s-02.yaml", INVENTORY);
    expect(code).toBe(2);
    expect(output).toContain("an upgrade reads the ConfigMap instead. Get it with kubectl");
    expect(output).toMatch(/undecided +external-etcd-files-on-every-control-plane-node/);
    expect(output).not.toMatch(/ fails /);
  });

  it("the file of one node is what kubeadm init reads", async () => {
    const { output } = await checked("17-local-file-of-one-node", "kubeadm-config-of-k8s-02.yaml", [
      ...INVENTORY,
      "--step",
      "init",
      "--kubespray",
      "v2.26.0",
    ]);
    expect(output).toMatch(/fail +external-etcd-files-on-every-control-plane-node/);
  });
});

describe("files that are named after one node", () => {
  it("of a cluster whose nodes nobody names are reported, and nothing is green", async () => {
    const { code, output } = await checked("02-v1beta2-on-1.24", "kubeadm-config.yaml");
    expect(code).toBe(2);
    expect(output.split("\n")[0]).toContain("undecided: no control-plane node is known");
    expect(output).toContain("look like those of one node, node2: certFile, keyFile");
  });

  it("of two names that begin alike the longer one counts", async () => {
    const { output } = await checked("05-names-that-begin-alike", "kubeadm-config.yaml", INVENTORY);
    expect(output).toContain("names its files after k8s-master01-lab-20190425 (certFile, keyFile)");
    expect(output).toContain("certFile: /etc/ssl/etcd/ssl/node.pem");
  });

  it("of a host that left", async () => {
    const { code, output } = await checked("14-named-after-a-host-that-left", "kubeadm-config.yaml", INVENTORY);
    expect(code).toBe(1);
    expect(output).toContain("after k8s-mst0, a host that is no longer in the inventory");
    expect(output).toMatch(/fail +external-etcd-files-named-for-every-node/);
  });
});

describe("what an inventory says", () => {
  it("a Kubernetes that no release with links installs tells that the other nodes lack the files", async () => {
    const { code, output } = await checked("04-old-api-hides-11500", "kubeadm-config.yaml", INVENTORY);
    expect(code).toBe(1);
    expect(output).toContain("etcd.external names the files of dev-master-33-167");
    expect(output).toMatch(/pass +kubeadm-config-valid/);
  });

  it("an endpoint of the control plane at a host that left is advised against", async () => {
    const { code, output } = await checked("06-first-node-removed", "kubeadm-config.yaml", [
      "--inventory",
      "inventory-with-ips.ini",
    ]);
    expect(code).toBe(2);
    expect(output).toContain("controlPlaneEndpoint veg2:6443 points to veg2, which is not a control-plane node");
  });

  it("fewer etcd hosts than endpoints are reported, where no addresses can be compared", async () => {
    const { output } = await checked("06-first-node-removed", "kubeadm-config.yaml", INVENTORY);
    expect(output).toContain("the group etcd has 2 hosts, but the configuration names 3 endpoints");
  });

  it("what Kubespray refuses to run laid nothing out", async () => {
    const { code, output } = await checked("07-variable-removed-in-2.28", "kubeadm-config.yaml", [
      ...INVENTORY,
      "--kubespray",
      "v2.28.0",
    ]);
    expect(code).toBe(2);
    expect(output).toMatch(/undecided +etcd-topology-matches-nodes/);
    expect(output).toContain("removed in v2.28: set etcd_deployment_type: kubeadm");
    expect(output).not.toContain("replace etcd.local");
  });

  it("an inventory that contradicts the ConfigMap is advised against", async () => {
    const { output } = await checked("13-inventory-contradicts", "kubeadm-config.yaml", INVENTORY);
    expect(output).toContain(
      "etcd is external, but the inventory says that kubeadm runs it: etcd_deployment_type is kubeadm",
    );
  });
});

describe("a fix that fixes", () => {
  it("never offers the cluster's own CA for etcd's", async () => {
    const { code, output } = await checked("08-cluster-ca-suggested", "kubeadm-config.yaml", ["--nodes", "nodes.yaml"]);
    expect(code).toBe(1);
    expect(output).toMatch(/fail +external-etcd-files-on-every-control-plane-node/);
    expect(output).not.toContain("/etc/kubernetes/pki/ca.crt");
    expect(output).not.toMatch(/missing \(has/);
  });

  it("is reported once for certificate and key, and not by variables alone", async () => {
    const { output } = await checked("04-old-api-hides-11500", "kubeadm-config.yaml", INVENTORY);
    expect(output.match(/Give the files names/g)).toHaveLength(1);
    expect(output).toMatch(
      /Fix: Before the upgrade, one of these:\n +- With Kubespray, run .* from v2\.26\.1, v2\.27\.1 or v2\.28\.0 on: it links/,
    );
  });
});

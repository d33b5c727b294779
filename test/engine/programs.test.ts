import { describe, expect, it } from "vitest";
import { preview } from "./helpers/preview";
import {
  BROKEN,
  clusters,
  configMap,
  copies,
  externalEtcd,
  FOLDER,
  MASTERS,
  NAMED,
  NEUTRAL,
  NODES_KNOWN,
  OF_MASTER03,
  own,
  PRESENCE,
  pem,
} from "./helpers/programs";
import { levels, saidBy } from "./helpers/said";

describe("kubespray 11500", () => {
  it("is refused, for certificate and key, on the two masters that hold only their own", async () => {
    const seen = await preview({ program: BROKEN, config: clusters() });
    expect(seen.exitCode).not.toBe(0);
    expect(levels(seen)).toEqual([`${NAMED} advisory`, `${PRESENCE} mandatory`]);
    expect(saidBy(PRESENCE, seen)).toContain(
      `etcd.external.certFile ${OF_MASTER03.certFile} is on 1 of 3 control-plane nodes; missing on master01, master02.`,
    );
    expect(saidBy(PRESENCE, seen)).toContain(
      `kubeadm would fail on master01: failed to create etcd client for external etcd: open ${OF_MASTER03.certFile}: no such file or directory`,
    );
  });

  it("is accepted with one neutral name on all masters", async () => {
    const program =
      configMap(externalEtcd(NEUTRAL)) +
      MASTERS.map(({ addresses: [host] }) => copies(host ?? "", Object.values(NEUTRAL))).join("");
    const seen = await preview({ program, config: clusters() });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });
});

describe("the programs that must not cry wolf", () => {
  it("1: certificates come by Ansible: undecided, and after files are declared a pass or a fail", async () => {
    const undecided = await preview({ program: configMap(), config: clusters() });
    expect([undecided.exitCode, levels(undecided)]).toEqual([0, [`${NAMED} advisory`, `${PRESENCE} advisory`]]);
    expect(saidBy(PRESENCE, undecided)).toContain("nothing here says how files reach master01, master02, master03");
    const all = Object.values(OF_MASTER03).map((path) => ({ path }));
    expect((await preview({ program: configMap(), config: clusters({ files: all }) })).exitCode).toBe(0);
    const onlyOne = all.map((file) => ({ ...file, nodes: ["master03"] }));
    expect((await preview({ program: configMap(), config: clusters({ files: onlyOne }) })).exitCode).not.toBe(0);
  });

  it("2: kubeadm's documented flow with a certificate key is never missing; a join without the key is", async () => {
    const kubeadmPaths = {
      certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
      keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
      caFile: "/etc/kubernetes/pki/etcd/ca.crt",
    };
    const run = (host: string, text: string) =>
      `new command.remote.Command("run-${host}", { connection: { host: "${host}" }, create: ${JSON.stringify(text)} });`;
    const flow = (join: string) =>
      configMap(externalEtcd(kubeadmPaths)) +
      copies("10.0.0.1", Object.values(kubeadmPaths)) +
      run("10.0.0.1", "kubeadm init --config /root/kubeadm-config.yaml --upload-certs") +
      run("10.0.0.2", join);
    const withKey = await preview({
      program: flow("kubeadm join 10.0.0.1:6443 --token t --control-plane --certificate-key abc"),
    });
    expect(withKey.exitCode).toBe(0);
    expect(saidBy(PRESENCE, withKey)).not.toContain("missing on");
    const without = await preview({ program: flow("kubeadm join 10.0.0.1:6443 --token t --control-plane") });
    expect(without.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, without)).toContain("missing on 10.0.0.2");
  });

  it("3: a ConfigMapPatch that carries the text is checked in full, one without it not at all", async () => {
    const broken = BROKEN.replace("v1.ConfigMap(", "v1.ConfigMapPatch(");
    expect((await preview({ program: broken, config: clusters() })).exitCode).not.toBe(0);
    const other = `new kubernetes.core.v1.ConfigMapPatch("labels", { metadata: { name: "kubeadm-config", namespace: "kube-system", labels: { a: "b" } } }, { provider: manifests });`;
    const seen = await preview({ program: other, config: clusters() });
    expect([seen.exitCode, levels(seen)]).toEqual([0, []]);
  });

  it("4: Kubespray with etcd on the masters, known by an inventory alone, passes with the advice on naming", async () => {
    const inventory =
      "[kube_control_plane]\nmaster01 ip=192.168.10.11\nmaster02 ip=192.168.10.12\nmaster03 ip=192.168.10.13\n[etcd:children]\nkube_control_plane\n[kube_node]\nworker01\n";
    const config = { "kubeadm-guard:clusters": [{ name: "prod", kubespray: { inventory: "inventory.ini" } }] };
    const seen = await preview({ program: configMap(), config, files: { "inventory.ini": inventory } });
    expect([seen.exitCode, levels(seen)]).toEqual([0, [`${NAMED} advisory`]]);
  });

  it("5: machines and copies in one stack, the ConfigMap in another", async () => {
    const first = await preview({
      program: MASTERS.map(({ name, addresses: [host] }) => copies(host ?? "", own(name))).join(""),
    });
    expect([first.exitCode, levels(first)]).toEqual([0, []]);
    const second = await preview({ program: configMap(externalEtcd(NEUTRAL)), config: clusters() });
    expect([second.exitCode, levels(second)]).toEqual([0, [`${PRESENCE} advisory`]]);
  });

  it("6: cloud-init on a scaling group puts the files on all its nodes", async () => {
    const contents = {
      [NEUTRAL.certFile]: pem("node.pem"),
      [NEUTRAL.keyFile]: pem("node-key.pem"),
      [NEUTRAL.caFile]: pem("ca.pem"),
    };
    const files = (paths: readonly string[]) =>
      `#cloud-config\nwrite_files:\n${paths.map((path) => `- path: ${path}\n  content: ${JSON.stringify(contents[path])}\n`).join("")}`;
    const group = (userData: string) => `
new pulumi.CustomResource("aws:ec2/launchTemplate:LaunchTemplate", "masters", { userData: Buffer.from(${JSON.stringify(userData)}).toString("base64") });`;
    const config = clusters({}, [{ name: "masters", resource: "masters" }]);
    const full = await preview({
      program: configMap(externalEtcd(NEUTRAL)) + group(files(Object.values(NEUTRAL))),
      config,
      standIns: true,
    });
    expect(full.exitCode).toBe(0);
    const partly = await preview({
      program: configMap(externalEtcd(NEUTRAL)) + group(files([NEUTRAL.certFile, NEUTRAL.caFile])),
      config,
      standIns: true,
    });
    expect(partly.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, partly)).toContain(`keyFile ${NEUTRAL.keyFile} is missing on group masters`);
  });

  it("7: on a first preview that knows nothing yet there is one advisory; where the VMs are known by name, 11500 already fails", async () => {
    const vms = MASTERS.map(
      ({ name }) => `
const ${name} = new pulumi.CustomResource("openstack:compute/instance:Instance", "${name}", { name: "${name}", accessIpV4: undefined });`,
    ).join("");
    const copied = MASTERS.map(({ name }) => copies(name, own(name), `{ host: ${name}.accessIpV4 }`)).join("");
    const unknownText = `
new kubernetes.core.v1.ConfigMap("shared", { metadata: { name: "kubeadm-config", namespace: "kube-system" },
  data: { ClusterConfiguration: pulumi.interpolate\`endpoint: \${master01.accessIpV4}\` } }, { provider: manifests });`;
    const names = clusters(
      {},
      MASTERS.map(({ name }) => ({ name })),
    );
    const nothing = await preview({ program: vms + copied + unknownText, config: names, standIns: true });
    expect([nothing.exitCode, nothing.violations.map((one) => one.level)]).toEqual([0, ["advisory"]]);
    expect(nothing.violations[0]?.message).toContain(
      "data.ClusterConfiguration is not known before the update; it waits for master01",
    );
    const shape = await preview({ program: vms + copied + configMap(), config: names, standIns: true });
    expect(shape.exitCode).not.toBe(0);
    expect(saidBy(PRESENCE, shape)).toContain("is on 1 of 3 control-plane nodes; missing on master01, master02.");
  });

  it("8: a single node with local etcd is none of our business; with external etcd only presence counts", async () => {
    const one = clusters({}, MASTERS.slice(0, 1));
    const local =
      "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.29.10\netcd:\n  local: {}\n";
    const quiet = await preview({ program: configMap(local), config: one });
    expect([quiet.exitCode, levels(quiet)]).toEqual([0, []]);
    const ofMaster01 = {
      certFile: `${FOLDER}/node-master01.pem`,
      keyFile: `${FOLDER}/node-master01-key.pem`,
      caFile: `${FOLDER}/ca.pem`,
    };
    const external = await preview({
      program: configMap(externalEtcd(ofMaster01)) + copies("192.168.10.11", own("master01")),
      config: one,
    });
    expect([external.exitCode, levels(external)]).toEqual([0, []]);
  });

  it("9: YAML with a kubeadm-config elsewhere is ignored, one in kube-system without nodes gives the one finding, a Helm release is opaque", async () => {
    const yaml = (namespace: string) => `
new kubernetes.yaml.ConfigGroup("chart", { objs: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "kubeadm-config", namespace: "${namespace}" },
  data: { ClusterConfiguration: ${JSON.stringify(externalEtcd(NEUTRAL))} } }] }, { provider: manifests });`;
    const elsewhere = await preview({ program: yaml("apps") });
    expect([elsewhere.exitCode, levels(elsewhere)]).toEqual([0, []]);
    const unknown = await preview({ program: yaml("kube-system") });
    expect(unknown.exitCode).not.toBe(0);
    // What depends on the nodes is undecided until they are named.
    expect(levels(unknown).filter((one) => !one.endsWith(" advisory"))).toEqual([`${NODES_KNOWN} mandatory`]);
    const release = `new pulumi.CustomResource("kubernetes:helm.sh/v3:Release", "kubeadm-config", { chart: "x" }, { provider: manifests });`;
    const opaque = await preview({ program: release });
    expect([opaque.exitCode, levels(opaque)]).toEqual([0, []]);
  });
});

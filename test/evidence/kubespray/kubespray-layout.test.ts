import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NodeFiles, nodeFiles } from "../../../cluster/node-files";
import type { KubesprayInput } from "../../../evidence/kubespray/kubespray-facts";
import { type KubesprayLayout, kubesprayLayout } from "../../../evidence/kubespray/kubespray-layout";
import { reasonText } from "../../../reasons/reason-texts";
import { fixture, inventoryOf, inventoryText, names } from "./inventories";

const DIR = "/etc/ssl/etcd/ssl";
const SOURCE = { name: "inventory.ini", kind: "kubespray" };
const SEPARATE = inventoryText(["m1", "m2", "m3"], ["e1", "e2", "e3"]);
const STACKED = inventoryText(["m1", "m2", "m3"], ["m1", "m2", "m3"]);
const OVERLAP = inventoryText(["m1", "m2", "m3"], ["m1", "e2", "e3"]);

function layoutOf(text: string, input: Partial<Omit<KubesprayInput, "inventory">> = {}): KubesprayLayout {
  return kubesprayLayout({ files: [], ...input, inventory: inventoryOf(text) }, SOURCE);
}

function filesOn(layout: KubesprayLayout, host: string): NodeFiles {
  const evidence = layout.evidence.filter((one) => one.machine.by === "name" && one.machine.name === host);
  const completeness = layout.completeness.get(host) ?? {
    kind: "unknown",
    reason: { id: "no-file-evidence", data: {} },
  };
  return nodeFiles(evidence, completeness, [], () => true);
}

function presence(layout: KubesprayLayout, host: string, file: string): string {
  return filesOn(layout, host).presence(file.startsWith("/") ? file : `${DIR}/${file}`).kind;
}

/** Why a file is undecided there. */
function reasonsFor(layout: KubesprayLayout, host: string, file: string): string {
  const found = filesOn(layout, host).presence(`${DIR}/${file}`);
  return found.kind === "undecided" ? found.reasons.map((reason) => reasonText(reason.reason)).join("; ") : found.kind;
}

describe("who has what", () => {
  it.each([
    {
      title: "separate etcd, 2.25: a node has its own pair",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "node-m1.pem",
      is: "present",
    },
    {
      title: "separate etcd, 2.25: and its key",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "node-m1-key.pem",
      is: "present",
    },
    {
      title: "separate etcd, 2.25: and the CA",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "ca.pem",
      is: "present",
    },
    {
      title: "separate etcd, 2.25: but not the CA's key",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "ca-key.pem",
      is: "missing",
    },
    {
      title: "separate etcd, 2.25: nor the last node's pair (kubernetes-sigs/kubespray#11500)",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "node-m3.pem",
      is: "missing",
    },
    {
      title: "separate etcd, 2.25: the first node's pair may have come by a join",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m2",
      file: "node-m1.pem",
      is: "undecided",
    },
    {
      title: "separate etcd, 2.25: nor an etcd host's",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "admin-e1.pem",
      is: "missing",
    },
    {
      title: "separate etcd, 2.25: nor a removed node's",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "node-m4.pem",
      is: "missing",
    },
    {
      title: "separate etcd, 2.26.0 makes no links",
      text: SEPARATE,
      release: "v2.26.0",
      host: "m1",
      file: "node-m3.pem",
      is: "missing",
    },
    {
      title: "separate etcd, 2.26.1 makes them",
      text: SEPARATE,
      release: "v2.26.1",
      host: "m1",
      file: "node-m3.pem",
      is: "present",
    },
    {
      title: "separate etcd, 2.27.0 makes none, but those of 2.26.1 stay",
      text: SEPARATE,
      release: "v2.27.0",
      host: "m1",
      file: "node-m3-key.pem",
      is: "undecided",
    },
    {
      title: "separate etcd, 2.27.1 makes them",
      text: SEPARATE,
      release: "2.27.1",
      host: "m1",
      file: "node-m3-key.pem",
      is: "present",
    },
    {
      title: "separate etcd, 2.28.0 makes them",
      text: SEPARATE,
      release: "v2.28.0",
      host: "m3",
      file: "node-m1.pem",
      is: "present",
    },
    {
      title: "separate etcd, 2.28.0: none for a removed node",
      text: SEPARATE,
      release: "v2.28.0",
      host: "m3",
      file: "node-m4.pem",
      is: "missing",
    },
    {
      title: "separate etcd, no release: the links are undecided",
      text: SEPARATE,
      release: undefined,
      host: "m1",
      file: "node-m3.pem",
      is: "undecided",
    },
    {
      title: "separate etcd, no release: the own pair is certain",
      text: SEPARATE,
      release: undefined,
      host: "m1",
      file: "node-m1.pem",
      is: "present",
    },
    {
      title: "separate etcd, no release: so is that nobody has a neutral name",
      text: SEPARATE,
      release: undefined,
      host: "m1",
      file: "client.pem",
      is: "missing",
    },
    {
      title: "an etcd host has every node's pair",
      text: SEPARATE,
      release: "v2.25.1",
      host: "e2",
      file: "node-m3.pem",
      is: "present",
    },
    {
      title: "an etcd host has the CA's key",
      text: SEPARATE,
      release: "v2.25.1",
      host: "e2",
      file: "ca-key.pem",
      is: "present",
    },
    {
      title: "an etcd host has the other etcd hosts' pairs",
      text: SEPARATE,
      release: "v2.25.1",
      host: "e2",
      file: "member-e3-key.pem",
      is: "present",
    },
    {
      title: "etcd on the control plane: every pair is there",
      text: STACKED,
      release: "v2.25.1",
      host: "m1",
      file: "node-m3.pem",
      is: "present",
    },
    {
      title: "etcd on the control plane, no release: all the same",
      text: STACKED,
      release: undefined,
      host: "m1",
      file: "node-m3-key.pem",
      is: "present",
    },
    {
      title: "etcd on the control plane: a removed node's pair may be left",
      text: STACKED,
      release: "v2.25.1",
      host: "m1",
      file: "node-m4.pem",
      is: "undecided",
    },
    {
      title: "partial overlap: the node with etcd has every pair",
      text: OVERLAP,
      release: "v2.25.1",
      host: "m1",
      file: "node-m2.pem",
      is: "present",
    },
    {
      title: "partial overlap: the node without has not",
      text: OVERLAP,
      release: "v2.25.1",
      host: "m3",
      file: "node-m2.pem",
      is: "missing",
    },
    {
      title: "partial overlap: its links are made all the same",
      text: OVERLAP,
      release: "v2.28.1",
      host: "m3",
      file: "node-m2.pem",
      is: "present",
    },
    {
      title: "other folders are not closed",
      text: SEPARATE,
      release: "v2.25.1",
      host: "m1",
      file: "/etc/kubernetes/pki/etcd/ca.crt",
      is: "undecided",
    },
  ])("$title", ({ text, release, host, file, is }) => {
    expect(presence(layoutOf(text, release === undefined ? {} : { release }), host, file)).toBe(is);
  });

  it("a link points to the node's own pair, and on an etcd host the real file stays", () => {
    const layout = layoutOf(OVERLAP, { release: "v2.26.1" });
    const at = (host: string) => filesOn(layout, host).presence(`${DIR}/node-m2.pem`);
    expect(at("m3")).toMatchObject({ kind: "present", realPath: `${DIR}/node-m3.pem` });
    expect(at("m1")).toMatchObject({ kind: "present", realPath: `${DIR}/node-m2.pem` });
  });

  it.each([
    { file: "node-m1.pem", says: "through the Secret kubeadm-certs; a listing settles it" },
    { file: "node-m3.pem", says: "which release last ran here is not given" },
  ])("$file on m2 is undecided, and it is said why", ({ file, says }) => {
    expect(reasonsFor(layoutOf(SEPARATE), "m2", file)).toContain(says);
  });

  it.each([
    { release: "v2.29.1", host: "m1", file: "node-m1-key.pem", mode: "0700" },
    { release: "v2.29.1", host: "e2", file: "ca-key.pem", mode: "0700" },
    { release: "v2.30.0", host: "m1", file: "node-m1-key.pem", mode: "0600" },
    { release: "v2.30.0", host: "e1", file: "ca-key.pem", mode: "0600" },
    { release: "v2.30.0", host: "e2", file: "node-m1-key.pem", mode: "0640" },
    { release: "v2.30.0", host: "m1", file: "node-m1.pem", mode: undefined },
    { release: undefined, host: "m1", file: "node-m1-key.pem", mode: undefined },
  ])("by $release $file on $host has mode $mode", ({ release, host, file, mode }) => {
    const layout = layoutOf(SEPARATE, release === undefined ? {} : { release });
    const found = filesOn(layout, host).presence(`${DIR}/${file}`);
    expect(found.kind === "present" ? found.file.mode : found.kind).toBe(mode);
  });
});

describe("variables", () => {
  const all = (text: string) => [{ path: "group_vars/all/all.yml", text }];

  it.each([
    { title: "etcd_cert_dir", text: "etcd_cert_dir: /opt/etcd", path: "/opt/etcd/node-m1.pem" },
    {
      title: "etcd_config_dir, from which it is made",
      text: "etcd_config_dir: /opt/etcd/",
      path: "/opt/etcd/ssl/node-m1.pem",
    },
    {
      title: "a variable of one's own",
      text: 'base: /opt\netcd_cert_dir: "{{base}}/etcd"',
      path: "/opt/etcd/ca.pem",
    },
    {
      title: "kube_cert_dir",
      text: "etcd_cert_dir: '{{ kube_cert_dir }}/etcd'\nkube_config_dir: /srv/k8s",
      path: "/srv/k8s/ssl/etcd/ca.pem",
    },
  ])("$title moves the files", ({ text, path }) => {
    const layout = layoutOf(SEPARATE, { release: "v2.25.1", files: all(text) });
    expect(presence(layout, "m1", path)).toBe("present");
  });

  it("settings win over group_vars", () => {
    const layout = layoutOf(SEPARATE, { files: all("etcd_cert_dir: /a"), variables: { etcd_cert_dir: "/b" } });
    expect(presence(layout, "m1", "/b/node-m1.pem")).toBe("present");
  });

  it.each([
    {
      title: "a filter",
      text: "etcd_cert_dir: \"{{ x | default('/a') }}\"",
      says: "etcd_cert_dir is a template of more",
    },
    { title: "a variable that nothing sets", text: 'etcd_cert_dir: "{{ x }}/ssl"', says: "x is not set" },
    {
      title: "a chain of thousands of variables",
      text: `etcd_cert_dir: "{{ v0 }}"\n${Array.from({ length: 5000 }, (_, n) => `v${n}: "{{ v${n + 1} }}"`).join("\n")}`,
      says: "more than 20 deep",
    },
    { title: "a variable made from itself", text: 'etcd_cert_dir: "{{ etcd_cert_dir }}/x"', says: "defined by itself" },
    {
      title: "Ansible Vault",
      text: "etcd_cert_dir: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  31\n",
      says: "Ansible Vault",
    },
    { title: "a list", text: "etcd_cert_dir: [/a]", says: "a list" },
    {
      title: "a folder of each host's own",
      text: 'etcd_cert_dir: "/opt/{{ inventory_hostname }}"',
      says: "not the same for all",
    },
    { title: "a relative path", text: "etcd_cert_dir: ssl", says: "not an absolute path" },
    { title: "certificates of another hand", text: "cert_management: none", says: "cert_management" },
    { title: "no deployment type that is known", text: "etcd_deployment_type: rkt", says: "etcd_deployment_type" },
    { title: "broken YAML", text: "a: [", says: "group_vars/all/all.yml cannot be read" },
    { title: "kubeadm's etcd", text: "etcd_deployment_type: kubeadm", says: "etcd_deployment_type is kubeadm" },
    {
      title: "the old switch, no release",
      text: "etcd_kubeadm_enabled: true",
      says: "which release last ran here is not given",
    },
  ])("$title leaves everything undecided, and it is said why", ({ text, says }) => {
    const layout = layoutOf(SEPARATE, { files: all(text) });
    expect(layout.evidence).toEqual([]);
    expect(reasonsFor(layout, "m1", "node-m1.pem")).toContain(says);
  });

  it.each([
    { title: "host", text: "etcd_deployment_type: host", release: "v2.28.0", etcd: "external" },
    { title: "docker", text: "etcd_deployment_type: docker", release: "v2.15.1", etcd: "external" },
    { title: "kubeadm", text: "etcd_deployment_type: kubeadm", release: "v2.19.0", etcd: "kubeadm" },
    {
      title: "the old switch, as 2.18 reads it",
      text: "etcd_kubeadm_enabled: yes",
      release: "v2.18.0",
      etcd: "kubeadm",
    },
    {
      title: "the old switch, as 2.27.1 reads it",
      text: "etcd_kubeadm_enabled: 'true'",
      release: "v2.27.1",
      etcd: "kubeadm",
    },
    {
      title: "the old switch, with which 2.28 refuses to run",
      text: "etcd_kubeadm_enabled: true",
      release: "v2.28.0",
      etcd: "undecided",
    },
    {
      title: "the old switch, off and refused all the same",
      text: "etcd_kubeadm_enabled: false",
      release: "v2.28.0",
      etcd: "undecided",
    },
    { title: "the old switch, off", text: "etcd_kubeadm_enabled: false", release: "v2.20.0", etcd: "external" },
  ])("$title by $release is $etcd", ({ text, release, etcd }) => {
    expect(layoutOf(SEPARATE, { release, files: all(text) }).etcd.kind).toBe(etcd);
  });

  it("a type that group_vars/etcd.yml gives to etcd hosts alone is undecided unless they are all hosts", () => {
    const files = [{ path: "group_vars/etcd.yml", text: "etcd_deployment_type: kubeadm" }];
    expect(layoutOf(SEPARATE, { files }).etcd.kind).toBe("undecided");
    expect(layoutOf(STACKED, { files }).etcd.kind).toBe("kubeadm");
  });

  it.each([
    { title: "a neutral name", text: "kube_etcd_cert_file: client.pem", file: "client.pem", is: "undecided" },
    {
      title: "another name than the neutral one",
      text: "kube_etcd_cert_file: client.pem",
      file: "clients.pem",
      is: "missing",
    },
    {
      title: "a file that Kubespray makes elsewhere",
      text: 'kube_etcd_cert_file: "admin-e1.pem"',
      file: "admin-e1.pem",
      is: "missing",
    },
    {
      title: "a name that cannot be determined",
      text: 'kube_etcd_cert_file: "{{ x }}"',
      file: "anything.pem",
      is: "undecided",
    },
    {
      title: "the own pair, whatever the name",
      text: 'kube_etcd_cert_file: "{{ x }}"',
      file: "node-m1.pem",
      is: "present",
    },
  ])("kube_etcd_cert_file is $title: $file is $is", ({ text, file, is }) => {
    expect(presence(layoutOf(SEPARATE, { release: "v2.25.1", files: all(text) }), "m1", file)).toBe(is);
  });

  it("a folder that is kubeadm's as well is never closed", () => {
    const layout = layoutOf(SEPARATE, { release: "v2.25.1", files: all("etcd_cert_dir: /etc/kubernetes/ssl/etcd") });
    expect(presence(layout, "m1", "/etc/kubernetes/ssl/etcd/server.crt")).toBe("undecided");
    expect(presence(layout, "m1", "/etc/kubernetes/ssl/etcd/node-m1.pem")).toBe("present");
  });

  it("addresses and the node's own name come from host_vars too", () => {
    const files = [
      {
        path: "host_vars/m1.yml",
        text: "ansible_host: 1.1.1.1\nip: 10.0.0.1\naccess_ip: '{{ ip }}'\nkube_override_hostname: cp-1",
      },
    ];
    expect(layoutOf(SEPARATE, { files }).controlPlane[0]).toEqual({
      name: "m1",
      otherNames: ["cp-1"],
      addresses: ["1.1.1.1", "10.0.0.1"],
      declaredBy: SOURCE,
    });
  });
});

describe("Kubespray's own group_vars give the usual place", () => {
  it.each([
    { tag: "v2.15.1", group: "k8s-cluster" },
    { tag: "v2.22.2", group: "k8s_cluster" },
    { tag: "v2.26.1", group: "k8s_cluster" },
    { tag: "v2.31.0", group: "k8s_cluster" },
  ])("$tag", ({ tag, group }) => {
    const paths = ["group_vars/all/all.yml", "group_vars/all/aws.yml", `group_vars/${group}/k8s-cluster.yml`];
    const etcd = tag === "v2.15.1" ? "group_vars/etcd.yml" : "group_vars/all/etcd.yml";
    const files = [...paths, etcd].map((path) => ({ path, text: fixture(`${tag}/inventory/sample/${path}`) }));
    const layout = layoutOf(SEPARATE, { release: tag, files });
    expect(layout.etcd.kind).toBe("external");
    expect(presence(layout, "m1", "node-m1.pem")).toBe("present");
  });

  it("v2.31.0's sample for Cilium, with its neutral names taken out of their comments, names files that others put there", () => {
    const path = "group_vars/k8s_cluster/k8s-net-cilium.yml";
    const text = fixture(`v2.31.0/inventory/sample/${path}`).replaceAll(/^# (kube_etcd_)/gm, "$1");
    const layout = layoutOf(SEPARATE, { release: "v2.28.0", files: [{ path, text }] });
    expect(text).toMatch(/^kube_etcd_cert_file: cert\.pem$/m);
    expect(reasonsFor(layout, "m2", "cert.pem")).toContain("kube_etcd_cert_file names it");
  });
});

describe("odd inventories and releases", () => {
  it.each([
    { release: "v2.99.0", remark: "newer than v2.31", links: "present" },
    { release: "v2.10.4", remark: "older than v2.15", links: "missing" },
    { release: "master", remark: "not a version such as", links: "undecided" },
    { release: "v2.27", remark: "not a version such as", links: "undecided" },
  ])("release $release: $remark", ({ release, remark, links }) => {
    const layout = layoutOf(SEPARATE, { release });
    expect(layout.remarks.join()).toContain(remark);
    expect(presence(layout, "m1", "node-m3.pem")).toBe(links);
  });

  it.each([
    { title: "no control plane", text: "[etcd]\ne1\n", etcd: { kind: "undecided" } },
    { title: "no etcd hosts", text: "[kube_control_plane]\nm1\n", etcd: { kind: "undecided" } },
    { title: "nothing", text: "", etcd: { kind: "undecided" } },
  ])("$title puts nothing anywhere", ({ text, etcd }) => {
    expect(layoutOf(text)).toMatchObject({ evidence: [], etcd });
  });

  it("ten thousand control-plane nodes are not laid out, and it is said why", () => {
    const layout = layoutOf(inventoryText(["m[1:10000]"], ["e1"]), { release: "v2.28.0" });
    expect(layout.evidence).toEqual([]);
    expect(reasonsFor(layout, "m9999", "node-m1.pem")).toContain("more than 300");
  });

  it("nodes, etcd hosts and others keep the order of their groups", () => {
    const layout = layoutOf("[kube_node]\nw1\nm2\n[kube_control_plane]\nm2\nm1\n[etcd]\ne1\nm1\n");
    expect([names(layout.controlPlane), names(layout.etcdHosts), names(layout.otherHosts)]).toEqual([
      ["m2", "m1"],
      ["e1", "m1"],
      ["w1"],
    ]);
  });
});

describe("what always holds", () => {
  const release = fc.constantFrom(
    undefined,
    "v2.15.1",
    "v2.22.2",
    "v2.25.1",
    "v2.26.0",
    "v2.26.1",
    "v2.28.0",
    "v2.31.0",
  );
  const hosts = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e.example.org", "f"), {
    minLength: 1,
    maxLength: 6,
  });

  it("every control-plane node has its own pair, and every etcd host everybody's", () => {
    fc.assert(
      fc.property(hosts, hosts, release, (controlPlane, etcd, by) => {
        const layout = layoutOf(inventoryText(controlPlane, etcd), by === undefined ? {} : { release: by });
        const pairs = controlPlane.flatMap((name) =>
          [...new Set([name, ...etcd])].flatMap((host) =>
            [`node-${name}.pem`, `node-${name}-key.pem`].map((file) => presence(layout, host, file)),
          ),
        );
        expect(new Set(pairs)).toEqual(new Set(["present"]));
      }),
      { numRuns: 50 },
    );
  });

  it("without a release nothing is certain that some release does otherwise", () => {
    fc.assert(
      fc.property(hosts, hosts, release, (controlPlane, etcd, by) => {
        const text = inventoryText(controlPlane, etcd);
        const [known, unknown] = [layoutOf(text, by === undefined ? {} : { release: by }), layoutOf(text)];
        const files = [...controlPlane.map((name) => `node-${name}.pem`), "ca.pem", "ca-key.pem", "x.pem"];
        const certain = controlPlane
          .flatMap((node) => files.map((file) => ({ node, file, whatever: presence(unknown, node, file) })))
          .filter(({ whatever }) => whatever !== "undecided");
        expect(certain.filter(({ node, file, whatever }) => presence(known, node, file) !== whatever)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

interface RecordedCluster {
  readonly controlPlane: readonly { readonly name: string }[];
  readonly etcdHosts: readonly { readonly name: string }[];
  readonly configMap: { readonly data: { readonly ClusterConfiguration: string } };
  readonly files: Readonly<Record<string, readonly { readonly path: string; readonly link: string | null }[]>>;
}

describe("the layout agrees with the clusters that kubeadm was asked about", () => {
  const cases = join(__dirname, "../../fixtures/clusters");
  const recordedCluster = (id: string): RecordedCluster => JSON.parse(readFileSync(join(cases, `${id}.json`), "utf8"));

  it.each([
    { id: "kubespray-11500", release: "v2.25.1", undecided: [] },
    { id: "kubespray-symlinks", release: "v2.28.0", undecided: [] },
    { id: "v1beta4-links", release: "v2.27.1", undecided: [] },
    { id: "stacked-all-pairs", release: "v2.25.1", undecided: [] },
    { id: "partial-overlap", release: "v2.26.0", undecided: [] },
    { id: "removed-node", release: "v2.25.1", undecided: [] },
    { id: "removed-node-stacked", release: "v2.25.1", undecided: ["master01", "master02", "master03"] },
    { id: "copy-of-first-node-pair", release: "v2.25.1", undecided: ["master02", "master03"] },
    { id: "first-node-cert", release: "v2.25.1", undecided: ["master02", "master03"] },
    { id: "dotted-names", release: "v2.25.1", undecided: [] },
    { id: "five-nodes-own", release: "v2.26.0", undecided: [] },
    { id: "five-nodes-links", release: "v2.26.1", undecided: [] },
    { id: "single-node", release: "v2.31.0", undecided: [] },
    { id: "single-node-other-name", release: "v2.31.0", undecided: [] },
  ])("$id, made by $release", ({ id, release, undecided }) => {
    const recorded = recordedCluster(id);
    const layout = layoutOf(inventoryText(names(recorded.controlPlane), names(recorded.etcdHosts)), { release });
    const asked = [...recorded.configMap.data.ClusterConfiguration.matchAll(/(?:ca|cert|key)File: (\S+)/g)].map(
      (m) => m[1] ?? "",
    );
    const verdicts = names(recorded.controlPlane).map((node) => {
      const there = new Set((recorded.files[node] ?? []).map((file) => file.path));
      const kinds = asked.map((path) => ({ path, kind: filesOn(layout, node).presence(path).kind }));
      const wrong = kinds.filter(({ path, kind }) => kind !== "undecided" && (kind === "present") !== there.has(path));
      return { node, wrong, undecided: kinds.some(({ kind }) => kind === "undecided") };
    });
    expect(asked).toHaveLength(3);
    expect(verdicts.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(verdicts.filter((one) => one.undecided).map(({ node }) => node)).toEqual(undecided);
  });

  it.each([
    { id: "kubespray-11500", release: "v2.25.1" },
    { id: "kubespray-symlinks", release: "v2.26.1" },
    { id: "five-nodes-links", release: "v2.28.0" },
  ])("$id lists the files and links that the layout of $release has, and no others", ({ id, release }) => {
    const recorded = recordedCluster(id);
    const layout = layoutOf(inventoryText(names(recorded.controlPlane), names(recorded.etcdHosts)), { release });
    const made = names(recorded.controlPlane).map((name) => {
      const [evidence] = layout.evidence.filter((one) => one.machine.by === "name" && one.machine.name === name);
      const operations = (evidence?.operations ?? []).flatMap((operation) => {
        if (operation.do === "put" && operation.to.kind === "file") return [[operation.to.path, null]];
        return operation.do === "link" && operation.to.kind === "file" ? [[operation.to.path, operation.target]] : [];
      });
      return [name, operations.sort()];
    });
    const listed = names(recorded.controlPlane).map((name) => [
      name,
      (recorded.files[name] ?? []).map((file) => [file.path, file.link]).sort(),
    ]);
    expect(made).toEqual(listed);
  });
});

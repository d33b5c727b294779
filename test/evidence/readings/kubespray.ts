import { knownConfiguration } from "../../../cluster/configuration/known-configuration";
import { ansibleVariables, type VariablesFile } from "../../../evidence/kubespray/ansible-variables";
import { readAnsibleYaml, readSettingsValue } from "../../../evidence/kubespray/ansible-yaml";
import { askedUpgradePath } from "../../../evidence/kubespray/asked-upgrade-path";
import { configMapWillName } from "../../../evidence/kubespray/config-map-will-name";
import type { KubesprayInput } from "../../../evidence/kubespray/kubespray-facts";
import { kubesprayLayout } from "../../../evidence/kubespray/kubespray-layout";
import { kubesprayRelease } from "../../../evidence/kubespray/kubespray-release";
import { readInventory } from "../../../evidence/kubespray/read-inventory";
import { walkUpgradePath } from "../../../evidence/kubespray/walk-upgrade-path";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { inventoryOf, inventoryText } from "../kubespray/inventories";
import type { Readings } from "./readings";

type Input = Partial<Omit<KubesprayInput, "inventory">>;
const SOURCE = { name: "inventory hosts.ini", kind: "kubespray" };
const SEPARATE = inventoryText(["m1", "m2"], ["e1"]);
const STACKED = inventoryText(["m1", "m2"], ["m1", "m2"]);
const layout =
  (text: string, input: Input = {}) =>
  () => {
    const { remarks, etcd, evidence, completeness } = kubesprayLayout(
      { files: [], ...input, inventory: inventoryOf(text) },
      SOURCE,
    );
    return {
      etcd,
      remarks,
      evidence: evidence.map(({ machine, operations }) => ({ machine, operations })),
      completeness,
    };
  };
const machines =
  (text: string, input: Input = {}) =>
  () => {
    const { controlPlane, etcdHosts, otherHosts } = kubesprayLayout(
      { files: [], ...input, inventory: inventoryOf(text) },
      SOURCE,
    );
    return { controlPlane, etcdHosts, otherHosts };
  };
const place = (variables: Readonly<Record<string, unknown>>, release?: string) => () => {
  const given = {
    files: [],
    variables,
    ...(release === undefined ? {} : { release }),
    inventory: inventoryOf(SEPARATE),
  };
  return [kubesprayLayout(given, SOURCE).etcd, configMapWillName(given, "install")];
};
const inventory = (name: string, text: string) => () => {
  const reading = readInventory(text, name);
  if (reading.kind === "unreadable") return reading.problem;
  const { hosts, groups, warnings, controlPlane, etcd, nodes } = reading.inventory;
  const names = (list: readonly { readonly name: string }[]) => list.map((one) => one.name).join(" ");
  return {
    hosts,
    groups: [...groups.values()],
    warnings,
    controlPlane: names(controlPlane),
    etcd: names(etcd),
    nodes: names(nodes),
  };
};
const hostsIni = (text: string) => ["hosts.ini", text] as const;
const hostsYaml = (text: string) => ["hosts.yaml", text] as const;
/** The value of x on each host, and what cannot be read. */
const x =
  (text: string, ...files: readonly (readonly [path: string, text: string])[]) =>
  () => {
    const read = inventoryOf(text);
    const all: readonly VariablesFile[] = files.map(([path, content]) => ({ path, text: content }));
    const { valueOn, broken, encrypted } = ansibleVariables(read, all, new Map());
    return { x: read.hosts.map((host) => [host.name, valueOn(host, "x") ?? null]), broken, encrypted };
  };
const HOST = "[etcd]\nm1\n";
const walk = (question: Partial<Parameters<typeof walkUpgradePath>[0]>) => () =>
  walkUpgradePath({
    input: { inventory: inventoryOf(SEPARATE), files: [] },
    from: "v2.25.0",
    to: "v2.28.0",
    minor: 29,
    lastMinor: undefined,
    apiVersion: "v1beta3",
    files: {
      certFile: "/etc/ssl/etcd/ssl/node-m2.pem",
      keyFile: "/etc/ssl/etcd/ssl/node-m2-key.pem",
      caFile: "/etc/ssl/etcd/ssl/ca.pem",
    },
    ...question,
  });
const asked =
  (
    text: string,
    input: KubesprayInput | undefined = { inventory: inventoryOf(SEPARATE), files: [] },
    kubernetes?: string,
  ) =>
  () =>
    askedUpgradePath(
      { from: "v2.25.0", to: "v2.26.1", kubernetes },
      knownConfiguration(configurationText(text), undefined),
      input,
    );
const configuration = (more: object) =>
  JSON.stringify({ apiVersion: "kubeadm.k8s.io/v1beta3", kind: "ClusterConfiguration", ...more });
const EXTERNAL = {
  external: {
    endpoints: ["https://10.0.0.1:2379"],
    caFile: "/etc/ssl/etcd/ssl/ca.pem",
    certFile: "/etc/ssl/etcd/ssl/node-m2.pem",
    keyFile: "/etc/ssl/etcd/ssl/node-m2-key.pem",
  },
};

export const kubespray: Readings = {
  "separate etcd, v2.25.1": layout(SEPARATE, { release: "v2.25.1" }),
  "separate etcd, v2.26.1": layout(SEPARATE, { release: "v2.26.1" }),
  "separate etcd, v2.27.0, which may have come from v2.26.1": layout(SEPARATE, { release: "v2.27.0" }),
  "separate etcd, v2.27.0, where what was before is known": layout(SEPARATE, { release: "v2.27.0", isWalked: true }),
  "etcd on two hosts, v2.30.0": layout(inventoryText(["m1"], ["e1", "e2"]), { release: "v2.30.0" }),
  "separate etcd, no release": layout(SEPARATE),
  "separate etcd, no release, with a Kubernetes that is older than links": layout(SEPARATE, { kubernetesMinor: 27 }),
  "separate etcd, no release, with a Kubernetes of the first links": layout(SEPARATE, { kubernetesMinor: 28 }),
  "etcd on the control plane, v2.30.0": layout(STACKED, { release: "v2.30.0" }),
  "etcd on some control-plane nodes, v2.28.0": layout(inventoryText(["m1", "m2"], ["m2", "e1"]), {
    release: "v2.28.0",
  }),
  "one node": layout(inventoryText(["m1"], ["e1"]), { release: "v2.25.1" }),
  "names of others": layout(SEPARATE, {
    release: "v2.25.1",
    variables: {
      kube_etcd_cert_file: "client.pem",
      kube_etcd_key_file: "client-key.pem",
      kube_etcd_cacert_file: "etcd-ca.pem",
    },
  }),
  "names of others, with links": layout(SEPARATE, {
    release: "v2.28.0",
    variables: { kube_etcd_cert_file: "node-m1.pem", kube_etcd_key_file: "node-m1-key.pem" },
  }),
  "a name that cannot be told": layout(SEPARATE, {
    release: "v2.25.1",
    variables: { kube_etcd_key_file: "{{ x | y }}" },
  }),
  "a folder that is kubeadm's as well": layout(inventoryText(["m1"], ["e1"]), {
    release: "v2.25.1",
    variables: { etcd_cert_dir: "/etc/kubernetes/ssl" },
  }),
  "a folder above kubeadm's": layout(inventoryText(["m1"], ["e1"]), {
    release: "v2.25.1",
    variables: { etcd_cert_dir: "/etc" },
  }),
  "a folder below kubeadm's own place": layout(inventoryText(["m1"], ["e1"]), {
    release: "v2.25.1",
    variables: { etcd_cert_dir: "/srv/kube/etcd", kube_config_dir: "/srv/kube" },
  }),
  "a folder of kubeadm that cannot be told": layout(inventoryText(["m1"], ["e1"]), {
    release: "v2.25.1",
    variables: { kube_config_dir: "{{ x }}" },
  }),
  "a folder with a slash at its end": layout(inventoryText(["m1"], ["e1"]), {
    release: "v2.25.1",
    variables: { etcd_cert_dir: "/opt//etcd/" },
  }),
  "machines by the names and addresses of all variables": machines(
    "[kube_control_plane]\nm1 ansible_host=1.1.1.1 ip=10.0.0.1 access_ip='{{ ip }}' ip6=fd00::1 kube_override_hostname=cp1\nm2 kube_override_hostname=m2\nm3 kube_override_hostname=\nm4 access_ip='{{ x }}'\n[etcd]\ne1 etcd_address=10.0.1.1 etcd_access_address=10.0.1.1\n[kube_node]\nw1 ip='{% if %}'\nm1\n[bastion]\nb1\n",
    { files: [{ path: "host_vars/e1.yml", text: "ansible_host: 2.2.2.2" }] },
  ),
  "machines that are in no group": machines("lone\n[kube_control_plane]\nm1\n[etcd]\ne1\n[other]\no1\n"),
  "what the kubeadm-config names after an upgrade": () =>
    [undefined, "v2.25.1", "v2.26.0", "v2.27.0", "v2.27.1", "v2.31.0"].map((release) =>
      configMapWillName(
        { inventory: inventoryOf(SEPARATE), files: [], ...(release === undefined ? {} : { release }) },
        "upgrade",
      ),
    ),
  "releases by their names": () =>
    [
      "v2.15.0",
      "v2.14.9",
      "2.26.0",
      "v2.26.1",
      "v2.26.10",
      "v2.27.0",
      "v2.27.1",
      "v2.28.0",
      "v2.29.9",
      "v2.30.0",
      "v2.31.9",
      "v2.32.0",
      "v3.0.0",
      "v1.99.0",
      " v2.28.1 ",
      "v2.28",
      "v2.28.1.1",
      "xv2.28.1",
      "v2.28.1x",
      "v02.28.0",
    ].map((release) => kubesprayRelease(release)),
  "no release, by the Kubernetes that the cluster has": () =>
    [undefined, 27, 28, 29].map((minor) => kubesprayRelease(undefined, minor)),
};

const VAULT = "!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  31";

export const kubesprayPlaces: Readings = {
  "etcd by kubeadm": place({ etcd_deployment_type: "kubeadm" }),
  "etcd by docker": place({ etcd_deployment_type: "docker" }, "v2.20.0"),
  "etcd by something else": place({ etcd_deployment_type: "rkt" }),
  "etcd of a type that cannot be told": place({ etcd_deployment_type: "{{ x }}" }),
  "etcd of a type that is empty": place({ etcd_deployment_type: "" }),
  "the old switch of an old release": place({ etcd_kubeadm_enabled: true }, "v2.20.0"),
  "the old switch of a new release": place({ etcd_kubeadm_enabled: false }, "v2.28.0"),
  "the old switch without a release": place({ etcd_kubeadm_enabled: "yes" }),
  "the old switch, unclear": place({ etcd_kubeadm_enabled: "{{ x }}" }, "v2.20.0"),
  "the old switch, of no truth": place({ etcd_kubeadm_enabled: "maybe" }, "v2.20.0"),
  "certificates of another management": place({ cert_management: "none" }),
  "certificates of a management that cannot be told": place({ cert_management: "{{ x }}" }),
  "a folder that cannot be told": place({ etcd_cert_dir: "{{ x }}" }),
  "a folder that is relative": place({ etcd_cert_dir: "ssl" }),
  "a folder of numbers and truth": place({ etcd_cert_dir: "/{{ a }}/{{ b }}/{{ c }}", a: 1, b: true, c: null }),
  "a folder by the short name of the host": place({ etcd_cert_dir: "/x/{{inventory_hostname_short}}" }),
  "a folder with dashes in its braces": place({ etcd_cert_dir: "/x/{{- a -}}", a: "b" }),
  "a folder with a comment of templates": place({ etcd_cert_dir: "/x{# a #}" }),
  "a folder with a block of templates": place({ etcd_cert_dir: "/x{% raw %}" }),
  "a folder that is false": place({ etcd_cert_dir: "/x/{{ a }}", a: false }),
  "a folder that is longer than any": place({ etcd_cert_dir: `/${"x".repeat(4096)}` }),
  "a folder as long as is read": () => place({ etcd_cert_dir: `/${"x".repeat(4095)}` })().map((one) => one.kind),
  "a folder that grows when it is rendered": place({ etcd_cert_dir: "/{{ a }}{{ a }}", a: "x".repeat(2048) }),
  "a folder twenty variables deep": place({
    etcd_cert_dir: "{{ v1 }}",
    ...Object.fromEntries(Array.from({ length: 18 }, (_, n) => [`v${n + 1}`, `{{ v${n + 2} }}`])),
    v19: "/deep",
  }),
  "a folder one variable deeper": place({
    etcd_cert_dir: "{{ v1 }}",
    ...Object.fromEntries(Array.from({ length: 19 }, (_, n) => [`v${n + 1}`, `{{ v${n + 2} }}`])),
    v20: "/deep",
  }),
  "a folder that is set to nothing": place({ etcd_cert_dir: null }),
  "a switch that is set to nothing": place({ etcd_kubeadm_enabled: null }, "v2.20.0"),
  "two variables that name each other": place({ etcd_cert_dir: "{{ a }}", a: "{{ b }}", b: "{{ a }}" }),
  "a variable that is used twice": place({ etcd_cert_dir: "/{{ a }}/{{ a }}", a: "b" }),
  "folders that differ by host": () =>
    kubesprayLayout(
      { inventory: inventoryOf(SEPARATE), files: [{ path: "host_vars/e1.yml", text: "etcd_cert_dir: /x" }] },
      SOURCE,
    ).etcd,
  "a host of which nothing can be told": () =>
    kubesprayLayout(
      { inventory: inventoryOf(SEPARATE), files: [{ path: "host_vars/e1.yml", text: "etcd_cert_dir: '{{ x }}'" }] },
      SOURCE,
    ).etcd,
  "etcd that is kubeadm's on some hosts": () =>
    kubesprayLayout(
      {
        inventory: inventoryOf(SEPARATE),
        files: [{ path: "host_vars/e1.yml", text: "etcd_deployment_type: kubeadm" }],
      },
      SOURCE,
    ).etcd,
  "a file that cannot be read": () =>
    kubesprayLayout({ inventory: inventoryOf(SEPARATE), files: [{ path: "group_vars/all.yml", text: "[" }] }, SOURCE)
      .etcd,
  "no control plane": () => kubesprayLayout({ inventory: inventoryOf("[etcd]\ne1\n"), files: [] }, SOURCE).etcd,
  "no etcd": () => kubesprayLayout({ inventory: inventoryOf("[kube_control_plane]\nm1\n"), files: [] }, SOURCE).etcd,
  "a file under Ansible Vault": () =>
    kubesprayLayout(
      {
        inventory: inventoryOf(SEPARATE),
        release: "v9.9.9",
        files: [{ path: "group_vars/all/vault.yml", text: "$ANSIBLE_VAULT;1.1;AES256\n31" }],
      },
      SOURCE,
    ).remarks,
};

export const kubespraySizes: Readings = {
  "as many hosts as are laid out": () =>
    layout(inventoryText(["m[1:299]"], ["e1"]), { release: "v2.25.1" })().evidence.length,
  "more hosts by one": () => layout(inventoryText(["m[1:300]"], ["e1"]), { release: "v2.25.1" })().evidence.length,
};

export const upgradePaths: Readings = {
  "an upgrade through all releases": walk({ from: "v2.19.0", to: "v2.31.0", minor: 23 }),
  "an upgrade where etcd is on the control plane": walk({
    input: { inventory: inventoryOf(STACKED), files: [] },
    to: "v2.26.0",
  }),
  "an upgrade to a Kubernetes before that of the release": walk({ lastMinor: 30, to: "v2.27.1" }),
  "an upgrade that leaves out releases": walk({ from: "v2.28.0", to: "v2.31.0", minor: 29 }),
  "an upgrade of nothing": walk({ from: "v2.28.0", to: "v2.28.0" }),
  "an upgrade backwards": walk({ from: "v2.28.0", to: "v2.25.0" }),
  "an upgrade beyond what is known": walk({ from: "v2.30.0", to: "v2.99.0", minor: 34 }),
  "an upgrade of etcd by kubeadm": walk({
    input: { inventory: inventoryOf(SEPARATE), files: [], variables: { etcd_deployment_type: "kubeadm" } },
    to: "v2.25.1",
  }),
  "an upgrade with files that cannot be told": walk({
    input: { inventory: inventoryOf(SEPARATE), files: [], variables: { kube_etcd_cert_file: "{{ x }}" } },
    to: "v2.25.1",
  }),
  "an upgrade without a certificate": walk({
    files: { certFile: "", keyFile: "", caFile: "/etc/ssl/etcd/ssl/ca.pem" },
    from: "v2.25.1",
    to: "v2.26.0",
  }),
  "an upgrade with files of another folder": walk({
    files: { certFile: "/x.pem", keyFile: "/x-key.pem", caFile: "/ca.pem" },
    from: "v2.25.1",
    to: "v2.26.0",
  }),
  "an upgrade that is requested": asked(configuration({ etcd: EXTERNAL, kubernetesVersion: "v1.29.10" })),
  "an upgrade to a Kubernetes that is requested": asked(
    configuration({ etcd: EXTERNAL, kubernetesVersion: "v1.29.10" }),
    undefined,
    "v1.32",
  ),
  "an upgrade of a kubeadm-config that cannot be read": asked("["),
  "an upgrade of a local etcd": asked(configuration({ etcd: { local: {} }, kubernetesVersion: "v1.29.10" })),
  "an upgrade of a version that is none": asked(configuration({ etcd: EXTERNAL, kubernetesVersion: "stable" })),
  "an upgrade without an inventory": () =>
    askedUpgradePath(
      { from: "v2.25.0", to: "v2.26.1", kubernetes: undefined },
      knownConfiguration(
        configurationText(configuration({ etcd: EXTERNAL, kubernetesVersion: "v1.29.10" })),
        undefined,
      ),
      undefined,
    ),
};

/** Inventories by what is special about them: the name of each file and its text. */
export const INVENTORIES: Readonly<Record<string, readonly [name: string, text: string]>> = {
  "ini: hosts, ports, variables": hostsIni(
    "lone:2222 a=1 b='x y' c=[1] d=\n[etcd]\nm1 ansible_host=10.0.0.1 # the first\n; a comment\n# another\nm1 e=True\n",
  ),
  "ini: sections with comments and blanks": hostsIni(
    "  [etcd] # etcd\n  m1  \n[kube_control_plane:children]#x\netcd # below\n[etcd:vars]\n a = 1 \nb=[ 'x' ]\n",
  ),
  "ini: groups in groups": hostsIni("[a:children]\nb\nc\n[b]\nm2\n[c:children]\nd\n[d]\nm1\nm2\n[b:vars]\nx=1\n"),
  "ini: a group that comes later than its parent and its variables": hostsIni(
    "[a:vars]\nx=1\n[b:children]\na\n[a]\nm1\n",
  ),
  "ini: variables of a group without a section": hostsIni("[a:vars]\nx=1\n[etcd]\nm1\n"),
  "ini: children without a section": hostsIni("[a:children]\nb\n[c:children]\nb\n[etcd]\nm1\n"),
  "ini: a child that is a host": hostsIni("m1\n[a:children]\nm1\n"),
  "ini: all and ungrouped": hostsIni("m1\n[ungrouped]\nm2\n[all]\nm3\n[a]\nm1\n"),
  "ini: all below another group": hostsIni("[a:children]\nall\n"),
  "ini: a child of all": hostsIni("[all:children]\na\n[a]\nm1\n[a:children]\nb\n[b]\nm2\n"),
  "ini: ungrouped below a group": hostsIni("m1\n[a:children]\nungrouped\n[b]\nm2\n"),
  "ini: line ends of all kinds": hostsIni("[etcd]\r\nm1\vm2\fm3\u0085m4\u2028m5\u2029m6\rm7\n"),
  "ini: a variable of a group with the name of a host": hostsIni("[etcd]\netcd x=1\nm1\n"),
  "ini: a section with blanks in its name": hostsIni("[a b]\nm1\n"),
  "ini: a section that is not closed": hostsIni("[etcd\nm1\n"),
  "ini: a section of another kind": hostsIni("[etcd:hosts]\nm1\n[etcd:var]\n"),
  "ini: a line of variables without =": hostsIni("[etcd:vars]\nx\n"),
  "ini: a line of children that is not a name": hostsIni("[etcd:children]\na b\n"),
  "ini: a host line that begins with a variable": hostsIni("x=1 m1\n"),
  "ini: a word after a host that is not a variable": hostsIni("m1 x\n"),
  "ini: dashes": hostsIni("---\n"),
  "ini: a colon at the end": hostsIni("m1:\n"),
  "ini: a quote that is not closed": hostsIni("m1 x='1\n"),
  "ini: a line with a quoted empty name": hostsIni("'' x=1\n"),
  "ini: groups in themselves": hostsIni("[a:children]\nb\n[b:children]\nc\n[c:children]\na\n"),
  "ini: a group in itself": hostsIni("[a:children]\na\n"),
  "ini: a range that is broken": hostsIni("m[1:\n"),
  "ini: a child twice": hostsIni("[a:children]\nb\nb\n[b]\nm1\n"),
  "yaml: groups, hosts, variables": hostsYaml(
    "all:\n  vars: {x: 1}\n  hosts:\n    m1: {ansible_host: 10.0.0.1, y: [1, {a: b}]}\n    m2:\n    'm[3:4]:2222': {z: ~}\n  children:\n    etcd: {hosts: {m1: }}\n    kube_control_plane: {children: {etcd: }}\n    kube_node:\n      hosts: m2\n",
  ),
  "yaml: sections that are text": hostsYaml("all: {hosts: m1, children: etcd, vars: x}\n"),
  "yaml: sections that are null": hostsYaml("all: {hosts: , children: , vars: , other: }\n"),
  "yaml: sections of other names": hostsYaml("all: {hosts: {m1: }, other: {a: b}, more: 3, 4: {}}\n"),
  "yaml: sections that are lists": hostsYaml("all: {hosts: [m1]}\n"),
  "yaml: children that are a list": hostsYaml("all: {children: [etcd]}\n"),
  "yaml: variables that are a number": hostsYaml("all: {vars: 3}\n"),
  "yaml: hosts with what is nothing": hostsYaml("all: {hosts: {a: '', b: 0, c: false, d: [], e: {}}}\n"),
  "yaml: a host with a list": hostsYaml("all: {hosts: {a: [x]}}\n"),
  "yaml: a host with a text": hostsYaml("all: {hosts: {a: x}}\n"),
  "yaml: a host whose name is a number": hostsYaml("all: {hosts: {1: }}\n"),
  "yaml: a group whose name is a number": hostsYaml("1: {hosts: {a: }}\n"),
  "yaml: a group that is not a map": hostsYaml("etcd: [a]\nall: {hosts: {m1: }}\n"),
  "yaml: a group that is null": hostsYaml("etcd:\nall: {hosts: {m1: }}\n"),
  "yaml: a list": hostsYaml("- a\n"),
  "yaml: nothing": hostsYaml("---\n"),
  "yaml: an empty map": hostsYaml("{}\n"),
  "yaml: two documents": hostsYaml("a: {}\n---\nb: {}\n"),
  "yaml: a plugin": hostsYaml("plugin: aws_ec2\n"),
  "yaml: a plugin that is none": hostsYaml("plugin: ''\nall: {hosts: {m1: }}\n"),
  "yaml: a plugin that is false": hostsYaml("plugin: false\nall: {hosts: {m1: }}\n"),
  "yaml: a plugin that is null": hostsYaml("plugin:\nall: {hosts: {m1: }}\n"),
  "yaml: groups in groups that share": hostsYaml("a: {children: {c: {hosts: {m1: }}}}\nb: {children: {c: }}\n"),
  "yaml: a group in itself": hostsYaml("a: {children: {a: }}\n"),
  "yaml: a child that is a host": hostsYaml("a: {hosts: {m1: }}\nb: {children: {m1: }}\n"),
  "yaml: broken": hostsYaml("a: [\n"),
  "yaml: with an alias that contains itself": hostsYaml("all: &a\n  children:\n    b: *a\n"),
  "yaml: values of all kinds": hostsYaml(
    `all: {vars: {a: yes, b: y, c: n, d: 0o17, e: 017, f: 1_000, g: 2020-01-01, h: !!set {x, y}, i: !!binary YQ==, j: !unsafe '{{ x }}', k: 1.5, l: .inf, m: ~, n: 1:30, o: 0x1f, p: on, q: 'off', r: {1: a, true: b}}}\n`,
  ),
  "yaml: a value under Ansible Vault": hostsYaml(
    `all:\n  hosts: {m1: }\n  vars:\n    x: ${VAULT.replaceAll("\n", "\n      ")}\n`,
  ),
  "yaml: a tag that is not known": hostsYaml("all: {vars: {x: !other a}}\n"),
  "yaml: the last of equal keys": hostsYaml("all: {hosts: {m1: {x: 1, x: 2}}}\n"),
  json: ["hosts.json", '{"all": {"hosts": {"m1": {"ip": "10.0.0.1"}}}}'],
  "yaml under the name of nothing": ["inventory/hosts", "all: {hosts: {m1: }}\n"],
  "ini under the name of nothing": ["inventory/hosts", "[etcd]\nm1\n"],
  "ini that is broken under the name of nothing": ["inventory/hosts", "[etcd]\nm1 x\n"],
  "neither under the name of nothing": ["hosts", "a: [\n"],
  "ini under the name of yaml": ["hosts.yml", "[etcd]\nm1\n"],
  "ini that is broken under the name of yaml": ["hosts.yml", "[etcd]\nm1 x\n"],
  "yaml under the name of ini": ["hosts.cfg", "all:\n  hosts:\n    m1:\n"],
  "a hidden file": ["inventory/.hosts", "all: {hosts: {m1: }}\n"],
  "a byte order mark": ["hosts.ini", "\ufeff[etcd]\nm1\n"],
  "a script": ["hosts", "#!/bin/sh\n"],
  "under Ansible Vault": ["hosts.ini", "$ANSIBLE_VAULT;1.1\n"],
  toml: ["hosts.toml", ""],
};

export const inventories: Readings = {
  ...Object.fromEntries(Object.entries(INVENTORIES).map(([title, [name, text]]) => [title, inventory(name, text)])),
  "variables: files of a group, by their endings": x(
    HOST,
    ["group_vars/etcd", "x: none"],
    ["group_vars/etcd.yml", "x: yml"],
    ["group_vars/etcd.yaml", "x: yaml"],
    ["group_vars/etcd.json", '{"x": "json"}'],
  ),
  "variables: the endings in their order": () => [
    x(HOST, ["group_vars/etcd.yaml", "x: yaml"], ["group_vars/etcd.json", '{"x": "json"}'])(),
    x(HOST, ["group_vars/etcd.json", '{"x": "json"}'])(),
    x(HOST, ["group_vars/etcd.txt", "x: txt"], ["group_vars/etcd.ini", "x: ini"])(),
  ],
  "variables: a folder hides files": x(HOST, ["group_vars/etcd.yml", "x: file"], ["group_vars/etcd/a.txt", "x: text"]),
  "variables: files of a folder in their order": x(
    HOST,
    ["group_vars/etcd/b.yml", "x: b"],
    ["group_vars/etcd/a.yml", "x: a"],
    ["group_vars/etcd/sub/c.yml", "x: c"],
  ),
  "variables: files of a folder that are not read": x(
    HOST,
    ["group_vars/etcd/a.yml", "x: a"],
    ["group_vars/etcd/b.yml~", "["],
    ["group_vars/etcd/.c.yml", "["],
    ["group_vars/etcd/d.txt", "["],
    ["group_vars/etcd/.e/f.yml", "["],
    ["group_vars/etcd/g.d/h.yml", "["],
    ["other_vars/etcd.yml", "["],
    ["group_vars", "["],
  ),
  "variables: files of a folder without an ending": x(
    HOST,
    ["group_vars/etcd/a", "x: a"],
    ["group_vars/etcd/b.json", '{"y": 1}'],
  ),
  "variables: deeper groups win, then priorities, then names": x(
    "[a]\nm1\n[b]\nm1\nm2\n[c]\nm3\n[d]\nm3\n[deep:children]\na\n[b:vars]\nx=b\n[a:vars]\nx=a\n[deep:vars]\nx=deep\n[c:vars]\nx=c\nansible_group_priority=10\n[d:vars]\nx=d\n",
  ),
  "variables: priorities that are none": x(
    "[a]\nm1\n[b]\nm1\n[a:vars]\nx=a\nansible_group_priority=high\n[b:vars]\nx=b\n",
  ),
  "variables: of all, of groups, of hosts": x(
    "[etcd]\nm1 x=line\nm2\nm3\n[all:vars]\nx=all\n[etcd:vars]\nx=etcd\n",
    ["group_vars/all.yml", "x: file of all"],
    ["host_vars/m2.yml", "x: file of host"],
  ),
  "variables: groups that Kubespray adds": x("[kube-master]\nm1\n[kube-node]\nw1\n[calico-rr]\nc1\n[etcd]\ne1\n", [
    "group_vars/k8s_cluster.yml",
    "x: k8s_cluster",
  ]),
  "variables: groups that Kubespray adds, by their names": () =>
    ["kube_control_plane", "kube_node", "calico_rr", "k8s_cluster"].map(
      (name) => x("[kube-master]\nm1\n[kube-node]\nw1\n[calico-rr]\nc1\n", [`group_vars/${name}.yml`, "x: 1"])().x,
    ),
  "variables: files that are empty": x(
    HOST,
    ["group_vars/all/a.yml", ""],
    ["group_vars/all/b.yml", "---\n"],
    ["group_vars/all/c.yml", "''"],
    ["group_vars/all/d.yml", "false"],
  ),
  "variables: files that are not maps": x(
    HOST,
    ["group_vars/all/a.yml", "[1]"],
    ["group_vars/all/b.yml", "text"],
    ["group_vars/all/c.yml", "3"],
    ["group_vars/all/d.yml", "a: ["],
  ),
  "variables: names that are numbers": x(HOST, ["group_vars/all.yml", "1: a\nx: {2: b}"]),
  "values of settings": () =>
    [
      1,
      "a",
      null,
      undefined,
      true,
      ["a", { b: 1 }],
      new Map([["a", 1]]),
      new Date(0),
      new Set([1]),
      new Uint8Array([1]),
      () => 1,
      10n,
    ].map((one) => readSettingsValue(one)),
  "yaml of files": () =>
    ["a: 1", "- a", "", "a: b: c", "a: 1\n--- \nb: 2", "!x a", "&a [*a]"].map((text) => readAnsibleYaml(text)),
};

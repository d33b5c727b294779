import type { ClusterSettings } from "../../../cluster/cluster-settings";
import { knownConfiguration } from "../../../cluster/configuration/known-configuration";
import type { DocumentFile, Documents } from "../../../cluster/documents";
import type { LiveCluster } from "../../../cluster/live-cluster";
import { type ClusterSource, clusterParts } from "../../../evidence/cluster-parts";
import { inventoryLines, kubeadmConfigLines, listingLines } from "../../../evidence/lines/document-lines";
import { yamlTrees } from "../../../evidence/lines/yaml-tree";
import { kubernetesObjects } from "../../../evidence/live-cluster/kubernetes-objects";
import { liveControlPlane } from "../../../evidence/live-cluster/live-evidence";
import { observedCluster } from "../../../evidence/live-cluster/observed-cluster";
import { readLiveCluster } from "../../../evidence/live-cluster/read-live-cluster";
import { readBaseline } from "../../../evidence/read-baseline";
import { readConfigurationRecord } from "../../../evidence/read-configuration-record";
import { readDocuments } from "../../../evidence/read-documents";
import { readListing } from "../../../evidence/read-listing";
import { configurationText } from "../../../kubeadm/config/configuration-text";
import { UNKNOWN } from "../../../shell/unknown";
import { urn } from "../../helpers/evidence";
import { apiServerPod, etcdPod, nodeObject } from "../../helpers/kubectl-output";
import { stackResource } from "../../helpers/stack-resource";
import type { Readings } from "./readings";

const PATH = "/project/nodes.yaml";
const listing = (value: unknown) => () => readListing({ path: PATH, text: JSON.stringify(value) }, "prod");
const listingText = (text: string) => () => readListing({ path: PATH, text }, "prod");
const files = (...entries: readonly unknown[]) => listing({ files: { m1: entries } });
const HEX = "ab".repeat(32);

export const listings: Readings = {
  "machines of all lists": listing({
    controlPlane: [
      { name: " m1 ", addresses: ["10.0.0.1", " 10.0.0.2 "] },
      { name: "M1", addresses: [] },
      { name: "m2" },
    ],
    etcdHosts: [{ name: "e1", addresses: null }],
    otherHosts: [{ name: "w1" }],
    files: { m1: [], e1: [], w9: [] },
  }),
  "machines that are wrong": listing({
    controlPlane: [
      "m1",
      { name: "" },
      { name: 1 },
      { name: "m2", addresses: "10.0.0.1" },
      { name: "m3", addresses: [1, ""] },
      { nam: "m4" },
      null,
      { name: "m5", adress: [] },
    ],
  }),
  "machines that are not lists": listing({ controlPlane: {}, etcdHosts: "e1", otherHosts: null }),
  "files of all kinds": files(
    { path: "/etc/a.pem", mode: "0600", content: "A" },
    { path: "/etc/b.pem", sha256: HEX.toUpperCase() },
    { path: "/etc/c.pem", link: "a.pem", mode: "0777" },
    { path: "/etc/d/" },
    { path: "/etc//e/../f" },
    { path: "/etc/g", content: null, sha256: null, mode: null, link: null },
    { pathHex: "2f6574632f68", linkHex: "61" },
    { path: "/etc/i", pathHex: "zz" },
    { path: "/etc/j", pathHex: "" },
    { path: "/etc" },
  ),
  "files that are wrong": files(
    "/etc/a",
    { path: "etc/b" },
    {},
    { path: "/etc/c", mode: 600 },
    { path: "/etc/d", mode: "999" },
    { path: "/etc/e", mode: "06000" },
    { path: "/etc/f", sha256: "ab" },
    { path: "/etc/g", content: 3 },
    { path: "/etc/h", link: "" },
    { path: "/etc/i", link: 3 },
    { path: "/etc/a2" },
    { path: "/etc//a2" },
  ),
  "misspelt keys of files": files(
    { path: "/a", contents: "x" },
    { path: "/b", SHA256: HEX },
    { path: "/c", Link: "a" },
    { path: "/d", inode: 3, nlink: 1, moe: "0600", "link-": "x" },
    { path: "/e", sha_256: HEX, sha256: HEX },
  ),
  "files that are not a map": listing({ files: [] }),
  "files of a node that are not a list": listing({ files: { m1: {}, m2: null, m3: "a" } }),
  "folders that were searched": listing({ files: { m1: [] }, searched: ["/etc/ssl/", "etc", 3, "/opt"] }),
  "searched that is not a list": listing({ files: { m1: [] }, searched: "/etc" }),
  "searched that is misspelt": listing({ files: { m1: [] }, serched: ["/etc"] }),
  "keys that are misspelt": listing({ control_plane: [], Files: {}, etcdhosts: [], titles: 1 }),
  nothing: listing({}),
  "nothing but etcd's servers": listing({ etcdServers: null }),
  "etcd's servers": () =>
    [
      { trustedCA: "PEM", certificates: { a: "PEM" } },
      { trustedCA: null, certificates: {} },
      { trustedCA: 3, certificates: {} },
      { trustedCA: "PEM", certificates: { a: 3 } },
      { trustedCA: "PEM" },
      "x",
      null,
    ].map((etcdServers) => {
      const { etcdServers: read, problems } = listing({ files: {}, etcdServers })();
      return [read ?? `${read}`, problems.map(({ what }) => what)];
    }),
  "more problems than are told": () =>
    listing({ controlPlane: Array.from({ length: 25 }, () => "x") })().problems.map(({ what, in: place }) => [
      what,
      place,
    ]),
  "as many problems as are told": () =>
    listing({ controlPlane: Array.from({ length: 19 }, () => "x") })().problems.length,
  "documents in a row": listingText(
    "controlPlane: [{name: m1}]\nfiles: {m1: [{path: /a}]}\n---\ncontrolPlane: [{name: m2}]\notherHosts: [{name: M1}, {name: w1}]\nfiles: {m2: []}\netcdServers:\n---   \n---\n",
  ),
  "documents of which one cannot be used": listingText("controlPlane: [{name: m1}]\n---\n- a\n"),
  "documents of which one is broken": listingText("files: {m1: []}\n---\nfiles: [\n"),
  "documents of which one has etcd's servers": () =>
    listingText("files: {m1: []}\n---\nfiles: {}\netcdServers: {trustedCA: null, certificates: {}}\n")().etcdServers,
  "a list": listingText("- a\n"),
  "a text": listingText("hello\n"),
  aliases: listingText("files:\n  m1: &a [{path: /a}]\n  m2: *a\n"),
};

const text = (path: string, content: string): DocumentFile => ({ kind: "text", path, text: content });
const unreadable = (path: string): DocumentFile => ({ kind: "unreadable", path, why: "there is no such file" });
const NODES = text(
  PATH,
  JSON.stringify({
    controlPlane: [{ name: "m1", addresses: ["10.0.0.1"] }],
    files: { m1: [{ path: "/etc/ssl/etcd/ssl/ca.pem" }] },
    searched: ["/etc/ssl/etcd"],
  }),
);
const INVENTORY = text(
  "/project/inventory/hosts.ini",
  "[kube_control_plane]\nm1 ansible_host=10.0.0.1\nm2 ansible_host=10.0.0.2\n[etcd]\ne1\n[kube_node]\nw1\n",
);
const EXPORT = text(
  "/project/export.json",
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        {
          urn: urn("vm", "hcloud:index/server:Server"),
          type: "hcloud:index/server:Server",
          inputs: { userData: "#!/bin/sh\necho x > /etc/x\n" },
        },
        3,
      ],
    },
  }),
);
const read =
  (documents: Partial<Documents>, own: Partial<ClusterSettings> = {}, minor?: number) =>
  () => {
    const { kubesprayInput, otherStack, ...rest } = readDocuments(
      { name: "prod", ...own },
      { variables: [], ...documents },
      minor,
    );
    return {
      ...rest,
      kubesprayInput: kubesprayInput && { ...kubesprayInput, inventory: "(read)" },
      otherStack: otherStack?.resources.map(({ name }) => name),
    };
  };
const SETTINGS: ClusterSettings = {
  name: "prod",
  controlPlaneNodes: [
    { name: "m1", addresses: ["10.0.0.9"], resource: "vm" },
    { name: "m9", resource: "gone" },
  ],
  etcdHosts: [{ name: "e9" }],
  otherHosts: [{ name: "w9" }],
  files: [
    { path: "/etc/a.pem", mode: "0600", content: "A" },
    { nodes: ["m1"], path: "/etc/b.pem", link: "a.pem" },
    { path: "/etc/c", sha256: HEX },
    { path: "/etc/d" },
  ],
};
const CONFIGURATION = JSON.stringify({
  apiVersion: "kubeadm.k8s.io/v1beta3",
  kind: "ClusterConfiguration",
  kubernetesVersion: "v1.27.3",
  etcd: {
    external: {
      endpoints: ["https://10.0.0.1:2379"],
      caFile: "/etc/ssl/etcd/ssl/ca.pem",
      certFile: "/etc/ssl/etcd/ssl/node-m2.pem",
      keyFile: "/etc/ssl/etcd/ssl/node-m2-key.pem",
    },
  },
});
const parts =
  (settings: Partial<ClusterSettings>, documents: Partial<Documents> = {}, more: Partial<ClusterSource> = {}) =>
  () => {
    const {
      configuration: _,
      settings: _own,
      otherStack,
      ...rest
    } = clusterParts({
      name: "prod",
      subject: { source: { name: "it", kind: "test" }, field: "data.ClusterConfiguration" },
      configuration: knownConfiguration(configurationText(CONFIGURATION), undefined),
      settings: { name: "prod", ...settings },
      documents: { variables: [], ...documents },
      resolve: (resource) => (resource === "vm" ? urn("vm") : undefined),
      problems: [],
      ...more,
    });
    return { ...rest, otherStack: otherStack?.evidence.length };
  };
const LIVE: LiveCluster = {
  nodes: [
    { name: "cp1", addresses: ["10.0.0.1"], isControlPlane: true, kubelet: "v1.29.1" },
    { name: "cp2", addresses: ["10.0.0.2"], isControlPlane: true, kubelet: undefined },
    { name: "w1", addresses: ["10.0.0.3"], isControlPlane: false, kubelet: undefined },
  ],
  apiServers: [
    {
      node: "cp1",
      pod: "kube-apiserver-cp1",
      version: "v1.29.1",
      caFile: "/a",
      certFile: "/etc/ssl/etcd/b",
      keyFile: "/c",
      etcdServers: [],
      filesOnNode: ["/a", "/etc/ssl/etcd/b"],
    },
  ],
  etcdPodNodes: [],
};
const RECORD = {
  apiVersion: "kubeadm-guard/v1",
  kind: "KubeadmConfigRecord",
  cluster: "prod",
  configuration: { a: "b", c: true, d: ["e"] },
  history: [{ date: "2026-01-01T00:00:00Z", reason: "made", kubernetesVersion: "v1.29.0" }],
};
const record = (value: unknown) => () => readConfigurationRecord(text("/project/record.json", JSON.stringify(value)));
const BASELINE = {
  apiVersion: "kubeadm-guard/v1",
  kind: "Baseline",
  findings: [{ fingerprint: "f", policy: "p", cluster: "c", node: null, path: "/a" }],
};

export const documents: Readings = {
  "no documents": read({}),
  "a listing": read({ listing: NODES }),
  "an inventory": read(
    { inventory: INVENTORY, variables: [text("/project/inventory/group_vars/all.yml", "etcd_cert_dir: /opt/etcd")] },
    { kubespray: { inventory: "x", release: "v2.25.1", variables: { a: 1 } } },
  ),
  "an inventory and a Kubernetes that is old": read({ inventory: INVENTORY }, {}, 27),
  "an inventory of kubeadm's etcd": read(
    { inventory: INVENTORY },
    { kubespray: { inventory: "x", variables: { etcd_deployment_type: "kubeadm" } } },
  ),
  "a listing over an inventory": read(
    { listing: NODES, inventory: INVENTORY },
    { kubespray: { inventory: "x", release: "v2.25.1" } },
  ),
  "an export": read({ listing: EXPORT }),
  "a listing that is not there": read({ listing: unreadable(PATH) }),
  "a listing that cannot be used": read({ listing: text(PATH, "[") }),
  "a state in place of an export": read({ listing: text(PATH, '{"version": 3, "checkpoint": {}}') }),
  "an inventory that is not there": read({ inventory: unreadable("/project/hosts.ini") }),
  "an inventory that cannot be used": read({ inventory: text("/project/hosts.ini", "[etcd]\nm1 x\n") }),
  "an inventory that cannot be used, without a line": read({ inventory: text("/project/hosts.toml", "") }),
  "an inventory that is odd": read({ inventory: text("/project/hosts.ini", "[etcd]\nm1\n") }),
  "variables that cannot be read": read({
    inventory: INVENTORY,
    variables: [
      unreadable("/project/inventory/group_vars/all.yml"),
      text("/project/inventory/group_vars/etcd.yml", "a: 1"),
    ],
  }),
  "both that are not there": read({ listing: unreadable(PATH), inventory: unreadable("/project/hosts.ini") }),
  "parts of settings": parts(SETTINGS),
  "parts of settings, a listing and an inventory": parts(SETTINGS, { listing: NODES, inventory: INVENTORY }),
  "parts of a listing and an inventory": parts({}, { listing: NODES, inventory: INVENTORY }),
  "parts of an inventory": parts(
    { kubespray: { inventory: "x", release: "v2.25.1" }, upgradeTo: { kubespray: "v2.26.1", kubernetes: "v1.29.1" } },
    { inventory: INVENTORY },
  ),
  "parts of an inventory of a branch": () =>
    parts(
      { kubespray: { inventory: "x", release: "master" }, upgradeTo: { kubespray: "v2.26.1" } },
      { inventory: INVENTORY },
    )().upgradePath ?? null,
  "parts with an upgrade that is requested": () =>
    parts({}, { inventory: INVENTORY }, { upgrade: { from: "v2.24.3", to: "v2.25.1", kubernetes: undefined } })()
      .upgradePath,
  "parts of a live cluster": parts({}, {}, { live: LIVE }),
  "parts of a live cluster and settings": parts(
    { controlPlaneNodes: [{ name: "m1", addresses: ["10.0.0.1"] }] },
    {},
    { live: LIVE },
  ),
  "parts of a live cluster and a listing": parts({}, { listing: NODES }, { live: LIVE }),
  "parts of a live cluster without nodes": parts({}, {}, { live: { ...LIVE, nodes: [] } }),
  "parts of a live cluster without nodes, and settings": () =>
    parts({ controlPlaneNodes: [{ name: "m1" }] }, {}, { live: { ...LIVE, nodes: [] } })().nodesNotNamed,
  "parts of an export": parts(
    { controlPlaneNodes: [{ name: "m1", resource: urn("vm", "hcloud:index/server:Server") }] },
    { listing: EXPORT },
  ),
  "parts with records": parts(
    { compareWith: { record: "x", allow: [{ field: "a", reason: "b" }] } },
    { record: text("/r.json", JSON.stringify(RECORD)), comparedRecord: text("/o.json", JSON.stringify(RECORD)) },
  ),
  records: record(RECORD),
  "records with all that they may have": record({
    ...RECORD,
    filesOnEveryNode: ["/a"],
    history: [{ ...RECORD.history[0], by: "me", changes: ["a"] }],
  }),
  "records that are none": () =>
    [
      {},
      { ...RECORD, kind: "Other" },
      { ...RECORD, history: [] },
      { ...RECORD, history: [{ date: "today", reason: "x", kubernetesVersion: "" }] },
      { ...RECORD, configuration: { a: 1 } },
      { ...RECORD, cluster: "" },
      [],
    ].map((one) => record(one)()),
  "records that cannot be read": () => [
    readConfigurationRecord(unreadable("/r")),
    readConfigurationRecord(text("/r", "[")),
  ],
  baselines: () =>
    [BASELINE, { ...BASELINE, kind: "Other" }, { ...BASELINE, findings: [{}] }].map((one) =>
      readBaseline(text("/b", JSON.stringify(one))),
    ),
  "baselines that cannot be read": () => [readBaseline(unreadable("/b")), readBaseline(text("/b", "["))],
};

const FLAGS = {
  caFile: "/etc/etcd/ca.pem",
  certFile: "/etc/etcd/client.pem",
  keyFile: "/etc/etcd/key.pem",
  etcdServers: ["https://10.0.0.1:2379", "https://10.0.0.2:2379"],
};
const live =
  (...objects: readonly object[]) =>
  () =>
    readLiveCluster(objects.map((one) => ({ ...one }))) ?? null;
const server = (container: object, more: object = {}, metadata: object = {}) =>
  live({
    kind: "Pod",
    metadata: { name: "pod", labels: { component: "kube-apiserver" }, ...metadata },
    spec: {
      nodeName: "m1",
      containers: [container],
      volumes: [
        { name: "a", hostPath: { path: "/srv/etcd/" } },
        { name: "b", hostPath: { path: "/srv/ssl" } },
        { name: "c", emptyDir: {} },
      ],
      ...more,
    },
    status: { containerStatuses: [{ ready: true, state: { running: {} } }] },
  });
const objects = (content: string) => () => kubernetesObjects(content) ?? null;

export const liveClusters: Readings = {
  "nodes and pods as kubeadm makes them": live(
    nodeObject("m1", "10.0.0.1", "control-plane"),
    nodeObject("m2", "10.0.0.2", "master"),
    nodeObject("w1", "10.0.0.3", "worker"),
    apiServerPod("m1", FLAGS),
    etcdPod("m1"),
    apiServerPod("m2", FLAGS, "waiting"),
  ),
  nothing: live({ kind: "ConfigMap" }),
  "a pod that does not run": live(apiServerPod("m1", FLAGS, "waiting")),
  "a pod that is not ready": live({
    kind: "Pod",
    metadata: { labels: { component: "etcd" } },
    spec: { nodeName: "m1" },
    status: { containerStatuses: [{ ready: false, state: { running: {} } }] },
  }),
  "a pod that is ready and does not run": live({
    kind: "Pod",
    metadata: { labels: { component: "etcd" } },
    spec: { nodeName: "m1" },
    status: { containerStatuses: [{ ready: true, state: {} }] },
  }),
  "a pod of etcd without a node": live({
    kind: "Pod",
    metadata: { labels: { component: "etcd" } },
    status: { containerStatuses: [{ ready: true, state: { running: {} } }] },
  }),
  "a node without a name": live({ kind: "Node", metadata: {} }),
  "a node with addresses of all kinds": live({
    kind: "Node",
    metadata: { name: "m1", labels: [] },
    status: { addresses: [{ address: "m1" }, { address: "10.0.0.1" }, {}, 3], nodeInfo: { kubeletVersion: "v1.30.1" } },
  }),
  "flags in two words, and twice": server({
    command: ["kube-apiserver", "--etcd-cafile", "/a", "--etcd-certfile=/b", "--etcd-certfile", "/c"],
    args: ["--etcd-keyfile=/d", 3],
    image: "x:5000/kube-apiserver:v1.29.1@sha256:00",
  }),
  "flags whose names begin alike": server({ command: ["--etcd-cafile-x=/a", "--etcd-certfile"] }),
  "no flags": server({}, {}, { name: 3 }),
  "an image without a version": server({ image: "kube-apiserver:latest" }),
  "an image by its digest": server({ image: "x/kube-apiserver@sha256:00" }),
  "a server without a node": server({ command: [] }, { nodeName: 3 }),
  "a server without containers": server({}, { containers: [] }),
  "mounts, of which the longest counts": server({
    command: [
      "--etcd-cafile=/etc/etcd/ca.pem",
      "--etcd-certfile=/etc/etcd/ssl/b.pem",
      "--etcd-keyfile=/etc/etcd-other/c.pem",
      "--etcd-servers=",
    ],
    volumeMounts: [
      { name: "a", mountPath: "/etc/etcd/" },
      { name: "b", mountPath: "/etc/etcd/ssl" },
      { name: "c", mountPath: "/etc/etcd-other" },
      { name: "gone", mountPath: "/" },
      { mountPath: "/x" },
      { name: "a" },
    ],
  }),
  "a mount of one file": server({
    command: ["--etcd-cafile=/ca.pem"],
    volumeMounts: [{ name: "b", mountPath: "/ca.pem" }],
  }),
  "control planes by labels and by servers": () => {
    const cluster = readLiveCluster(
      [
        nodeObject("m1", "10.0.0.1", "control-plane"),
        nodeObject("m2", "10.0.0.2", "worker"),
        apiServerPod("m2", FLAGS),
        apiServerPod("m3", FLAGS),
        apiServerPod("m1", FLAGS),
      ].map((one) => ({ ...one })),
    );
    return cluster && liveControlPlane(cluster);
  },
  "observed components": () => {
    const node = (name: string, inputs: Parameters<typeof stackResource>[2], outputs = {}) =>
      stackResource("kubeadm-guard:index:ObservedNode", name, inputs, { outputs });
    const all = [
      node("a", { metadata: { name: "m1" } }),
      node("b", { metadata: { name: "m2" }, cluster: "prod" }),
      node("c", { metadata: { name: "m3" }, cluster: "other" }),
      node("d", {}, { metadata: { name: "m4" } }),
      node("e", { metadata: { name: "m5" }, cluster: UNKNOWN }),
      stackResource("other", "f", { metadata: { name: "m6" } }),
    ];
    return [
      observedCluster(all, "prod", true),
      observedCluster(all, "prod", false),
      observedCluster([], "prod", true) ?? null,
    ];
  },
  "json in a row": objects('{"kind": "A", "x": "}{\\"\\\\"}\n{"kind": "B", "y": {"z": {}}}'),
  "json that is cut off": objects('{"kind": "A"}{"kind": "B"'),
  "json with something behind it": objects('{"kind": "A"} x'),
  "yaml in a row without separators": objects("apiVersion: v1\nkind: A\napiVersion: v1\nkind: B\n"),
  "yaml with separators and comments": objects("# a\n---\nkind: A\n--- # b\nkind: B\n---\n# nothing\n---x: y\n"),
  "yaml of a list that says so": objects("kind: List\nitems:\n- {kind: A}\n- b\n- {x: y}\n"),
  "a list of one kind, whose items leave it out": objects("kind: NodeList\nitems: [{x: 1}, {kind: Other}]\n"),
  "a list without items": objects("kind: NodeList\n"),
  "a kind that only ends so": objects("kind: 3\nitems: [a]\n"),
  "a kind that is not a list": objects("kind: Listing\nitems: [{a: b}]\n"),
  "no objects": objects("- a\n"),
  "nothing at all": objects("\ufeff\n"),
  "yaml that is broken": objects("a: [\n"),
};

const found = (lines: ReturnType<typeof listingLines>, names: readonly string[], path: string | null) =>
  lines.ofNode({ names, path }) ?? null;
const LISTING_TEXT =
  "controlPlane:\n- name: m1\n- {addresses: [], name: m2}\netcdHosts:\n  - name: e1\nfiles:\n  m1:\n    - path: /a\n      mode: x\n    - {mode: y, path: /b}\n  m3: none\n";
const SETTINGS_TEXT =
  "config:\n  kubeadm-guard:clusters:\n  - name: prod\n    controlPlaneNodes:\n    - name: m1\n    files:\n    - path: /a\n  - name: test.example\n  kubeadm-guard:accept: [{policy: a}, {policy: b}]\n";
const places =
  (content: string, ...all: readonly string[]) =>
  () =>
    all.map((place) => listingLines(content).ofPlace(place) ?? null);
const config =
  (content: string, as: Parameters<typeof kubeadmConfigLines>[1], ...lines: readonly (number | undefined)[]) =>
  () =>
    lines.map((line) => kubeadmConfigLines(content, as).ofConfiguration(line) ?? null);

export const lines: Readings = {
  "a listing's nodes and files": () => {
    const all = listingLines(LISTING_TEXT);
    return [
      found(all, ["m1"], "/a"),
      found(all, ["m1"], "/b"),
      found(all, ["m1"], "/c"),
      found(all, ["m1"], null),
      found(all, ["x", "m3"], "/a"),
      found(all, ["m2"], "/a"),
      found(all, ["e1"], null),
      found(all, ["x"], null),
      all.ofConfiguration(1) ?? null,
    ];
  },
  "settings' nodes": () =>
    [
      ["m1", "/a"],
      ["prod", null],
    ].map(([name, path]) => found(listingLines(SETTINGS_TEXT), [name ?? ""], path ?? null)),
  "a listing in json": () => found(listingLines('{\n"files": {\n"m1": [\n{"path": "/a"}]}}'), ["m1"], "/a"),
  "a listing that is broken": () => found(listingLines("files: ["), ["m1"], "/a"),
  "documents of a listing": () => found(listingLines("a: b\n---\nfiles:\n  m1: []\n"), ["m1"], null),
  "places of a listing": places(
    LISTING_TEXT,
    "files.m1[0].mode",
    "files.m1[1]",
    "files.m1[9].path",
    "files.m1",
    "files.m9[0]",
    "controlPlane[1].name",
    "searched[0]",
    "controlPlane[m2]",
    "",
    "files.m1[0].x",
    "files[0]",
  ),
  "places of settings": places(
    SETTINGS_TEXT,
    "kubeadm-guard:clusters[prod].controlPlaneNodes[0].name",
    "clusters[0].files[0].path",
    "clusters[test.example].listing",
    "clusters[gone].x",
    "kubeadm-guard:accept[1].policy",
    "accept.yaml: accept[0]",
    "accept[1]",
  ),
  "places of settings without their prefix": places(
    "clusters:\n- name: prod\n  listing: x\n",
    "kubeadm-guard:clusters[prod].listing",
    "clusters[prod].listing",
    "clusters[0].nothing",
  ),
  "places of names with dots": places(
    "files:\n  a:\n    x: 1\n  a.b:\n    x: 2\n  a.b.c: 3\n",
    "files.a.b.x",
    "files.a.x",
    "files.a.b.c",
    "files.a.bc",
  ),
  "hosts of inventories": () => [
    ["m1", "m9"].map(
      (name) => inventoryLines("[etcd]\nm1\nm1\n", "hosts.ini").ofNode({ names: ["x", name], path: null }) ?? null,
    ),
    ["m1", "m2", "m3"].map(
      (name) =>
        inventoryLines(
          "all:\n  hosts:\n    m1:\n  children:\n    etcd:\n      hosts:\n        m2:\n        m1:\nother:\n  hosts:\n    m2:\n",
          "hosts.yaml",
        ).ofNode({ names: [name], path: null }) ?? null,
    ),
    [inventoryLines("[etcd]\nm1 x\n", "hosts.ini").ofNode({ names: ["m1"], path: null }) ?? null],
  ],
  "lines of a whole file": config("a: b\n", "all", 3, undefined),
  "lines of a literal block": config(
    "x: y\ndata:\n  ClusterConfiguration: |\n    a: b\n    c: d\n",
    { value: "a: b\nc: d\n" },
    1,
    2,
    undefined,
  ),
  "lines of a quoted text": config('data:\n  other: x\n  ClusterConfiguration: "a: b"\n', { value: "a: b" }, 1, 2),
  "lines of a folded block": config("data:\n  ClusterConfiguration: >\n    a: b\n", { value: "a: b\n" }, 1),
  "lines of another text": config("data:\n  ClusterConfiguration: |\n    a: b\n", { value: "other" }, 1),
  "lines of the second of two": config(
    "items:\n- data:\n    ClusterConfiguration: |\n      x\n- data:\n    ClusterConfiguration: |\n      y\n",
    { value: "y" },
    1,
  ),
  "lines of a resource": config(
    "resources:\n  cfg:\n    type: x\n",
    { value: undefined, resource: "cfg" },
    1,
    undefined,
  ),
  "lines of a resource that is not there": config("resources:\n  cfg: {}\n", { value: "x", resource: "other" }, 1),
  "lines of a map in place of text": config("data:\n  ClusterConfiguration: {a: b}\n", { value: "a" }, 1),
  trees: () =>
    ["a: b\nc: [d, {e: f}]\ng: |\n  h\n", "\ufeffa:\n", "? [x]\n: y\n&a b: *a\n", "- a\n---\nb\n", "a: [", ""].map(
      (one) => yamlTrees(one),
    ),
  "a tree that is too long": () => [
    yamlTrees(`# ${"x".repeat(4_000_000)}\na: b\n`),
    yamlTrees(`a: b\n# ${"x".repeat(3_999_990)}`),
  ],
};

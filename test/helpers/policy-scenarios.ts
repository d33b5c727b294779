import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import { subjectFile } from "../../cluster/configuration/subject-file";
import type { ApiServer } from "../../cluster/live-cluster";
import type { AllowedDifference } from "../../cluster/record/allowed-difference";
import type { ConfigurationRecord } from "../../cluster/record/configuration-record";
import type { StackParts } from "../../cluster/stack-parts";
import { configurationText } from "../../kubeadm/config/configuration-text";
import { normalForm } from "../../kubeadm/config/normal-form";
import { readClusterConfiguration } from "../../kubeadm/config/read-cluster-configuration";
import { policies } from "../../policies/index";
import { pems, TLS_CASES } from "../kubeadm/predict/tls-cases";
import { clusterFrom, externalEtcd, settingsOfCase } from "./cluster";
import { commandStack } from "./command-stack";
import { pageExamples } from "./page-examples";
import { recordedClusters } from "./recorded-clusters";

/** A cluster that policies are tried on: what they make of it and what they say is kept in files (test/policies/outcomes, messages). */
export interface PolicyScenario {
  readonly title: string;
  readonly cluster: Cluster;
  /** Set where all that is said of it is kept, and not only what is said for the first time. */
  readonly isForVariants?: true;
}

const FILES = { certFile: "/etc/etcd/client.pem", keyFile: "/etc/etcd/client-key.pem", caFile: "/etc/etcd/ca.pem" };
const [MASTERS, ETCD] = [nodes("master0", 3, 11), nodes("etcd0", 3, 21)];
const ENDPOINTS = ETCD.map(({ addresses }) => `https://${addresses[0]}:2379`);
const LOCAL = configuration({ etcd: { local: {} } });

function nodes(name: string, count: number, first: number) {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}${index + 1}`,
    addresses: [`192.168.10.${first + index}`] as const,
  }));
}

function configuration(more: object): string {
  return JSON.stringify({
    apiVersion: "kubeadm.k8s.io/v1beta3",
    kind: "ClusterConfiguration",
    kubernetesVersion: "v1.29.10",
    ...more,
  });
}

function external(endpoints: readonly string[], more: object = {}): string {
  return configuration({ etcd: { external: { ...FILES, endpoints } }, ...more });
}

function prod(text: string, settings: Partial<ClusterSettings> = {}, stack?: StackParts): Cluster {
  return clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, etcdHosts: ETCD, ...settings }, stack);
}

/** The cluster, running with these API servers and etcd Pods. */
function running(
  text: string,
  apiServers: readonly Partial<ApiServer>[],
  etcdPodNodes: readonly string[] = [],
  etcdHosts: readonly { readonly name: string }[] = ETCD,
): Cluster {
  const server = { pod: "kube-apiserver", version: "v1.29.10", filesOnNode: [], etcdServers: ENDPOINTS, ...FILES };
  return clusterFrom(text, { name: "prod", controlPlaneNodes: MASTERS, etcdHosts }, undefined, undefined, [], {
    nodes: [],
    etcdPodNodes,
    apiServers: apiServers.map((one, index) => ({ ...server, node: MASTERS[index]?.name ?? "", ...one })),
  });
}

/** Upgraded from one version to another. */
function upgraded(from: string, to: string, apiVersion = "kubeadm.k8s.io/v1beta3"): Cluster {
  return prod(external(ENDPOINTS, { kubernetesVersion: from, apiVersion }), { upgradeTo: { kubernetes: to } });
}

const OWN = {
  caFile: "/etc/kubernetes/pki/etcd/ca.crt",
  certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
  keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
};
const JOIN = "kubeadm join lb:6443 --token a.b --control-plane";
const JOIN_WITH_KEY = `${JOIN} --certificate-key ${"0f".repeat(32)}`;
const UPLOAD = "kubeadm init --config kubeadm-config.yaml --upload-certs";
const UPLOAD_PHASE = "kubeadm init phase upload-certs --upload-certs";
const perhaps = (command: string) => `if [ "$PERHAPS" = 1 ]; then ${command}; fi`;
const onFirst = (...paths: readonly string[]) => ({ files: paths.map((path) => ({ nodes: ["master01"], path })) });
const ALL_OWN = onFirst(...Object.values(OWN));
const onAll = { files: Object.values(OWN).map((path) => ({ path })) };
/** Masters that run these, the first the first one. */
const runs = (
  settings: Partial<ClusterSettings>,
  commands: readonly (readonly [host: string, create: string])[],
  files: Parameters<typeof externalEtcd>[0] = OWN,
) => prod(externalEtcd(files), settings, commandStack(commands));
const joined = (join: string, ...files: readonly string[]) =>
  runs(onFirst(...files), [
    ["master01", UPLOAD],
    ["master02", join],
    ["master03", join],
  ]);

/** The cluster, whose configuration is a file for kubeadm. */
function file(text: string, minor = 29): Cluster {
  const cluster = prod(text);
  const own = subjectFile(configurationText(text), { minor });
  return { ...cluster, subject: { ...cluster.subject, file: own } };
}

/** The form of a configuration that a record keeps. */
function recordOf(text: string, name: string, files?: readonly string[], by?: string): ConfigurationRecord {
  const reading = readClusterConfiguration(configurationText(text), { minor: 29 });
  if (reading.kind === "refused") throw new Error("only a configuration that can be read is recorded");
  const entry = {
    date: "2026-11-01T09:00:00.000Z",
    by,
    reason: "installed",
    kubernetesVersion: "v1.29.10",
    changes: [],
  };
  return { cluster: name, configuration: normalForm(reading.configuration), filesOnEveryNode: files, history: [entry] };
}

/** The cluster, compared with another environment. */
function compared(
  record: ConfigurationRecord,
  allowed: readonly AllowedDifference[] = [],
  settings: Partial<ClusterSettings> = {},
): Cluster {
  const compareWith = { record: "/test.record.yaml" };
  const cluster = prod(external(ENDPOINTS), { compareWith, ...settings });
  return { ...cluster, comparison: { other: { kind: "record", path: "/test.record.yaml", record }, allowed } };
}

/** The cluster, measured against its record. */
function recorded(record: ConfigurationRecord, text = external(ENDPOINTS)): Cluster {
  return { ...prod(text), record: { kind: "record", path: "/prod.record.yaml", record } };
}

const UNREAD = "{";
const UNUSABLE = { kind: "unusable", path: "/test.record.yaml", why: "is not there" } as const;
const NAMED_NODES = (name: string, settings: Partial<ClusterSettings> = {}) =>
  prod(
    externalEtcd({ certFile: `/etc/ssl/etcd/ssl/node-${name}.pem`, keyFile: `/etc/ssl/etcd/ssl/node-${name}-key.pem` }),
    {
      unlisted: "missing",
      files: MASTERS.flatMap((node) => [
        { nodes: [node.name], path: `/etc/ssl/etcd/ssl/node-${node.name}.pem` },
        { nodes: [node.name], path: `/etc/ssl/etcd/ssl/node-${node.name}-key.pem` },
      ]),
      ...settings,
    },
  );
const argument = (...values: readonly string[]) =>
  external(ENDPOINTS, { apiServer: { extraArgs: Object.fromEntries(values.map((value, at) => [`a${at}`, value])) } });
const mounted = (hostPath: string, settings: Partial<ClusterSettings>) =>
  prod(
    configuration({
      apiServer: { extraVolumes: [{ name: "mine", hostPath, mountPath: "/etc/ssl/certs-etcd" }] },
      etcd: { external: { endpoints: ENDPOINTS, caFile: "/etc/ssl/certs-etcd/ca.pem" } },
    }),
    settings,
  );
const linkedTo = (target: string) =>
  prod(external(ENDPOINTS), {
    files: [{ path: target }, { path: FILES.caFile, link: target }, { path: FILES.certFile }, { path: FILES.keyFile }],
  });

const OTHERS: Readonly<Record<string, Cluster>> = {
  "etcd's CA is copied to a machine that is no node": prod(
    external(ENDPOINTS),
    {},
    commandStack([["10.9.9.9", "cp /tmp/ca.pem /etc/etcd/ca.pem"]]),
  ),
  "an API server runs with another member": running(external(ENDPOINTS), [
    { etcdServers: ["https://192.168.10.29:2379"] },
  ]),
  "API servers run with members and files of their own": running(external(ENDPOINTS), [
    { etcdServers: [...ENDPOINTS, "https://192.168.10.29:2379"], certFile: "/etc/etcd/node-master01.pem" },
    { etcdServers: ["https://192.168.10.29:2379"], certFile: "/etc/etcd/node-master02.pem" },
  ]),
  "no node is known, and the files have a node's name": clusterFrom(
    externalEtcd({
      certFile: "/etc/ssl/etcd/ssl/node-master01.pem",
      keyFile: "/etc/ssl/etcd/ssl/node-master01-key.pem",
    }),
    { name: "prod" },
  ),
  "an extra volume's folder lacks a file": prod(
    configuration({
      apiServer: { extraVolumes: [{ name: "mine", hostPath: "/opt/etcd", mountPath: "/etc/ssl/certs-etcd" }] },
      etcd: { external: { endpoints: ENDPOINTS, caFile: "/etc/ssl/certs-etcd/ca.pem" } },
    }),
    { unlisted: "missing", files: [{ path: "/opt/etcd/other.pem" }] },
  ),
  "the key is where its path should be": prod(
    configuration({
      etcd: { external: { ...FILES, endpoints: ENDPOINTS, keyFile: pems("tls-client-other-ca-same-name").key } },
    }),
  ),
  "controlPlaneEndpoint is an etcd host": prod(external(ENDPOINTS, { controlPlaneEndpoint: "192.168.10.21:6443" })),
  "an endpoint is not a URL": prod(external([...ENDPOINTS.slice(0, 2), "https://192.168.10.23:http"])),
  "two endpoints have names, and three etcd hosts have none": prod(
    external(["https://a.example.com:2379", "https://b.example.com:2379"]),
    { etcdHosts: ETCD.map(({ addresses: [name] }) => ({ name })) },
  ),
  "an endpoint is there twice": prod(external([...ENDPOINTS, ENDPOINTS[0] ?? ""])),
  "endpoints have the port for peers": prod(external(ENDPOINTS.map((one) => one.replace("2379", "2380")))),
  "a member is not named": prod(external(ENDPOINTS.slice(0, 2))),
  "two members are not named": prod(external(ENDPOINTS.slice(0, 1))),
  "etcd.local with a file of Kubespray's members": prod(LOCAL, {
    etcdHosts: MASTERS,
    unlisted: "missing",
    ...onFirst("/etc/ssl/etcd/ssl/member-master01.pem"),
  }),
  "etcd.local with files of Kubespray's members, nothing else known": prod(LOCAL, {
    etcdHosts: MASTERS,
    files: MASTERS.map(({ name }) => ({ nodes: [name], path: `/etc/ssl/etcd/ssl/member-${name}.pem` })),
  }),
  "etcd.external, with an etcd Pod": running(external(ENDPOINTS), [], ["master01"]),
  "etcd.external, with etcd Pods": running(external(ENDPOINTS), [], ["master01", "master02"]),
  "etcd.local, and an API server that runs with hosts of its own": running(LOCAL, [{}], [], []),
  "etcd.local, and API servers that run with hosts of their own": running(LOCAL, [{}, {}], [], []),
  "an upgrade to three minor versions earlier": upgraded("v1.33.6", "v1.30.14"),
  "an upgrade to one minor version earlier": upgraded("v1.31.4", "v1.30.14"),
  "an upgrade from a label": upgraded("stable-1.30", "v1.31.4"),
  "an upgrade to a release that is newer than the tables": upgraded("v1.37.2", "v1.38.0", "kubeadm.k8s.io/v1beta4"),
  "Kubespray v2.26.0, nodes without the files": prod(external(ENDPOINTS), {
    upgradeTo: { kubespray: "v2.26.0" },
    unlisted: "missing",
    files: [{ path: "/etc/etcd/other.pem" }],
  }),
  "Kubespray v2.26.0, nothing known of the files": prod(external(ENDPOINTS), { upgradeTo: { kubespray: "v2.26.0" } }),
  "an upload from a node without the key": joined(JOIN_WITH_KEY, OWN.caFile, OWN.certFile),
  "joins without the certificate key": joined(JOIN, OWN.caFile, OWN.certFile, OWN.keyFile),
  "a join that does not have the certificate key, and no upload": runs(ALL_OWN, [["master02", JOIN]]),
  "a join with the certificate key, and no upload": runs(ALL_OWN, [["master02", JOIN_WITH_KEY]]),
  "a join with the certificate key and no upload, to a node that has the files": runs(onAll, [
    ["master02", JOIN_WITH_KEY],
  ]),
  "a join of a worker, and an upload": runs(onAll, [
    ["master01", UPLOAD],
    ["master02", "kubeadm join lb:6443 --token a.b"],
  ]),
  "two uploads without --config": runs(ALL_OWN, [
    ["master01", "kubeadm init --upload-certs"],
    ["master02", UPLOAD_PHASE],
  ]),
  "an upload with --config, and one without on a node without files": runs(ALL_OWN, [
    ["master01", UPLOAD],
    ["master02", UPLOAD_PHASE],
    ["master03", JOIN_WITH_KEY],
  ]),
  "an upload without --config, and a join with the certificate key": runs(onAll, [
    ["master01", UPLOAD_PHASE],
    ["master03", JOIN_WITH_KEY],
  ]),
  "uploads that may happen": runs(ALL_OWN, [
    ["master01", perhaps(UPLOAD)],
    ["master02", perhaps(UPLOAD_PHASE)],
    ["master03", JOIN_WITH_KEY],
  ]),
  "an upload that may happen, where all nodes have the files": runs(onAll, [["master01", perhaps(UPLOAD)]]),
  "joins that may happen, without and with the certificate key": runs(ALL_OWN, [
    ["master01", UPLOAD],
    ["master02", perhaps(JOIN)],
    ["master03", perhaps(JOIN_WITH_KEY)],
  ]),
  "a join that may happen, to a node that has the files": runs(onAll, [
    ["master01", UPLOAD],
    ["master02", perhaps(JOIN_WITH_KEY)],
  ]),
  "a part of the configuration": (() => {
    const cluster = prod(external(ENDPOINTS));
    return { ...cluster, subject: { ...cluster.subject, partial: "Only a part of it is patched." } };
  })(),
  "no configuration": {
    ...prod(external(ENDPOINTS)),
    configuration: { kind: "absent", error: "no ClusterConfiguration" },
  },
  "no configuration yet": { ...prod(LOCAL), configuration: { kind: "unknown-until-update", waitsFor: ["template"] } },
  "a configuration that cannot be read": prod(UNREAD),
  "a file that is as it should be": file(external(ENDPOINTS)),
  "a file with an unknown field": file(external(ENDPOINTS, { clusterNam: "prod" })),
  "a file with unknown fields and a wrong value": file(
    external(ENDPOINTS, { clusterNam: "prod", imageRepo: "x", networking: { podSubnet: "10.0.0" } }),
  ),
  "a file of an API that is gone": file("apiVersion: kubeadm.k8s.io/v1alpha1\nkind: MasterConfiguration\n"),
  "the ConfigMap with unknown fields": prod(external(ENDPOINTS, { clusterNam: "prod", imageRepo: "x" })),
  "a configuration that cannot be read, compared with another environment": {
    ...compared(recordOf(external(ENDPOINTS), "test")),
    configuration: prod(UNREAD).configuration,
  },
  "another environment that agrees": compared(recordOf(external(ENDPOINTS), "test")),
  "another environment with other endpoints and another CA": compared(
    recordOf(configuration({ etcd: { external: { ...FILES, caFile: "/etc/etcd/other.pem", endpoints: [] } } }), "test"),
  ),
  "another environment of the same name": compared(recordOf(LOCAL, "prod")),
  "another environment, with a difference that is allowed and is none": compared(
    recordOf(external(ENDPOINTS), "test"),
    [
      { field: "etcd.external.endpoints", reason: "own etcd" },
      { field: "clusterName", reason: "own name" },
    ],
  ),
  "another environment, with files that are missing here": compared(
    recordOf(external(ENDPOINTS), "test", ["/etc/etcd/ca.pem", "/etc/etcd/client.pem"]),
    [],
    { unlisted: "missing", ...onFirst("/etc/etcd/ca.pem") },
  ),
  "another environment, with files of which nothing is known here": compared(
    recordOf(external(ENDPOINTS), "test", ["/etc/etcd/ca.pem"]),
  ),
  "another environment whose record is not there": {
    ...prod(external(ENDPOINTS)),
    comparison: { other: UNUSABLE, allowed: [] },
  },
  "a record that agrees": recorded(recordOf(external(ENDPOINTS), "prod")),
  "a record with another endpoint": recorded(recordOf(external(ENDPOINTS.slice(1)), "prod", undefined, "Ada")),
  "a record with more differences": recorded(recordOf(LOCAL, "prod")),
  "a record without an entry": recorded({ ...recordOf(LOCAL, "prod"), history: [] }),
  "a record, and a configuration that cannot be read": recorded(recordOf(LOCAL, "prod"), UNREAD),
  "a record that is not there": { ...prod(LOCAL), record: UNUSABLE },
  "httpEndpoints only": prod(
    configuration({
      apiVersion: "kubeadm.k8s.io/v1beta4",
      kubernetesVersion: "v1.37.0",
      etcd: { external: { ...FILES, httpEndpoints: ["http://192.168.10.21:2379"] } },
    }),
  ),
  "an endpoint that was not rendered": prod(external([...ENDPOINTS.slice(0, 2), "https://{{ etcd }}:2379"])),
  "endpoints that were not rendered": prod(external(["https://{{ a }}:2379", "https://{{ b }}:2379"])),
  "files that were not rendered": prod(
    externalEtcd({ certFile: "/etc/{{ a }}.pem", keyFile: "/etc/{{ a }}-key.pem", caFile: "/etc/{{ b }}.pem" }),
  ),
  "a file that was not rendered": prod(
    external(ENDPOINTS, { etcd: { external: { ...FILES, endpoints: ENDPOINTS, caFile: "/etc/{{ b }}.pem" } } }),
  ),
  "an argument that may not have been rendered": prod(argument("$(hostname)")),
  "arguments that may not have been rendered": prod(argument("$(hostname)", `\${HOST}`)),
  "a loopback endpoint among others": prod(external(["https://127.0.0.1:2379", ...ENDPOINTS.slice(1)])),
  "etcd that speaks http": { ...prod(external(ENDPOINTS)), etcdServers: null },
  "etcd that is reached over http": prod(external(ENDPOINTS.map((one) => one.replace("https", "http")))),
  "a file on one node, missing on another and undecided on the third": prod(
    external(ENDPOINTS),
    { files: Object.values(FILES).map((path) => ({ nodes: ["master01"], path })) },
    commandStack([["master03", perhaps(`cp /root/a ${FILES.certFile}`)]]),
  ),
  "a key that is missing on one node, and both files on another": prod(external(ENDPOINTS), {
    unlisted: "missing",
    files: [
      ...Object.values(FILES).map((path) => ({ nodes: ["master01"], path })),
      { nodes: ["master02"], path: FILES.certFile },
      { nodes: ["master02"], path: FILES.caFile },
    ],
  }),
  "one node, without the files": prod(external(ENDPOINTS), {
    controlPlaneNodes: MASTERS.slice(0, 1),
    unlisted: "missing",
    files: [{ path: "/etc/etcd/other.pem" }],
  }),
  "files of the last node": NAMED_NODES("master03"),
  "files of the last node, by Kubespray v2.26.0": NAMED_NODES("master03", {
    kubespray: { inventory: "hosts.yaml", release: "v2.26.0" },
  }),
  "files of the last node, by Kubespray v2.28.0": NAMED_NODES("master03", {
    kubespray: { inventory: "hosts.yaml", release: "v2.28.0" },
  }),
  "files of an etcd host": NAMED_NODES("etcd01"),
  "files of another host": NAMED_NODES("db1", { otherHosts: [{ name: "db1" }] }),
  "files of a machine that is not known": NAMED_NODES("old1"),
  "files of a machine that is not known, with Kubespray": NAMED_NODES("old1", {
    kubespray: { inventory: "hosts.yaml" },
  }),
  "files of one of the nodes, where it is the only one": NAMED_NODES("master01", {
    controlPlaneNodes: MASTERS.slice(0, 1),
  }),
  "no node is known, and the files have no node's name": clusterFrom(
    externalEtcd({ certFile: "/etc/etcd/node-shared.pem", keyFile: "/etc/etcd/client-key.pem" }),
    { name: "prod" },
  ),
  "no node is known, and the files are called after a control plane": clusterFrom(
    externalEtcd({ certFile: "/etc/etcd/node-controlplane.pem", keyFile: "/etc/etcd/client-key.pem" }),
    { name: "prod" },
  ),
  "no node is known, and the configuration cannot be read": clusterFrom(UNREAD, { name: "prod" }),
  "controlPlaneEndpoint is the machine whose files are named": prod(
    externalEtcd({ certFile: "/etc/etcd/node-OLD1.pem" }).replace("etcd:", "controlPlaneEndpoint: old1:6443\netcd:"),
  ),
  "controlPlaneEndpoint is a node": prod(external(ENDPOINTS, { controlPlaneEndpoint: "master02:6443" })),
  "controlPlaneEndpoint is not there, with one node and joins": runs({ controlPlaneNodes: MASTERS.slice(0, 1) }, [
    ["master01", JOIN],
  ]),
  "controlPlaneEndpoint is not there, with one node": prod(external(ENDPOINTS), {
    controlPlaneNodes: MASTERS.slice(0, 1),
  }),
  "controlPlaneEndpoint is not there, and no node is known": clusterFrom(
    externalEtcd({}),
    { name: "prod" },
    commandStack([["10.9.9.9", "/opt/provision.sh"]]),
  ),
  "API servers without etcd files": running(external(ENDPOINTS), [
    { certFile: "", keyFile: "", caFile: "", etcdServers: [] },
    { certFile: "/etc/etcd/a.pem", caFile: "/opt/ca.pem" },
  ]),
  "an API server with other files, of which the node has those that are declared": {
    ...running(external(ENDPOINTS), [{ certFile: "/etc/etcd/a.pem" }]),
    controlPlane: prod(external(ENDPOINTS), { files: [{ path: FILES.certFile }] }).controlPlane,
  },
  "an API server with other files, of which the node has one that is declared": {
    ...running(external(ENDPOINTS), [{ certFile: "/etc/etcd/a.pem", keyFile: "/etc/etcd/b.pem" }]),
    controlPlane: prod(external(ENDPOINTS), { files: [{ path: FILES.certFile }] }).controlPlane,
  },
  "an API server on a node that is not known": running(external(ENDPOINTS), [
    { node: "other", certFile: "/etc/etcd/a.pem" },
  ]),
  "an API server with other files, etcd.local": running(LOCAL, [{ etcdServers: ["https://127.0.0.1:2379"] }]),
  "an API server, and no node that is known": {
    ...running(external(ENDPOINTS), [{ certFile: "/etc/etcd/a.pem" }]),
    controlPlane: { kind: "unknown", might: [] },
  },
  "an API server, and a configuration that cannot be read": running(UNREAD, [{}]),
  "an extra volume with the file": mounted("/opt/etcd", { unlisted: "missing", files: [{ path: "/opt/etcd/ca.pem" }] }),
  "an extra volume of which nothing is known": mounted("/opt/etcd", {}),
  "an extra volume in place of kubeadm's own": prod(
    configuration({
      apiServer: { extraVolumes: [{ name: "etcd-certs-0", hostPath: "/opt/etcd", mountPath: "/opt/etcd" }] },
      etcd: { external: { ...FILES, endpoints: ENDPOINTS } },
    }),
    { files: Object.values(FILES).map((path) => ({ path })) },
  ),
  "folders that are taken for mounted ones": prod(
    configuration({
      etcd: {
        external: {
          endpoints: ENDPOINTS,
          caFile: "/etc/ssl/certs-etcd/ca.pem",
          certFile: "/etc/ssl/certs-etcd/c.pem",
          keyFile: "/etc/pki-etcd/k.pem",
        },
      },
    }),
  ),
  "a link to a folder of the system": linkedTo("/usr/share/ca.pem"),
  "a link to a file in /etc": linkedTo("/etc/ca.pem"),
  "a link to a folder that may be mounted": linkedTo("/opt/etc/ca.pem"),
  "a link to a folder that is mounted": linkedTo("/etc/etcd/real-ca.pem"),
  "an upload on a machine that is not known": runs(ALL_OWN, [
    ["10.9.9.9", UPLOAD],
    ["master02", JOIN_WITH_KEY],
  ]),
};

/** The clusters of all pages, the recorded ones, and those for what neither shows. */
export const POLICY_SCENARIOS: readonly PolicyScenario[] = [
  ...policies.flatMap(({ id }) =>
    pageExamples(id).map(({ heading, cluster }) => ({ title: `page of ${id}, ${heading}`, cluster })),
  ),
  ...(["clusters", "clusters-with-etcd"] as const).flatMap((folder) =>
    recordedClusters(folder).map((one) => ({
      title: `recorded cluster ${one.id}`,
      cluster: clusterFrom(one.configMap.data["ClusterConfiguration"] ?? "", settingsOfCase(one)),
    })),
  ),
  ...TLS_CASES.map((one) => ({
    title: `recorded cluster ${one.id}, with what its members serve`,
    cluster: {
      ...clusterFrom(one.configMap.data["ClusterConfiguration"] ?? "", settingsOfCase(one)),
      etcdServers: one.etcdServers,
    },
  })),
  // All certificates of the pages end in a hundred years.
  ...pageExamples("external-etcd-cert-usable").map(({ heading, cluster }) => ({
    title: `page of external-etcd-cert-usable, ${heading}, with minRemainingDays`,
    cluster: { ...cluster, settings: { ...cluster.settings, minRemainingDays: 40_000 } },
  })),
  ...Object.entries(OTHERS).map(([title, cluster]) => ({ title, cluster, isForVariants: true as const })),
];

import type { Cluster } from "../../cluster/cluster";
import type { ClusterSettings } from "../../cluster/cluster-settings";
import type { ApiServer } from "../../cluster/live-cluster";
import type { StackParts } from "../../cluster/stack-parts";
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
  "an upload without --config of a CA alone": runs(onFirst(OWN.caFile), [["master01", UPLOAD_PHASE]], {
    caFile: OWN.caFile,
  }),
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
  ...Object.entries(OTHERS).map(([title, cluster]) => ({ title, cluster })),
];

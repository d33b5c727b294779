import type { Cluster, ControlPlaneNode } from "../cluster/cluster";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { NodeNames } from "../cluster/node-names";
import { outcomeOf } from "../cluster/outcome";
import { controlPlaneHost } from "../kubeadm/config/control-plane-host";
import { legibleConfiguration } from "../kubeadm/config/read-cluster-configuration";
import { unknownNodes, unlessUnread } from "./support/applicability";
import { inOneLine } from "./support/lists";
import { nameInPair } from "./support/node-name-in-path";
import { placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";

/** kubeadm init puts the endpoint into the certificate of the API server; a later change of the field does not. */
const CERTIFIED_FIRST =
  "Before that, the certificate of every API server must name the new host (apiServer.certSANs), or clients reject it.";

/** kubernetes.io, "Creating a cluster with kubeadm". */
const NOT_SUPPORTED =
  "kubeadm does not support turning a cluster that was created without this field into a highly available one.";

const missing = messageTemplate<{ readonly place: string; readonly joins: readonly string[] }>(
  "missing",
  ([{ data }]) =>
    [
      `${data.place}: controlPlaneEndpoint is empty, and the cluster has several control-plane nodes.`,
      data.joins.length > 0
        ? `kubeadm join --control-plane (${inOneLine(data.joins)}) would fail: unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address`
        : "Existing nodes can be upgraded, but another kubeadm join --control-plane would fail: unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address",
      "Fix: set controlPlaneEndpoint to the name or address of a load balancer in front of the API servers, such as api.example.com:6443.",
      CERTIFIED_FIRST,
      NOT_SUPPORTED,
    ].join("\n"),
);

const addressOfOneNode = messageTemplate<{ readonly place: string; readonly endpoint: string; readonly node: string }>(
  "addressOfOneNode",
  ([{ data }]) =>
    [
      `${data.place}: controlPlaneEndpoint ${data.endpoint} points to a single control-plane node, ${data.node}.`,
      `While ${data.node} is down, kubelets and clients that use this endpoint have no API server, although others are running. Kubespray writes this unless loadbalancer_apiserver is set; its nodes use a local proxy instead.`,
      "Fix: use the name or address of a load balancer; with Kubespray set loadbalancer_apiserver and apiserver_loadbalancer_domain_name.",
      CERTIFIED_FIRST,
    ].join("\n"),
);

interface LeftData {
  readonly place: string;
  readonly endpoint: string;
  /** The host, and what it is instead of a control-plane node. */
  readonly target: string;
}

const noControlPlaneNode = messageTemplate<LeftData>("noControlPlaneNode", ([{ data }]) =>
  [
    `${data.place}: controlPlaneEndpoint ${data.endpoint} points to ${data.target}.`,
    "If no API server answers there, kubeadm join and every kubelet that uses it fail. An upgrade of existing nodes does not check this (kubespray 10808).",
    "Fix: name a load balancer in front of the API servers, or an existing control-plane node, in the kubeadm-config, in the ConfigMap cluster-info in kube-public, and in the kubeconfig files of the nodes.",
    CERTIFIED_FIRST,
  ].join("\n"),
);

/** Several control-plane nodes share an address that does not belong to one of them. */
export const controlPlaneEndpointStable: Policy = {
  id: "control-plane-endpoint-stable",
  title: "Control-plane endpoint stable",
  description:
    "A cluster with several control-plane nodes has a controlPlaneEndpoint that does not depend on one of them.",
  severity: "high",
  level: "mandatory",
  remediation: "Set controlPlaneEndpoint to the name or address of a load balancer in front of the API servers.",
  tags: ["configuration"],
  messages: {
    missing: missing.message,
    addressOfOneNode: addressOfOneNode.message,
    noControlPlaneNode: noControlPlaneNode.message,
  },
  check(cluster) {
    if (cluster.subject.partial !== undefined) return { kind: "not-applicable", why: cluster.subject.partial };
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const { configuration, lineOf } = read.reading;
    const { controlPlaneEndpoint } = configuration;
    const place = placeText(cluster.subject.field, lineOf(["controlPlaneEndpoint"]));
    const { controlPlane } = cluster;
    const left =
      controlPlane.kind === "known" ? hostThatLeft(cluster, controlPlane.nodes, controlPlaneEndpoint) : undefined;
    if (left !== undefined) {
      const data = { place, endpoint: controlPlaneEndpoint, target: left };
      return outcomeOf([noControlPlaneNode.finding({ level: "advisory", data })], []);
    }
    const joins = joinsOf(cluster);
    const nodes = controlPlane.kind === "known" ? controlPlane.nodes : [];
    const several = joins.length > 0 || nodes.reduce((sum, node) => sum + (node.group?.size ?? 1), 0) > 1;
    if (!several) {
      const might = controlPlane.kind === "known" ? controlPlane.more : controlPlane.might;
      if (might.length > 0 && controlPlaneEndpoint === "") return outcomeOf([], unknownNodes(might));
      return nodes.length > 0
        ? { kind: "not-applicable", why: "there is only one control-plane node" }
        : { kind: "not-applicable", why: "no control-plane node is known, and nothing shows that there are several" };
    }
    if (controlPlaneEndpoint === "") {
      const finding = { data: { place, joins } };
      // Only a join looks at the field (cmd/phases/join/preflight.go): what runs already can be upgraded.
      return outcomeOf([missing.finding(joins.length > 0 ? finding : { ...finding, level: "advisory" })], []);
    }
    const host = controlPlaneHost(controlPlaneEndpoint);
    const [node] = host === undefined ? [] : new NodeNames(nodes).named(host);
    if (node === undefined || node.group !== undefined) return outcomeOf([], []);
    const data = { place, endpoint: controlPlaneEndpoint, node: node.name };
    return outcomeOf([addressOfOneNode.finding({ level: "advisory", data })], []);
  },
};

/** What the endpoint's host is, if it is a machine that is known to be no control-plane node; undefined for all others. */
function hostThatLeft(cluster: Cluster, nodes: readonly ControlPlaneNode[], given: string): string | undefined {
  const host = controlPlaneHost(given);
  if (host === undefined || new NodeNames(nodes).named(host).length > 0) return undefined;
  const { etcdHosts, otherHosts, configuration } = cluster;
  const [machine] = new NodeNames([...etcdHosts, ...otherHosts]).named(host);
  if (machine !== undefined) return `${machine.name}, which is not a control-plane node`;
  const legible = configuration.kind === "text" ? legibleConfiguration(configuration.reading) : undefined;
  const names = externalEtcdFiles(legible).map(({ path }) => nameInPair(path)?.toLowerCase());
  return names.includes(host.toLowerCase())
    ? `${host}, whose files the configuration names and which is not a control-plane node`
    : undefined;
}

/** The sources that surely join a further control-plane node. */
function joinsOf({ kubeadmRuns }: Cluster): readonly string[] {
  const joins = kubeadmRuns.filter(
    ({ command, undecided }) => command === "join-control-plane" && undecided === undefined,
  );
  return [...new Set(joins.map(({ source }) => source.name))];
}

import { readServedLeaf } from "../../../cluster/certificates/certificate";
import { hostProblem } from "../../../cluster/certificates/certificate-facts";
import type { Cluster } from "../../../cluster/cluster";
import { NodeNames } from "../../../cluster/node-names";
import type { Finding } from "../../../cluster/outcome";
import { type EtcdEndpoint, isLoopback, unreachable } from "../../../kubeadm/config/etcd-endpoint";
import { settingName } from "../../../reasons/setting-name";
import { audienceOf } from "../audience-of";
import { isAmong } from "../is-among";
import { inOneLine } from "../lists";
import { messageTemplate } from "../policy";
import { ADVISORY, type EndpointData, inVain, lines, listed } from "./endpoint-message";
import type { Endpoints } from "./endpoints";
import { unknownHosts } from "./unknown-hosts";

const unusable = messageTemplate<EndpointData>("unusable", (findings) =>
  [
    `${listed(findings)}: etcd cannot be reached there.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would not start on any node: it cannot reach etcd."),
    `Fix: write each endpoint as ${findings[0].data.scheme === "http" ? "http" : "https"}://HOST:2379${findings[0].data.scheme === "either" ? ", or http:// if etcd speaks no TLS" : ""}.`,
  ].join("\n"),
);

const loopback = messageTemplate<EndpointData>("loopback", (findings) =>
  [
    `${listed(findings)}: each control-plane node would look for etcd on itself.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would not start there: dial tcp 127.0.0.1:2379: connect: connection refused"),
    "Kubespray renders this when it does not know the addresses of the etcd hosts, for example with --limit (kubespray 5494).",
    "Fix: name the addresses of the etcd hosts; with Kubespray run without --limit, or gather the facts of all hosts first.",
  ].join("\n"),
);

const plaintext = messageTemplate<EndpointData>("plaintext", (findings) =>
  [
    `${listed(findings)}: http, although etcd.external names certificates.`,
    ...lines(findings),
    "kube-apiserver talks to all of them without TLS if the first endpoint uses http, and does not use the certificates then. It starts only if etcd serves plain HTTP, which lets everybody who reaches etcd read and write it.",
    "kubeadm init and kubeadm config validate refuse it: the URL must be using the HTTPS scheme. An upgrade does not look.",
    "Fix: if etcd speaks TLS there, write https://. If it does not, name no caFile, certFile and keyFile.",
  ].join("\n"),
);

const unknownHost = messageTemplate<EndpointData>("unknownHost", (findings, cluster) =>
  [
    `${listed(findings)}: not a declared etcd host.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would find no etcd: no endpoint names a machine that runs it."),
    "An upgrade writes these endpoints into --etcd-servers of every kube-apiserver.",
    `Fix: name the etcd hosts there, or declare the host or its address as one: ${settingName("etcdHosts", audienceOf(cluster))}.`,
  ].join("\n"),
);

const notCertified = messageTemplate<EndpointData>("notCertified", (findings) =>
  [
    `${listed(findings)}: the certificate that etcd presents there is for other hosts.`,
    ...lines(findings),
    inVain(findings, `kube-apiserver would not start on any node: ${findings[0].data.why}`),
    `kubeadm init would fail: tls: failed to verify certificate: ${findings[0].data.why}. An upgrade does not look.`,
    "Fix: use a host that its certificate names, or issue the certificate with this host as a subject alternative name; the common name is ignored.",
  ].join("\n"),
);

const otherProtocol = messageTemplate<EndpointData>("otherProtocol", (findings) =>
  [
    `${listed(findings)}: etcd speaks another protocol there.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would not start on any node: it does not understand the answer."),
    "kubeadm init would fail: EOF. An upgrade does not look.",
    "Fix: write the scheme that etcd uses, and with https:// name caFile, certFile and keyFile.",
  ].join("\n"),
);

export const UNREACHABLE_MESSAGES = {
  unusable: unusable.message,
  loopback: loopback.message,
  plaintext: plaintext.message,
  unknownHost: unknownHost.message,
  notCertified: notCertified.message,
  otherProtocol: otherProtocol.message,
};

/** What keeps kube-apiserver from an endpoint. Mandatory only where it is kept from all of them. */
export function unreachableEndpoints(about: Endpoints): readonly Finding[] {
  const { endpoints, isWhole, withFiles, where, cluster } = about;
  const [first] = endpoints;
  const isPlain = (endpoint: Address) => withFiles && endpoint.scheme === "http";
  // The first endpoint decides how kube-apiserver talks to all of them (etcd's client for Go).
  const misspoken = first?.kind === "address" && isPlain(first) && servedFault(first, about) !== undefined;
  const elsewhere = withoutEtcd(cluster);
  const outsiders = unknownHosts(about);
  const found = endpoints.map((endpoint) => {
    const dead = unreachable(endpoint);
    if (endpoint.kind === "unusable" || dead !== undefined) {
      return { template: unusable, endpoint, why: dead ?? "", fatal: true };
    }
    if (isLoopback(endpoint.host)) {
      const why = elsewhere.length === 0 ? "is this machine itself" : `no etcd is declared on ${inOneLine(elsewhere)}`;
      return { template: loopback, endpoint, why, fatal: elsewhere.length > 0 };
    }
    if (isPlain(endpoint)) {
      const served = servedFault(endpoint, about);
      // Where etcd serves plain HTTP, kube-apiserver works with certificates that it does not use (seen with 1.30.14 and etcd 3.5.21).
      return { endpoint, ...(served ?? { template: plaintext, why: "is not encrypted" }), fatal: served !== undefined };
    }
    const outsider = outsiders.get(endpoint.index);
    if (outsider !== undefined) return { template: unknownHost, endpoint, ...outsider };
    const served = servedFault(endpoint, about);
    return served === undefined ? undefined : { ...served, endpoint, fatal: true };
  });
  const none = misspoken || (isWhole && found.every((one) => one?.fatal === true));
  return found.flatMap((one) =>
    one === undefined
      ? []
      : [one.template.finding({ ...where(one.endpoint, one.why), ...(none && one.fatal ? {} : ADVISORY) })],
  );
}

type Address = Extract<EtcdEndpoint, { kind: "address" }>;

/** What a listing says of the member behind an endpoint that keeps clients from it. */
function servedFault({ scheme, host }: Address, { cluster, withFiles }: Endpoints) {
  const { etcdServers, etcdHosts } = cluster;
  const [member, another] = new NodeNames(etcdHosts).named(host);
  if (member === undefined || another !== undefined || etcdServers === undefined) return undefined;
  const isTls = scheme === "https" || (scheme === undefined && withFiles);
  if (etcdServers === null) {
    return isTls ? { template: otherProtocol, why: `${member.name} speaks plain http` } : undefined;
  }
  if (!isTls) return { template: otherProtocol, why: `${member.name} speaks TLS` };
  const served = readServedLeaf(etcdServers.certificates[member.name] ?? "");
  const why = served.ok ? hostProblem(served.value, host) : undefined;
  return typeof why !== "string" ? undefined : { template: notCertified, why };
}

/** The control-plane nodes on which no etcd is declared; empty where the etcd hosts or the nodes are not known. */
function withoutEtcd({ controlPlane, etcdHosts }: Cluster): readonly string[] {
  if (controlPlane.kind !== "known" || etcdHosts.length === 0) return [];
  const etcd = new NodeNames(etcdHosts);
  return controlPlane.nodes.filter((node) => !isAmong(etcd, node)).map((node) => node.name);
}

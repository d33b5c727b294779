import { readServedLeaf } from "../cluster/certificates/certificate";
import { hostProblem } from "../cluster/certificates/certificate-facts";
import type { Cluster } from "../cluster/cluster";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import type { Node } from "../cluster/node";
import { hostText, isAddress, NodeNames } from "../cluster/node-names";
import type { Finding } from "../cluster/outcome";
import { outcomeOf } from "../cluster/outcome";
import { type EtcdEndpoint, etcdEndpoint, isLoopback, unreachable } from "../kubeadm/config/etcd-endpoint";
import type { FieldPath, LineOf } from "../kubeadm/config/field-path";
import { unlessUnread } from "./support/applicability";
import { isAmong } from "./support/is-among";
import { inLines, inOneLine } from "./support/lists";
import { fieldText, placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { notRendered, undecidedField, unrenderedFields } from "./support/unrendered-fields";

/** An endpoint and what is wrong with it, as the end of a sentence. */
interface EndpointData {
  /** `data.ClusterConfiguration:9`. */
  readonly place: string;
  readonly endpoint: string;
  readonly why: string;
}

const noEndpoints = messageTemplate<{ readonly place: string }>("noEndpoints", ([{ data }]) =>
  [
    `${data.place}: etcd.external names no endpoints.`,
    "kube-apiserver would not start on any node: --etcd-servers must be specified.",
    "Fix: name the members of etcd, such as https://192.168.10.21:2379.",
  ].join("\n"),
);

const unusable = messageTemplate<EndpointData>("unusable", (findings) =>
  [
    `${listed(findings)}: no etcd can be reached there.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would not start on any node: it finds no etcd."),
    "Fix: write each endpoint as https://HOST:2379.",
  ].join("\n"),
);

const loopback = messageTemplate<EndpointData>("loopback", (findings) =>
  [
    `${listed(findings)}: each control-plane node would look for etcd on itself.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would not start there: dial tcp 127.0.0.1:2379: connect: connection refused"),
    "Kubespray renders this when it knows no address of the etcd hosts, as with --limit (kubespray 5494).",
    "Fix: name the addresses of the etcd hosts; with Kubespray run without --limit, or gather the facts of all hosts first.",
  ].join("\n"),
);

const plaintext = messageTemplate<EndpointData>("plaintext", (findings) =>
  [
    `${listed(findings)}: http, although etcd.external names certificates.`,
    ...lines(findings),
    inVain(
      findings,
      "kube-apiserver would not start on any node: the first endpoint's http makes it talk to all of them without TLS.",
    ),
    "kubeadm init and kubeadm config validate refuse it: the URL must be using the HTTPS scheme. An upgrade does not look.",
    "Fix: write https://.",
  ].join("\n"),
);

const noScheme = messageTemplate<EndpointData>("noScheme", (findings) =>
  [
    `${listed(findings)}: no scheme.`,
    ...lines(findings),
    "kubeadm init and kubeadm config validate refuse it; an upgrade does not look, and kube-apiserver takes it for a TLS endpoint if there are certificates.",
    "Fix: write https:// before it.",
  ].join("\n"),
);

const duplicate = messageTemplate<EndpointData>("duplicate", (findings) =>
  [
    `${listed(findings)}: named more than once.`,
    ...lines(findings),
    "It works, and hides that another member is not named.",
    "Fix: name each member once.",
  ].join("\n"),
);

const peerPort = messageTemplate<EndpointData>("peerPort", (findings) =>
  [
    `${listed(findings)}: 2380 is the port on which etcd members talk to each other.`,
    "Fix: name the client port, usually 2379.",
  ].join("\n"),
);

const unknownHost = messageTemplate<EndpointData>("unknownHost", (findings) =>
  [
    `${listed(findings)}: not a declared etcd host.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would find no etcd: every endpoint names a machine that runs none."),
    "An upgrade writes --etcd-servers of every kube-apiserver from these endpoints.",
    "Fix: name the etcd hosts, or declare the host or its address under etcdHosts.",
  ].join("\n"),
);

const notCertified = messageTemplate<EndpointData>("notCertified", (findings) =>
  [
    `${listed(findings)}: the certificate that etcd shows there is for other hosts.`,
    ...lines(findings),
    inVain(findings, `kube-apiserver would not start on any node: ${findings[0].data.why}`),
    `kubeadm init would stop: tls: failed to verify certificate: ${findings[0].data.why}. An upgrade does not look.`,
    "Fix: name the member as its certificate does, or issue the certificate with this host among its subject alternative names; the common name counts for nothing.",
  ].join("\n"),
);

const otherProtocol = messageTemplate<EndpointData>("otherProtocol", (findings) =>
  [
    `${listed(findings)}: etcd speaks another protocol there.`,
    ...lines(findings),
    inVain(findings, "kube-apiserver would not start on any node: it gets no answer that it understands."),
    "kubeadm init would stop: EOF. An upgrade does not look.",
    "Fix: write the scheme that etcd speaks, and with https:// name caFile, certFile and keyFile.",
  ].join("\n"),
);

const memberNotNamed = messageTemplate<{ readonly place: string; readonly member: string }>(
  "memberNotNamed",
  (findings) =>
    [
      `${findings[0].data.place}: etcd.external.endpoints does not name ${inOneLine(findings.map((one) => one.data.member))}, declared as etcd ${findings.length === 1 ? "host" : "hosts"}.`,
      "kube-apiserver would not use it, and would be without etcd sooner when the named ones fail.",
      "Fix: add its endpoint, or take it out of etcdHosts.",
    ].join("\n"),
);

const memberCount = messageTemplate<{ readonly place: string; readonly members: number }>("memberCount", ([{ data }]) =>
  [
    data.members === 1
      ? `${data.place}: one etcd member serves several control-plane nodes.`
      : `${data.place}: ${data.members} etcd members; an odd number is better.`,
    data.members <= 2
      ? "etcd stops when one member fails."
      : `${data.members} members bear the loss of no more members than ${data.members - 1}.`,
    "Fix: run three or five members.",
  ].join("\n"),
);

const membersDiffer = messageTemplate<{ readonly place: string; readonly declared: string; readonly named: number }>(
  "membersDiffer",
  ([{ data }]) =>
    [
      `${data.place}: ${data.declared}, the configuration names ${data.named} endpoints.`,
      "An endpoint of a member that is gone makes kube-apiserver wait for it; a member that is not named is not used.",
      "Fix: name the members that there are (etcdctl member list), and remove a member that left from etcd too.",
    ].join("\n"),
);

/**
 * Each endpoint of etcd.external is one that kube-apiserver can use. What kubeadm or kube-apiserver gets along with is
 * an advisory finding: one endpoint that works is enough for a start (etcd's client asks them in turn).
 */
export const externalEtcdEndpointsValid: Policy = {
  id: "external-etcd-endpoints-valid",
  title: "External etcd endpoints valid",
  description: "Each endpoint of etcd.external is a URL under which kube-apiserver can reach a member of etcd.",
  severity: "high",
  level: "mandatory",
  remediation: "Name each etcd member once under etcd.external.endpoints, as https://HOST:2379.",
  messages: {
    noEndpoints: noEndpoints.message,
    unusable: unusable.message,
    loopback: loopback.message,
    plaintext: plaintext.message,
    noScheme: noScheme.message,
    duplicate: duplicate.message,
    peerPort: peerPort.message,
    unknownHost: unknownHost.message,
    notCertified: notCertified.message,
    otherProtocol: otherProtocol.message,
    memberNotNamed: memberNotNamed.message,
    memberCount: memberCount.message,
    membersDiffer: membersDiffer.message,
  },
  check(cluster) {
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const { configuration, lineOf } = read.reading;
    const { external } = configuration.etcd;
    if (external === undefined) return { kind: "not-applicable", why: "etcd is local: there are no endpoints to name" };
    const unrendered = unrenderedFields(cluster);
    const isOpen = ({ index }: EtcdEndpoint) => unrendered.has([...ENDPOINTS, index]);
    const given = external.endpoints.map(etcdEndpoint);
    const endpoints = given.filter((endpoint) => !isOpen(endpoint));
    const place = placeText(cluster.subject.field, lineOf(ENDPOINTS) ?? lineOf(["etcd"]));
    if (given.length === 0) {
      return external.httpEndpoints.length > 0
        ? { kind: "not-applicable", why: "etcd.external names httpEndpoints only" }
        : outcomeOf([noEndpoints.finding({ data: { place } })], []);
    }
    if (endpoints.length === 0) return { kind: "not-applicable", why: notRendered("the endpoints of etcd.external") };
    const withFiles = externalEtcdFiles(read.reading).length > 0;
    const isWhole = endpoints.length === given.length;
    const about = { cluster, endpoints, isWhole, withFiles, where: wherever(cluster, lineOf) };
    return outcomeOf(
      [...faults(about), ...asides(about), ...(isWhole ? memberFindings(about, place) : [])],
      given.filter(isOpen).map(({ index }) => undecidedField(fieldText([...ENDPOINTS, index]))),
    );
  },
};

const ENDPOINTS: FieldPath = ["etcd", "external", "endpoints"];

type Address = Extract<EtcdEndpoint, { kind: "address" }>;

interface About {
  readonly cluster: Cluster;
  readonly endpoints: readonly EtcdEndpoint[];
  /** False where further ones hold templates, so that nobody knows whether they work. */
  readonly isWhole: boolean;
  /** True if any of caFile, certFile and keyFile is set. */
  readonly withFiles: boolean;
  readonly where: (endpoint: EtcdEndpoint, why: string) => { readonly data: EndpointData };
}

function wherever(cluster: Cluster, lineOf: LineOf): About["where"] {
  return ({ index, text }, why) => ({
    data: {
      place: placeText(cluster.subject.field, lineOf([...ENDPOINTS, index])),
      endpoint: text,
      why,
    },
  });
}

/** What keeps kube-apiserver from an endpoint. Mandatory only where it is kept from all of them. */
function faults(about: About): readonly Finding[] {
  const { endpoints, isWhole, withFiles, where, cluster } = about;
  const [first] = endpoints;
  const spoken = withFiles && first?.kind === "address" && first.scheme === "http";
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
    if (withFiles && endpoint.scheme === "http") {
      return { template: plaintext, endpoint, why: "is not encrypted", fatal: spoken };
    }
    const outsider = outsiders.get(endpoint.index);
    if (outsider !== undefined) return { template: unknownHost, endpoint, ...outsider };
    const served = servedFault(endpoint, about);
    return served === undefined ? undefined : { ...served, endpoint, fatal: true };
  });
  const inVain = spoken || (isWhole && found.every((one) => one?.fatal === true));
  return found.flatMap((one) =>
    one === undefined
      ? []
      : [one.template.finding({ ...where(one.endpoint, one.why), ...(inVain && one.fatal ? {} : ADVISORY) })],
  );
}

/** What a listing says of the member behind an endpoint that keeps clients from it. */
function servedFault({ scheme, host }: Address, { cluster, withFiles }: About) {
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

const ADVISORY: { readonly level: "advisory" } = { level: "advisory" };

/** What works, and had better be otherwise. */
function asides({ endpoints, where }: About): readonly Finding[] {
  const named = new Map<string, EtcdEndpoint>();
  return endpoints.flatMap((endpoint) => {
    if (endpoint.kind === "unusable" || isLoopback(endpoint.host)) return [];
    const key = `${hostText(endpoint.host)} ${endpoint.port}`;
    const earlier = named.get(key);
    named.set(key, earlier ?? endpoint);
    return [
      ...(earlier === undefined
        ? []
        : [duplicate.finding({ ...where(endpoint, `is named at endpoints[${earlier.index}] already`), ...ADVISORY })]),
      ...(endpoint.scheme === undefined
        ? [noScheme.finding({ ...where(endpoint, "has no scheme"), ...ADVISORY })]
        : []),
      ...(endpoint.port === "2380" ? [peerPort.finding({ ...where(endpoint, "is the peer port"), ...ADVISORY })] : []),
    ];
  });
}

function memberFindings({ cluster, endpoints, isWhole, withFiles, where }: About, place: string): readonly Finding[] {
  const hosts = [...new Set(endpoints.flatMap((one) => (one.kind === "address" ? [hostText(one.host)] : [])))];
  if (hosts.some(isLoopback)) return [];
  const { etcdHosts } = cluster;
  const names = new NodeNames(etcdHosts);
  const named = new Set(hosts.flatMap((host) => names.named(host)));
  // An endpoint that is no declared host may be a load balancer that leads to all of them.
  const comparable = named.size > 0 && hosts.every((host) => names.named(host).length > 0);
  const unnamed = comparable ? etcdHosts.filter((host) => !named.has(host)) : [];
  // Where hosts can be compared one by one, unnamed members and unknown hosts are told instead; one endpoint may be a balancer.
  const isTold = comparable || unknownHosts({ cluster, endpoints, isWhole, withFiles, where }).size > 0;
  const differ =
    !isTold &&
    etcdHosts.length > 0 &&
    hosts.length > 1 &&
    hosts.length !== etcdHosts.length &&
    etcdHosts.every((host) => host.group === undefined);
  const members = etcdHosts.length > 0 ? etcdHosts.length : hosts.length;
  const several = cluster.controlPlane.kind === "known" && cluster.controlPlane.nodes.length > 1;
  const alone = etcdHosts.length === 1 && several;
  const counted = etcdHosts.some((host) => host.group !== undefined) ? 0 : members;
  return [
    ...(differ
      ? [
          membersDiffer.finding({
            level: "advisory",
            data: { place, declared: declaredText(cluster), named: hosts.length },
          }),
        ]
      : []),
    ...unnamed.map((host) => memberNotNamed.finding({ level: "advisory", data: { place, member: host.name } })),
    ...((counted > 0 && counted % 2 === 0) || alone
      ? [memberCount.finding({ level: "advisory", data: { place, members } })]
      : []),
  ];
}

function declaredText({ etcdHosts, inventoryEtcd }: Cluster): string {
  const count = `${etcdHosts.length} ${etcdHosts.length === 1 ? "host" : "hosts"}`;
  return inventoryEtcd === undefined ? `${count} of etcd are declared` : `the group etcd has ${count}`;
}

/** The control-plane nodes on which no etcd is declared; empty where the etcd hosts or the nodes are not known. */
function withoutEtcd({ controlPlane, etcdHosts }: Cluster): readonly string[] {
  if (controlPlane.kind !== "known" || etcdHosts.length === 0) return [];
  const etcd = new NodeNames(etcdHosts);
  return controlPlane.nodes.filter((node) => !isAmong(etcd, node)).map((node) => node.name);
}

/**
 * Endpoints whose host is no declared etcd host, by index. Only where that can be told: names are compared with names,
 * addresses only where every etcd host has one of that family. Fatal for a control-plane node on which no etcd is
 * declared; others may be load balancers or second addresses.
 */
function unknownHosts({
  cluster,
  endpoints,
}: About): ReadonlyMap<number, { readonly why: string; readonly fatal: boolean }> {
  const { etcdHosts, controlPlane } = cluster;
  const found = new Map<number, { readonly why: string; readonly fatal: boolean }>();
  if (etcdHosts.length === 0 || etcdHosts.some((host) => host.group !== undefined)) return found;
  const etcd = new NodeNames(etcdHosts);
  const nodes = new NodeNames(controlPlane.kind === "known" ? controlPlane.nodes : []);
  for (const endpoint of endpoints) {
    if (endpoint.kind !== "address" || etcd.named(endpoint.host).length > 0) continue;
    const [node] = nodes.named(endpoint.host);
    if (node !== undefined && !isAmong(etcd, node)) {
      found.set(endpoint.index, { why: `is control-plane node ${node.name}, where no etcd is declared`, fatal: true });
    } else if (etcdHosts.every((host) => isComparable(endpoint.host, host))) {
      found.set(endpoint.index, { why: `etcd hosts are ${inOneLine(etcdHosts.map((one) => one.name))}`, fatal: false });
    }
  }
  // A single other host is how a load balancer or a virtual address before all members looks.
  const [only, another] = endpoints;
  const balancer = only !== undefined && another === undefined && found.get(only.index)?.fatal === false;
  return balancer ? new Map() : found;
}

function isComparable(host: string, declared: Node): boolean {
  const given = hostText(host);
  if (!isAddress(given)) return [declared.name, ...declared.otherNames].some((name) => !isAddress(hostText(name)));
  return declared.addresses.some(
    (address) => isAddress(hostText(address)) && hostText(address).includes(":") === given.includes(":"),
  );
}

type EndpointFindings = readonly [Finding<EndpointData>, ...Finding<EndpointData>[]];

function listed(findings: EndpointFindings): string {
  const [{ data }] = findings;
  return `${data.place}: ${inOneLine([...new Set(findings.map((one) => one.data.endpoint))])}`;
}

/** One line an endpoint, also where it is named several times. */
function lines(findings: EndpointFindings): readonly string[] {
  const reasons = new Map(findings.map(({ data }) => [data.endpoint, data.why]));
  return inLines([...reasons].map(([name, text]) => ({ name, text })));
}

/** What comes of it where no endpoint is left, else that the others do. */
function inVain([{ level }]: EndpointFindings, words: string): string {
  return level === "advisory" ? "kube-apiserver may start all the same, by way of what works." : words;
}

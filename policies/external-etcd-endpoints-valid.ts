import type { Cluster } from "../cluster/cluster";
import { externalEtcdFiles } from "../cluster/external-etcd-files";
import { hostText } from "../cluster/node-names";
import { type Finding, outcomeOf } from "../cluster/outcome";
import { type EtcdEndpoint, etcdEndpoint, isLoopback } from "../kubeadm/config/etcd-endpoint";
import type { FieldPath, LineOf } from "../kubeadm/config/field-path";
import { publicEndpoint } from "../machine/public-text";
import { unlessUnread } from "./support/applicability";
import type { Endpoints } from "./support/endpoints/endpoints";
import { memberCount, memberCountFindings } from "./support/endpoints/member-count";
import { NAMED_MEMBER_MESSAGES, namedMembers } from "./support/endpoints/named-members";
import { UNREACHABLE_MESSAGES, unreachableEndpoints } from "./support/endpoints/unreachable-endpoints";
import { UNTIDY_MESSAGES, untidyEndpoints } from "./support/endpoints/untidy-endpoints";
import { fieldText, placeText } from "./support/place";
import { messageTemplate, type Policy } from "./support/policy";
import { notRendered, undecidedField, unrenderedFields } from "./support/unrendered-fields";

const noEndpoints = messageTemplate<{ readonly place: string }>("noEndpoints", ([{ data }]) =>
  [
    `${data.place}: etcd.external names no endpoints.`,
    "kube-apiserver would not start on any node: --etcd-servers must be specified.",
    "Fix: name the members of etcd, such as https://192.168.10.21:2379.",
  ].join("\n"),
);

/**
 * Each endpoint of etcd.external is one that kube-apiserver can use. What kubeadm or kube-apiserver tolerates is
 * an advisory finding: one endpoint that works is enough for a start (etcd's client tries them in turn).
 */
export const externalEtcdEndpointsValid: Policy = {
  id: "external-etcd-endpoints-valid",
  title: "External etcd endpoints valid",
  description: "Each endpoint of etcd.external is a URL at which kube-apiserver can reach an etcd member.",
  severity: "high",
  level: "mandatory",
  remediation: "Name each etcd member once under etcd.external.endpoints, as https://HOST:2379.",
  tags: ["etcd"],
  messages: {
    noEndpoints: noEndpoints.message,
    ...UNREACHABLE_MESSAGES,
    ...UNTIDY_MESSAGES,
    ...NAMED_MEMBER_MESSAGES,
    memberCount: memberCount.message,
  },
  check(cluster) {
    const read = unlessUnread(cluster);
    if (read.kind === "settled") return read.outcome;
    const { configuration, lineOf } = read.reading;
    const { external } = configuration.etcd;
    if (external === undefined) return { kind: "not-applicable", why: "etcd is local: there are no endpoints to name" };
    const unrendered = unrenderedFields(cluster);
    const isOpen = ({ index }: EtcdEndpoint) => unrendered.has([...ENDPOINTS, index]);
    const given = external.endpoints.map(etcdEndpoint).map((one) => ({ ...one, text: publicEndpoint(one.text) }));
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
    const about = { cluster, endpoints, isWhole, withFiles, where: wherever(cluster, lineOf, withFiles) };
    return outcomeOf(
      [...unreachableEndpoints(about), ...untidyEndpoints(about), ...(isWhole ? memberFindings(about, place) : [])],
      given.filter(isOpen).map(({ index }) => undecidedField(fieldText([...ENDPOINTS, index]))),
    );
  },
};

const ENDPOINTS: FieldPath = ["etcd", "external", "endpoints"];

function wherever(cluster: Cluster, lineOf: LineOf, withFiles: boolean): Endpoints["where"] {
  const plain = cluster.etcdServers === null ? "http" : "either";
  const scheme = withFiles || (cluster.etcdServers ?? undefined) !== undefined ? "https" : plain;
  return ({ index, text }, why) => ({
    data: {
      place: placeText(cluster.subject.field, lineOf([...ENDPOINTS, index])),
      endpoint: text,
      why,
      scheme,
    },
  });
}

function memberFindings(about: Endpoints, place: string): readonly Finding[] {
  const { cluster, endpoints } = about;
  const hosts = [...new Set(endpoints.flatMap((one) => (one.kind === "address" ? [hostText(one.host)] : [])))];
  if (hosts.some(isLoopback)) return [];
  return [...namedMembers(about, hosts, place), ...memberCountFindings(cluster, hosts.length, place)];
}

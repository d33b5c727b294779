import { hostText } from "../../../cluster/node-names";
import type { Finding } from "../../../cluster/outcome";
import { type EtcdEndpoint, isLoopback } from "../../../kubeadm/config/etcd-endpoint";
import { messageTemplate } from "../policy";
import { ADVISORY, type EndpointData, lines, listed, schemeText } from "./endpoint-message";
import type { Endpoints } from "./endpoints";

const noScheme = messageTemplate<EndpointData>("noScheme", (findings) =>
  [
    `${listed(findings)}: no scheme.`,
    ...lines(findings),
    "kubeadm init and kubeadm config validate refuse it. An upgrade does not check it, and kube-apiserver uses TLS there if certificates are named.",
    `Fix: write ${schemeText(findings)} before it.`,
  ].join("\n"),
);

const duplicate = messageTemplate<EndpointData>("duplicate", (findings) =>
  [
    `${listed(findings)}: named more than once.`,
    ...lines(findings),
    "It works, but may hide that another member is not named.",
    "Fix: name each member once.",
  ].join("\n"),
);

const peerPort = messageTemplate<EndpointData>("peerPort", (findings) =>
  [
    `${listed(findings)}: 2380 is the port on which etcd members talk to each other.`,
    "Fix: name the client port, usually 2379.",
  ].join("\n"),
);

export const UNTIDY_MESSAGES = {
  noScheme: noScheme.message,
  duplicate: duplicate.message,
  peerPort: peerPort.message,
};

/** Endpoints that work but should be fixed. */
export function untidyEndpoints({ endpoints, where }: Endpoints): readonly Finding[] {
  const named = new Map<string, EtcdEndpoint>();
  return endpoints.flatMap((endpoint) => {
    if (endpoint.kind === "unusable" || isLoopback(endpoint.host)) return [];
    const key = `${hostText(endpoint.host)} ${endpoint.port}`;
    const earlier = named.get(key);
    named.set(key, earlier ?? endpoint);
    return [
      ...(earlier === undefined
        ? []
        : [duplicate.finding({ ...where(endpoint, `is already named at endpoints[${earlier.index}]`), ...ADVISORY })]),
      ...(endpoint.scheme === undefined
        ? [noScheme.finding({ ...where(endpoint, "has no scheme"), ...ADVISORY })]
        : []),
      ...(endpoint.port === "2380" ? [peerPort.finding({ ...where(endpoint, "is the peer port"), ...ADVISORY })] : []),
    ];
  });
}

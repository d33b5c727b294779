import { etcdEndpoint } from "./etcd-endpoint";

/** The hosts that `etcd.external.endpoints` name, without brackets; none for endpoints that cannot be used. */
export function endpointHosts(endpoints: readonly string[]): readonly string[] {
  return endpoints.map(etcdEndpoint).flatMap((one) => (one.kind === "address" ? [one.host] : []));
}

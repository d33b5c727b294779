import type { Node } from "../../../cluster/node";
import { hostText, isAddress, NodeNames } from "../../../cluster/node-names";
import { isAmong } from "../is-among";
import { inOneLine } from "../lists";
import type { Endpoints } from "./endpoints";

/**
 * Endpoints whose host is not a declared etcd host, by index. Only where that can be determined: names are compared with names,
 * addresses only where every etcd host has one of that family. Fatal for a control-plane node on which no etcd is
 * declared; others may be load balancers or second addresses.
 */
export function unknownHosts({
  cluster,
  endpoints,
}: Pick<Endpoints, "cluster" | "endpoints">): ReadonlyMap<number, { readonly why: string; readonly fatal: boolean }> {
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

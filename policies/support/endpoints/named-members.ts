import type { Cluster } from "../../../cluster/cluster";
import { NodeNames } from "../../../cluster/node-names";
import type { Finding } from "../../../cluster/outcome";
import { settingName } from "../../../reasons/setting-name";
import { audienceOf } from "../audience-of";
import { inOneLine } from "../lists";
import { messageTemplate } from "../policy";
import { ADVISORY } from "./endpoint-message";
import type { Endpoints } from "./endpoints";
import { unknownHosts } from "./unknown-hosts";

const memberNotNamed = messageTemplate<{ readonly place: string; readonly member: string }>(
  "memberNotNamed",
  (findings, cluster) =>
    [
      `${findings[0].data.place}: etcd.external.endpoints does not name ${inOneLine(findings.map((one) => one.data.member))}, declared as etcd ${findings.length === 1 ? "host" : "hosts"}.`,
      "kube-apiserver would not use it, so it would tolerate fewer failures of the others.",
      `Fix: add its endpoint, or remove it from the etcd hosts: ${settingName("etcdHosts", audienceOf(cluster))}.`,
    ].join("\n"),
);

const membersDiffer = messageTemplate<{ readonly place: string; readonly declared: string; readonly named: number }>(
  "membersDiffer",
  ([{ data }]) =>
    [
      `${data.place}: ${data.declared}, but the configuration names ${data.named} endpoints.`,
      "kube-apiserver waits for members that are named but no longer exist, and does not use members that are not named.",
      "Fix: name the current members (etcdctl member list), and remove a member that is gone from etcd as well.",
    ].join("\n"),
);

export const NAMED_MEMBER_MESSAGES = { memberNotNamed: memberNotNamed.message, membersDiffer: membersDiffer.message };

/** Whether the endpoints name all declared members and no others, as far as that can be told. `hosts` are those of the endpoints. */
export function namedMembers(
  { cluster, endpoints }: Endpoints,
  hosts: readonly string[],
  place: string,
): readonly Finding[] {
  const { etcdHosts } = cluster;
  const names = new NodeNames(etcdHosts);
  const named = new Set(hosts.flatMap((host) => names.named(host)));
  // An endpoint that is not a declared host may be a load balancer in front of all of them.
  const comparable = named.size > 0 && hosts.every((host) => names.named(host).length > 0);
  const unnamed = comparable ? etcdHosts.filter((host) => !named.has(host)) : [];
  // Where hosts can be compared one by one, unnamed members and unknown hosts are reported instead; one endpoint may be a balancer.
  const isTold = comparable || unknownHosts({ cluster, endpoints }).size > 0;
  const differ =
    !isTold &&
    etcdHosts.length > 0 &&
    hosts.length > 1 &&
    hosts.length !== etcdHosts.length &&
    etcdHosts.every((host) => host.group === undefined);
  const data = { place, declared: declaredText(cluster), named: hosts.length };
  return [
    ...(differ ? [membersDiffer.finding({ ...ADVISORY, data })] : []),
    ...unnamed.map(({ name }) => memberNotNamed.finding({ ...ADVISORY, data: { place, member: name } })),
  ];
}

function declaredText({ etcdHosts, inventoryEtcd }: Cluster): string {
  const count = `${etcdHosts.length} ${etcdHosts.length === 1 ? "host" : "hosts"}`;
  return inventoryEtcd === undefined ? `${count} of etcd are declared` : `the group etcd has ${count}`;
}

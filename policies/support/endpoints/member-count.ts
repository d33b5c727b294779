import type { Cluster } from "../../../cluster/cluster";
import type { Finding } from "../../../cluster/outcome";
import { messageTemplate } from "../policy";
import { ADVISORY } from "./endpoint-message";

export const memberCount = messageTemplate<{ readonly place: string; readonly members: number }>(
  "memberCount",
  ([{ data }]) =>
    [
      data.members === 1
        ? `${data.place}: one etcd member serves several control-plane nodes.`
        : `${data.place}: ${data.members} etcd members; an odd number is better.`,
      data.members <= 2
        ? "etcd stops when one member fails."
        : `${data.members} members tolerate no more failures than ${data.members - 1}.`,
      "Fix: run three or five members.",
    ].join("\n"),
);

/** How many members etcd has, and whether it survives the loss of one. `named` is the number of hosts that the endpoints name. */
export function memberCountFindings(
  { etcdHosts, controlPlane }: Cluster,
  named: number,
  place: string,
): readonly Finding[] {
  const members = etcdHosts.length > 0 ? etcdHosts.length : named;
  const several = controlPlane.kind === "known" && controlPlane.nodes.length > 1;
  const alone = etcdHosts.length === 1 && several;
  const isKnown = etcdHosts.every((host) => host.group === undefined);
  const isEven = isKnown && members > 0 && members % 2 === 0;
  return isEven || alone ? [memberCount.finding({ ...ADVISORY, data: { place, members } })] : [];
}

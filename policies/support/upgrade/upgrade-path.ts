import type { Cluster } from "../../../cluster/cluster";
import type { Finding } from "../../../cluster/outcome";
import { messageTemplate } from "../policy";
import { withV } from "./release-order";

export const pathStops = messageTemplate<{
  readonly kubespray: string;
  readonly kubernetes: string;
  readonly node: string;
  readonly error: string;
}>("pathStops", ([{ data, path }]) =>
  [
    `The upgrade path stops at Kubespray ${data.kubespray} (Kubernetes ${data.kubernetes}) on ${data.node}.`,
    `kubeadm would fail there: ${data.error}`,
    `By then the kubeadm-config names ${path}, and no earlier step puts this file on ${data.node} (kubespray 11500).`,
    "Fix: take a release that links these names on every node instead (v2.26.1, v2.27.1, v2.28.0 or newer), or give the files one name that every control-plane node has.",
  ].join("\n"),
);

export const pathEndsEarly = messageTemplate<{ readonly why: string }>("pathEndsEarly", ([{ data }]) =>
  [
    `The upgrade path ends before its target: ${data.why}.`,
    "What comes after it was not checked.",
    "Fix: name releases that follow one another, one minor release of Kubernetes at a time.",
  ].join("\n"),
);

/** What keeps the upgrade path by Kubespray, where one was asked for, from its target; nothing of `told`, a release that is reported already. */
export function pathFindings({ upgradePath }: Cluster, told: string | undefined): readonly Finding[] {
  if (upgradePath === undefined) return [];
  const stops = upgradePath.steps.flatMap(({ stop, kubespray, kubernetes, certFile }) =>
    stop === null || stop.node === null || kubespray === null || kubespray === withV(told)
      ? []
      : [
          pathStops.finding({
            node: stop.node,
            path: certFile,
            data: { kubespray, kubernetes, node: stop.node, error: stop.error },
          }),
        ],
  );
  const { endsEarly } = upgradePath;
  return endsEarly === null
    ? stops
    : [...stops, pathEndsEarly.finding({ level: "advisory", data: { why: endsEarly } })];
}

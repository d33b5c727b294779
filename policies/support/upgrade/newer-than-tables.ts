import type { Finding } from "../../../cluster/outcome";
import { parseKubeadmRelease } from "../../../kubeadm/config/kubeadm-release";
import { KUBEADM_VERSIONS } from "../../../kubeadm/config/kubeadm-versions";
import { messageTemplate } from "../policy";
import type { DeclaredUpgrade } from "./declared-upgrade";
import { isOlder, isSameMinor } from "./release-order";

export const newerThanTables = messageTemplate<{ readonly names: readonly string[] }>(
  "newerThanTables",
  ([{ data }]) =>
    `${data.names.join(" and ")}: newer than the releases that this pack knows (kubeadm 1.${KUBEADM_VERSIONS.newestMinor}, Kubespray ${KUBEADM_VERSIONS.newestKubespray}, last updated on ${KUBEADM_VERSIONS.asOf}); checked against the newest known release.`,
);

/** That a release is checked by tables which end before it. */
export function newerFindings({ from, to, kubespray }: DeclaredUpgrade): readonly Finding[] {
  const kubernetes = [to, from].find(
    (version) => (parseKubeadmRelease(version ?? "")?.minor ?? 0) > KUBEADM_VERSIONS.newestMinor,
  );
  const newest = KUBEADM_VERSIONS.newestKubespray;
  const names = [
    ...(kubernetes === undefined ? [] : [`Kubernetes ${kubernetes}`]),
    ...(kubespray !== undefined && isOlder(newest, kubespray) && !isSameMinor(newest, kubespray)
      ? [`Kubespray ${kubespray}`]
      : []),
  ];
  return names.length === 0 ? [] : [newerThanTables.finding({ level: "advisory", data: { names } })];
}
